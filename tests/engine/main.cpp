// The tests of the engine. Started as `test_engine --serve FOLDER SEED` it is the server of the promise test
// instead.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <spdlog/spdlog.h>
#include <string_view>

namespace parley::test {
int serve_promise(const char* folder, const char* seed);  // promise_server.cpp
}

int main(int count, char** arguments) {
  if (count == 4 && std::string_view(arguments[1]) == "--serve")
    return parley::test::serve_promise(arguments[2], arguments[3]);
  spdlog::set_level(spdlog::level::off);  // tests make errors on purpose
  return doctest::Context(count, arguments).run();
}
