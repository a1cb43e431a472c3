#include "intents/evaluation/page_style.h"

#include <array>
#include <openssl/evp.h>
#include <ostream>
#include <string>

#include "config/markup.h"

namespace parley::intents {
namespace {

/// As a content security policy names a style sheet.
std::string style_hash() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_Digest(kPageStyle.data(), kPageStyle.size(), digest.data(), &length, EVP_sha256(), nullptr);
  std::array<unsigned char, EVP_MAX_MD_SIZE * 2> text{};
  const int size = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(length));
  return {text.begin(), text.begin() + size};
}

}  // namespace

void write_page_head(std::ostream& out, std::string_view title) {
  const std::string shown = config::markup_escaped(title);
  out << "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
      << style_hash()
      << "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" << shown
      << "</title>\n<style>" << kPageStyle << "</style></head><body>\n<h1>" << shown << "</h1>\n";
}

}  // namespace parley::intents
