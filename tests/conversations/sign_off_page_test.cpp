// The page to sign: complete, escaped, self-contained.
#include "conversations/sign_off/sign_off_page.h"

#include <doctest/doctest.h>

#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

namespace {

std::string page_of(const SmallBot& bot, const std::string& title = "Helpdesk") {
  SignOffSources sources{*bot.program, bot.services, title, "0123456789abcdef0123", {}, {}};
  sources.sentences["request_leave"]["en"] = {"I'd like <some> leave"};
  sources.picture = [](const Flow& flow) { return "<svg><text>" + flow.name + "</text></svg>"; };
  return sign_off_page(sources);
}

bool has(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "the page to sign tells of each flow what starts it, what it asks, says and does, and how it ends") {
  const std::string page = page_of(SmallBot());
  CHECK(has(page, "<a href=\"#flow-request_leave\">Ask for leave</a>"));
  CHECK(has(page, "I&#39;d like &lt;some&gt; leave"));
  CHECK(has(page, "<table><thead><tr><th>to know</th><th>en</th>"));
  CHECK(has(page, "From which day?"));
  CHECK(has(page, "<code>end &gt;= start</code>"));
  CHECK(has(page, "That is before the first day."));
  CHECK(has(page, "Book leave from ‹start› until ‹end›?"));
  CHECK(has(page, "<b>hr: balance</b>, with employee; gives days"));
  CHECK(has(page, "when it does not work: &ldquo;The leave system is down.&rdquo; A person is brought in."));
  CHECK(has(page, "not enough days"));
  CHECK(has(page, "a person takes over: leave system down"));
  CHECK(has(page, "<svg><text>request_leave</text></svg>"));
  CHECK(has(page, "0123456789abcdef0123"));
}

TEST_CASE("only the bot's own flows are to be signed, and who may use them is told") {
  const std::string page = page_of(SmallBot());
  CHECK_FALSE(has(page, "flow-pattern_greeting"));
  CHECK(has(page, "<th scope=\"row\">Who may use it</th><td>employee</td>"));
  CHECK(has(page, "<th scope=\"row\">Where</th><td>on every channel</td>"));
}

TEST_CASE("a text without a translation is marked as such") {
  CHECK(has(page_of(SmallBot()), "<td lang=\"nl\"><em>not translated:</em> From which day?</td>"));
}

TEST_CASE("of a text with conditions it is told whom each variant is for") {
  const SmallBot bot(
      "flow: hours\nwhen: opening_hours\nsteps:\n  - say: [{if: channel == 'kiosk', text: Here.}, There.]\n");
  const std::string page = page_of(bot);
  CHECK(has(page, "<small>if <code>channel == &#39;kiosk&#39;</code></small>"));
  CHECK(has(page, "<small>for everyone else</small><em>not translated:</em> There."));
}

TEST_CASE("the page loads nothing from elsewhere, and no text becomes markup") {
  const SmallBot bot(
      "flow: hours\ntitle: \"<script>alert(1)</script>\"\nwhen: opening_hours\nsteps:\n"
      "  - say: \"</td><img src=x> {user.name} & 'co'\"\n");
  const std::string page = page_of(bot, "</title><b>");
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "<img"));
  CHECK_FALSE(has(page, "http:"));
  CHECK_FALSE(has(page, "https:"));
  CHECK_FALSE(has(page, "<link"));
  CHECK(has(page, "<title>&lt;/title&gt;&lt;b&gt;</title>"));
  CHECK(has(page, "&lt;/td&gt;&lt;img src=x&gt; ‹user.name› &amp; &#39;co&#39;"));
}
