// Texts of a bot: ICU messages with expressions as arguments, in every language, formatted. An empty line
// separates a text from its translation, if there is one.
#include "config/text_file.h"
#include "conversations/messages/template.h"
#include "tests/fuzz/scope.h"
#include "tests/fuzz/target.h"

namespace parley::fuzz {
namespace {

using conversations::MessageTemplate;
using conversations::TemplateProblem;

constexpr const char* kLanguages[] = {"en", "nl", "de"};

void check_offsets(const std::vector<TemplateProblem>& problems, std::string_view text) {
  for (const TemplateProblem& problem : problems) {
    require(problem.offset <= text.size(), "a problem behind the text");
    require(!problem.message.empty(), "a problem without a word");
  }
}

void format_all(const MessageTemplate& message, bool sound) {
  for (const char* language : kLanguages) {
    bool failed = false;
    const std::string said = message.format(scope().bindings, language, "Europe/Amsterdam", &failed);
    require(!sound || config::is_utf8(said), "a text that is not UTF-8 was said");
    require(said == message.format(scope().bindings, language, "Europe/Amsterdam"),
            "one text, said in two ways");
    message.arguments(language);
  }
}

void run(std::string_view input) {
  const std::size_t cut = std::min(input.find("\n\n"), input.size());
  const std::string source(input.substr(0, cut));
  const std::string translation(cut < input.size() ? input.substr(cut + 2) : input);
  for (const char* language : kLanguages) {
    std::vector<TemplateProblem> problems, further;
    MessageTemplate message = MessageTemplate::compile(source, language, scope().declarations, problems);
    check_offsets(problems, source);
    for (const char* other : kLanguages)
      if (other != language) message.translate(translation, other, scope().declarations, further);
    check_offsets(further, translation);
    format_all(message, config::is_utf8(input));
  }
  conversations::has_words(source);
}

const AddTarget kAdd{"message_format", run};

}  // namespace
}  // namespace parley::fuzz
