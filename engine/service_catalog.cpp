#include "engine/service_catalog.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace parley {
namespace {

std::string first_word(std::string_view sql) {
  std::string word;
  for (const unsigned char letter : sql) {
    if (std::isalpha(letter) != 0)
      word += static_cast<char>(std::toupper(letter));
    else if (!word.empty())
      break;
  }
  return word;
}

}  // namespace

bool changes_something(const ServiceOperation& operation) {
  if (!operation.http.method.empty()) return operation.http.method != "GET";
  return std::any_of(operation.sql.begin(), operation.sql.end(),
                     [](const std::string& sql) { return first_word(sql) != "SELECT"; });
}

}  // namespace parley
