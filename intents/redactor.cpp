#include "intents/redactor.h"

#include <algorithm>
#include <re2/re2.h>

#include "intents/entities/shapes.h"
#include "intents/language_data.h"

namespace parley::intents {
namespace {

constexpr std::size_t kShortestNumber = 5;  // digits; nothing with fewer is looked for, but for an @
constexpr std::size_t kFindsMax = 256;      // of one pattern in one text
constexpr const char* kCitizenNumber =
    R"((?:^|[^0-9.])(\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?:[^0-9]|$))";

struct Pattern {
  std::string kind;
  std::unique_ptr<RE2> expression;  // the first group, where there is one, is taken out
};

bool may_hold_any(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= static_cast<std::ptrdiff_t>(kShortestNumber) || text.find('@') != std::string_view::npos;
}

class BotRedactor final : public Redactor {
 public:
  explicit BotRedactor(const std::vector<config::RedactionRule>& rules) {
    for (const config::RedactionRule& rule : rules) {
      if (!rule.pattern.empty())
        patterns_.push_back({rule.kind, std::make_unique<RE2>(rule.pattern, RE2::Quiet)});
      else if (rule.kind == "bsn")
        citizen_number_ = std::make_unique<RE2>(kCitizenNumber, RE2::Quiet);
      else
        kinds_.push_back(rule.kind);
    }
  }

  std::vector<PersonalData> find(std::string_view text) const override {
    std::vector<PersonalData> found;
    if (may_hold_any(text)) {
      find_shapes(text, found);
      if (citizen_number_) find_all(*citizen_number_, "bsn", text, found);
    }
    for (const Pattern& pattern : patterns_)
      find_all(*pattern.expression, pattern.kind, text, found);
    return longest(std::move(found));
  }

 private:
  void find_shapes(std::string_view text, std::vector<PersonalData>& into) const {
    if (kinds_.empty()) return;
    thread_local std::vector<ShapeMatch> matches;
    matches.clear();
    language_data("common").shapes.find(text, matches);
    for (const ShapeMatch& match : matches)
      if (std::find(kinds_.begin(), kinds_.end(), match.kind) != kinds_.end())
        into.push_back({match.begin, match.end, std::string(match.kind)});
  }

  static void find_all(const RE2& expression, const std::string& kind, std::string_view text,
                       std::vector<PersonalData>& into) {
    const re2::StringPiece whole(text.data(), text.size());
    const int groups = std::min(expression.NumberOfCapturingGroups(), 1);
    re2::StringPiece found[2];
    std::size_t at = 0;
    for (std::size_t count = 0; count < kFindsMax && at <= text.size(); ++count) {
      if (!expression.Match(whole, at, whole.size(), RE2::UNANCHORED, found, groups + 1)) return;
      const re2::StringPiece& piece = found[groups].data() == nullptr ? found[0] : found[groups];
      const auto begin = static_cast<std::size_t>(piece.data() - whole.data());
      const std::size_t end = begin + piece.size();
      const bool counts = kind != "bsn" || is_citizen_number(text.substr(begin, end - begin));
      if (counts && end > begin) into.push_back({begin, end, kind});
      at = std::max(end, begin + 1);
    }
  }

  static std::vector<PersonalData> longest(std::vector<PersonalData> found) {
    std::stable_sort(found.begin(), found.end(), [](const PersonalData& a, const PersonalData& b) {
      if (a.end - a.begin != b.end - b.begin) return a.end - a.begin > b.end - b.begin;
      return a.kind != "phone" && b.kind == "phone";  // what carries its own proof goes first
    });
    std::vector<PersonalData> kept;
    for (PersonalData& one : found) {
      const bool free = std::none_of(kept.begin(), kept.end(), [&](const PersonalData& other) {
        return one.begin < other.end && other.begin < one.end;
      });
      if (free) kept.push_back(std::move(one));
    }
    std::sort(kept.begin(), kept.end(),
              [](const PersonalData& a, const PersonalData& b) { return a.begin < b.begin; });
    return kept;
  }

  std::vector<std::string> kinds_;
  std::unique_ptr<RE2> citizen_number_;
  std::vector<Pattern> patterns_;
};

}  // namespace

std::shared_ptr<const Redactor> make_redactor(const config::BotManifest& manifest,
                                              config::Findings& findings) {
  std::vector<config::RedactionRule> rules = manifest.redact;
  std::erase_if(rules, [&](const config::RedactionRule& rule) {
    if (rule.pattern.empty()) return false;
    const RE2 pattern(rule.pattern, RE2::Quiet);
    const bool empty = pattern.ok() && RE2::FullMatch("", pattern);
    if (pattern.ok() && !empty) return false;
    findings.add({config::Severity::kError, "bad-pattern", (manifest.folder / "bot.yaml").string(),
                  rule.position,
                  empty ? "this pattern matches the empty text"
                        : "this is not a pattern that RE2 takes: " + pattern.error(),
                  "look-ahead and back-references are not in RE2; quote the pattern with single quotes", ""});
    return true;
  });
  if (rules.empty()) return nullptr;
  return std::make_shared<BotRedactor>(rules);
}

bool is_citizen_number(std::string_view text) {
  int sum = 0, weight = 9;
  bool all_zero = true;
  for (const char c : text) {
    if (c == '.' || c == ' ') continue;
    if (c < '0' || c > '9' || weight == 0) return false;
    sum += (c - '0') * (weight == 1 ? -1 : weight);
    all_zero = all_zero && c == '0';
    --weight;
  }
  return weight == 0 && !all_zero && sum % 11 == 0;
}

}  // namespace parley::intents
