#include "intents/corpus.h"

#include "intents/sentence_reader.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

using test::BotFolder;

const std::string kGood = "intent: greet\nen: [hello there, hi you, good day, hey bot, morning all]\n";

/// The first finding with this code, or an empty one.
config::Finding finding(const BotFolder& bot, const std::string& code) {
  for (const auto& candidate : bot.findings.all())
    if (candidate.code == code) return candidate;
  return {};
}

TEST_CASE("a sound bot folder is read without a finding") {
  const BotFolder bot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  for (const auto& problem : bot.findings.all())
    MESSAGE(config::to_text(problem));
  CHECK(bot.findings.all().empty());
  REQUIRE(bot.corpus.intents.size() == 3);
  CHECK(bot.corpus.intents[0].title == "Ask for leave");
  CHECK(bot.corpus.intents[0].sentences.size() == 14);
  REQUIRE(bot.corpus.vocabulary.size() == 2);
  CHECK(bot.corpus.vocabulary[0].values[0].words.at("nl")[1] == "schootcomputer");
  CHECK(bot.corpus.country == "NL");
}

TEST_CASE("annotations are taken out of a sentence and kept with their place") {
  const AnnotatedText text = parse_annotations("from [monday](date:start) to [friday](date)");
  CHECK(text.error.empty());
  CHECK(text.text == "from monday to friday");
  REQUIRE(text.annotations.size() == 2);
  CHECK(text.annotations[0].slot == "start");
  CHECK(text.text.substr(text.annotations[0].begin, 6) == "monday");
  CHECK(text.annotations[1].slot.empty());
  CHECK(text.annotations[1].end == text.text.size());
}

TEST_CASE("an annotation whose bracket is not closed is refused with its own form") {
  const AnnotatedText unclosed = parse_annotations("leave on [friday(date:day) please [x](date)");
  CHECK(unclosed.error == "the bracket before 'friday' is not closed");
  CHECK(unclosed.hint == "write [friday](date:day)");
  CHECK(parse_annotations("[friday(date)").hint == "write [friday](date)");
}

TEST_CASE("brackets that are no annotation stay text") {
  CHECK(parse_annotations("a [list (of Things] here").error.empty());
  CHECK(parse_annotations("see [note (old)] below").error.empty());
  CHECK(parse_annotations("see [note] below").text == "see [note] below");
  CHECK(parse_annotations("press [x").text == "press [x");
}

TEST_CASE("a broken annotation is an error that says how to write one") {
  for (const char* source : {"on [monday](date", "on [](date)", "on [monday]()", "on [monday](date:)"})
    CHECK_MESSAGE(!parse_annotations(source).error.empty(), source);
  const BotFolder bot("intent: a_b\nen: ['on [monday](date', two words, three words here, four, five]\n");
  CHECK(bot.has("bad-annotation"));
  CHECK(finding(bot, "bad-annotation").position.line == 2);
  CHECK(finding(bot, "bad-annotation").hint.find("[text](kind") != std::string::npos);
}

TEST_CASE("annotations in another tool's form are refused with their own form, and brackets stay text") {
  const std::map<std::string, std::string> refused{
      {R"(to [paris]{"entity": "city", "role": "target"})", "write [paris](city:target)"},
      {R"(on [x]{"entity": "date"} please)", "write [x](date)"},
      {R"(a [pc]{"entity":"device","value":"laptop"})",
       "write [pc](device), and in the vocabulary that 'pc' means 'laptop'"},
      {"on [x]{date}", "write [text](kind) or [text](kind:slot)"},
      {"on [monday] (date)", "write [monday](date)"},
      {"on [monday] (date:start) then", "write [monday](date:start)"}};
  for (const auto& [source, hint] : refused) {
    CHECK_MESSAGE(!parse_annotations(source).error.empty(), source);
    CHECK(parse_annotations(source).hint == hint);
  }
  for (const char* text : {"see [note] (it is below)", "[1] (2)", "[a] and {b}", "an [x] at the end"})
    CHECK_MESSAGE(parse_annotations(text).error.empty(), text);
}

TEST_CASE("an annotation of an unknown kind names near ones") {
  const BotFolder bot("intent: a_b\nen: ['my [pc](devise)', b b, c c, d d, e e]\n",
                      test::kHelpdeskVocabulary);
  CHECK(bot.has("unknown-entity"));
  CHECK(finding(bot, "unknown-entity").hint.find("device") != std::string::npos);
}

