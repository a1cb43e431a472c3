// Asio and Beast are compiled here, once, and nowhere else.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/assert.hpp>
#include <boost/beast/src.hpp>

#include "engine/result.h"

// Beast guards its rules (one read, one write, one close at a time) with assertions, which stay on in release
// builds: a broken rule would corrupt memory, and a crash loses nothing that was acknowledged.
namespace boost {

void assertion_failed(const char* expression, const char*, const char* file, long line) {
  parley::check_failed(expression, file, static_cast<int>(line));
}

void assertion_failed_msg(const char* expression, const char* message, const char*, const char* file,
                          long line) {
  std::fprintf(stderr, "%s\n", message);
  parley::check_failed(expression, file, static_cast<int>(line));
}

}  // namespace boost
