#include "config/markup.h"

namespace parley::config {
namespace {

bool is_lost(char c) {
  return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n';
}

}  // namespace

std::string markup_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += is_lost(c) ? ' ' : c;
    }
  }
  return result;
}

}  // namespace parley::config