TEST_CASE("every mistake in intents is found in one run, each with its line") {
  const BotFolder bot(
      "intent: greet\nen: [hello there, hello there, '  ', ok then, x]\ntitel: Greeting\nde: [hallo "
      "du]\n---\n"
      "intent: greet\nen: [a]\n---\nintent: Bad Name\nen: [b]\n---\nintent: bye\nen: [Hello "
      "THERE!]\n---\nintent: empty\n");
  for (const char* code :
       {"duplicate-sentence", "empty-sentence", "unknown-key", "unknown-language", "duplicate-intent",
        "bad-name", "ambiguous-sentence", "few-sentences", "no-sentences"})
    CHECK_MESSAGE(bot.has(code), code);
  CHECK(finding(bot, "unknown-key").hint.find("title") != std::string::npos);
  CHECK(finding(bot, "duplicate-intent").position.line == 6);
  CHECK(finding(bot, "ambiguous-sentence").severity == config::Severity::kWarning);
  CHECK(finding(bot, "duplicate-sentence").severity == config::Severity::kWarning);
}

TEST_CASE("every mistake in the vocabulary is found in one run") {
  const BotFolder bot(
      kGood,
      "entity: size\nvalues:\n  small: {en: [small, little, small]}\n  large: {en: [large, little], xx: "
      "[g]}\n"
      "  none: {}\n---\nentity: size\nvalues: {a: {en: [a]}}\n---\nentity: date\nvalues: {a: {en: "
      "[a]}}\n---\n"
      "entity: code\npattern: '(unclosed'\n---\nentity: nothing\n---\nentity: all\npattern: 'a*'\n---\n"
      "entity: twice\nvalues:\n  a: {en: [q]}\n  a: {en: [r]}\n");
  for (const char* code : {"duplicate-synonym", "unknown-language", "missing-key", "duplicate-entity",
                           "built-in-name", "bad-pattern", "duplicate-key"})
    CHECK_MESSAGE(bot.has(code), code);
  CHECK(finding(bot, "unknown-language").position.line == 4);
}

TEST_CASE("a value made of values has two parts or more, of kinds that there are") {
  const BotFolder bot(kGood,
                      "entity: product\nvalues: {tent: {en: [tent]}}\n---\n"
                      "entity: line\nparts: {quantity: number, what: product}\n---\n"
                      "entity: wrong\nparts: {quantity: number, what: produkt}\n---\n"
                      "entity: nested\nparts: {quantity: number, what: line}\n---\n"
                      "entity: single\nparts: {quantity: number}\n---\n"
                      "entity: both\npattern: 'a+'\nparts: {a: number, b: product}\n");
  CHECK(finding(bot, "unknown-entity").position.line == 8);
  CHECK(finding(bot, "unknown-entity").hint.find("product") != std::string::npos);
  CHECK(finding(bot, "bad-parts").position.line == 14);
  CHECK(finding(bot, "missing-key").position.line == 16);
  CHECK(bot.findings.error_count() == 4);
}

TEST_CASE("a value made of values has as many parts as the limit allows, and no more") {
  const auto accepted = [](std::size_t count) {
    std::string parts = "entity: many\nparts:\n";
    for (std::size_t i = 0; i < count; ++i)
      parts += "  part" + std::to_string(i) + ": number\n";
    return !BotFolder(kGood, parts).has("bad-parts");
  };
  CHECK(accepted(kValuePartsMax));
  CHECK_FALSE(accepted(kValuePartsMax + 1));
}

TEST_CASE("a sentence longer than the limit is refused") {
  const BotFolder bot("intent: long\nen: [" + std::string(kSentenceMaxBytes + 1, 'a') + "]\n");
  CHECK(bot.has("too-long"));
}

TEST_CASE("a file that is no YAML is reported and the others are still read") {
  test::TempFolder folder;
  folder.write("bot.yaml", "bot: t\nlanguages: [en]\n");
  folder.write("intents/a.yaml", "intent: [\n");
  folder.write("intents/b.yaml", kGood);
  config::Findings findings;
  const Corpus corpus = read_corpus(config::read_bot_manifest(folder.path(), findings), findings);
  CHECK(findings.error_count() == 1);
  CHECK(corpus.intents.size() == 1);
}

}  // namespace
}  // namespace parley::intents
