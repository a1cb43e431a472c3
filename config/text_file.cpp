#include "config/text_file.h"

#include "config/file_content.h"

namespace parley::config {

std::optional<std::string> read_text_file(const std::filesystem::path& path, const std::string& shown_as,
                                          std::size_t bytes_max, Findings& findings) {
  const auto fail = [&](const char* code, std::string message, std::string hint) {
    findings.add({Severity::kError, code, shown_as, {}, std::move(message), std::move(hint), ""});
    return std::nullopt;
  };
  auto [problem, content] = read_file(path, bytes_max);
  if (problem == FileContent::Problem::kUnreadable)
    return fail("unreadable", "this file can't be read", "check that it exists and may be read");
  if (problem == FileContent::Problem::kTooLarge)
    return fail("too-large", "this file is larger than " + std::to_string(bytes_max) + " bytes",
                "cut it down");
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (content.starts_with(kByteOrderMark)) content.erase(0, kByteOrderMark.size());
  if (!is_utf8(content)) return fail("not-utf8", "this file is not UTF-8 text", "save it as UTF-8");
  return content;
}

bool is_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    i += length;
  }
  return true;
}

}  // namespace parley::config
