#include "cli/file_digest.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <openssl/evp.h>
#include <vector>

namespace parley::cli {
namespace {

constexpr std::size_t kDigestHexDigits = 16;

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code problem;
  for (std::filesystem::recursive_directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem))
    if (it->is_regular_file() && !it->path().filename().string().starts_with("."))
      files.push_back(it->path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string hex(const unsigned char* bytes, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; text.size() < digits; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

}  // namespace

std::string digest_of_folder(const std::filesystem::path& folder) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  const auto add = [&](const std::string& text) {
    // The length first, so that no content can pass for a file's end.
    const std::uint64_t size = text.size();
    EVP_DigestUpdate(context.get(), &size, sizeof size);
    EVP_DigestUpdate(context.get(), text.data(), text.size());
  };
  for (const std::filesystem::path& path : files_below(folder)) {
    std::ifstream stream(path, std::ios::binary);
    add(path.lexically_relative(folder).generic_string());
    add({std::istreambuf_iterator<char>(stream), {}});
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return hex(digest.data(), kDigestHexDigits);
}

std::string digest_of(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return hex(digest.data(), std::size_t{2} * size);
}

}  // namespace parley::cli
