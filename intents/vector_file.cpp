#include "intents/vector_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <numeric>
#include <optional>
#include <unordered_set>

#include "config/text_file.h"

namespace parley::intents {
namespace {

constexpr double kNumberMax = 1e9;  // a larger one is a mistake
constexpr std::string_view kBlanks = " \t\r";

/// A field of a line; `begin` is its byte in the line.
struct Piece {
  std::string_view text;
  std::size_t begin = 0;
};

std::vector<Piece> pieces_of(std::string_view line) {
  std::vector<Piece> pieces;
  for (std::size_t begin = line.find_first_not_of(kBlanks); begin != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    pieces.push_back({line.substr(begin, end - begin), begin});
    begin = line.find_first_not_of(kBlanks, end);
  }
  return pieces;
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class VectorReader {
 public:
  VectorReader(std::string shown_as, config::Findings& findings)
      : shown_as_(std::move(shown_as)), findings_(findings) {}

  std::shared_ptr<const WordVectors> read(std::istream& file) {
    std::string line;
    for (line_ = 1; std::getline(file, line); ++line_) {
      if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      if (!take(line)) return nullptr;
    }
    if (keys_.empty()) {
      line_ = 0;
      fail("", 0, "this file holds no vector of a word", "a line is a word and its numbers");
      return nullptr;
    }
    return sorted();
  }

 private:
  bool take(const std::string& line) {
    if (line.size() > kVectorLineMaxBytes || !config::is_utf8(line))
      return fail("", 0, "this is no line of text vectors",
                  "a text file such as .vec is read, no .bin and nothing packed");
    const std::vector<Piece> pieces = pieces_of(line);
    if (pieces.empty()) return true;
    if (line_ == 1 && is_header(pieces))
      return take_dimensions(*number_of<std::uint64_t>(pieces[1].text), line, pieces[1].begin);
    const std::size_t count = pieces.size() - 1;
    if (dimensions_ == 0 && !take_dimensions(count, line, pieces.front().begin)) return false;
    if (count != dimensions_)
      return fail(line, pieces.back().begin,
                  "this line has " + std::to_string(count) + " numbers, but the ones before have " +
                      std::to_string(dimensions_),
                  "is the file cut off, or a blank inside a word?");
    if (++words_ > kVectorWordsMax)
      return fail(
          line, 0, "there are more than " + std::to_string(kVectorWordsMax) + " words",
          "keep the most frequent ones, which come first: head -n " + std::to_string(kVectorWordsMax));
    return take_word(line, pieces);
  }

  /// word2vec's and fastText's first line.
  static bool is_header(const std::vector<Piece>& pieces) {
    return pieces.size() == 2 && number_of<std::uint64_t>(pieces[0].text) &&
           number_of<std::uint64_t>(pieces[1].text);
  }

  bool take_dimensions(std::uint64_t count, const std::string& line, std::size_t byte) {
    dimensions_ = count;
    if (count > 0 && count <= kVectorDimensionsMax) return true;
    return fail(line, byte,
                "a vector has 1 to " + std::to_string(kVectorDimensionsMax) + " numbers, but these have " +
                    std::to_string(count),
                "take vectors of fewer numbers");
  }

  bool take_word(const std::string& line, const std::vector<Piece>& pieces) {
    numbers_.clear();
    double squares = 0;
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      const auto number = number_of<double>(pieces[i].text);
      if (!number || !(std::abs(*number) <= kNumberMax))
        return fail(line, pieces[i].begin, "'" + std::string(pieces[i].text.substr(0, 40)) + "' is no number",
                    "");
      numbers_.push_back(static_cast<float>(*number));
      squares += *number * *number;
    }
    fold(pieces.front().text, folded_);
    const bool one_word = folded_.words.size() == 1 && folded_.word(0).size() == folded_.text.size();
    if (!one_word || squares == 0) return true;
    const FeatureKey key = key_of_word(folded_.word(0));
    if (!known_.insert(key).second) return true;
    for (float& number : numbers_)
      number = static_cast<float>(static_cast<double>(number) / std::sqrt(squares));
    const ByteRows row = to_bytes(numbers_, dimensions_);
    keys_.push_back(key);
    scales_.push_back(row.scales[0]);
    bytes_.insert(bytes_.end(), row.numbers.begin(), row.numbers.end());
    return true;
  }

  std::shared_ptr<const WordVectors> sorted() const {
    std::vector<std::size_t> order(keys_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys_[a] < keys_[b]; });
    std::vector<FeatureKey> keys;
    std::vector<float> scales;
    std::vector<std::int8_t> bytes;
    bytes.reserve(bytes_.size());
    for (const std::size_t i : order) {
      keys.push_back(keys_[i]);
      scales.push_back(scales_[i]);
      const auto row = bytes_.begin() + static_cast<std::ptrdiff_t>(i * dimensions_);
      bytes.insert(bytes.end(), row, row + static_cast<std::ptrdiff_t>(dimensions_));
    }
    return std::make_shared<const WordVectors>(
        WordVectors{std::move(keys), {std::move(scales), std::move(bytes), dimensions_}});
  }

  bool fail(std::string_view line, std::size_t byte, std::string message, std::string hint) {
    constexpr std::size_t kShownBytes = 100;  // of a line: the rest says no more
    const std::string_view before = line.substr(0, byte);
    const auto points =
        std::count_if(before.begin(), before.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; });
    const config::Position at{line_, line_ == 0 ? 0 : static_cast<int>(points) + 1};
    std::string shown(line.size() <= kShownBytes ? line : std::string_view());
    findings_.add({config::Severity::kError, "vectors", shown_as_, at, std::move(message), std::move(hint),
                   std::move(shown)});
    return false;
  }

  std::string shown_as_;
  config::Findings& findings_;
  int line_ = 0;
  std::size_t dimensions_ = 0;
  std::size_t words_ = 0;
  std::vector<FeatureKey> keys_;
  std::unordered_set<FeatureKey> known_;
  std::vector<float> scales_;
  std::vector<std::int8_t> bytes_;
  std::vector<float> numbers_;  // of the line being read
  FoldedText folded_;
};

}  // namespace

std::shared_ptr<const WordVectors> read_vector_file(const std::filesystem::path& path,
                                                    config::Findings& findings) {
  const auto fail = [&](const char* code, std::string message, std::string hint) {
    findings.add(
        {config::Severity::kError, code, path.string(), {}, std::move(message), std::move(hint), ""});
    return nullptr;
  };
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  std::ifstream file(path, std::ios::binary);
  if (problem || !file)
    return fail("unreadable", "this file can't be read", "check the path behind vectors in bot.yaml");
  if (bytes > kVectorFileMaxBytes)
    return fail("too-large", "this file is larger than " + std::to_string(kVectorFileMaxBytes) + " bytes",
                "keep the most frequent words, which come first: head -n " + std::to_string(kVectorWordsMax));
  return VectorReader(path.string(), findings).read(file);
}

}  // namespace parley::intents
