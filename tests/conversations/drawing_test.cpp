// Pictures of flows: what is drawn, how it is escaped, and real traffic on the arrows.
#include <doctest/doctest.h>
#include <future>
#include <set>

#include "conversations/drawing/graph_formats.h"
#include "conversations/drawing/readable_text.h"
#include "engine/storage/store.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

namespace {

Picture leave_picture(const Traffic* traffic = nullptr) {
  const SmallBot bot;
  return picture_of(bot.program->flows.at("request_leave"), *bot.program, "en", traffic);
}

const PictureBox* box_with(const Picture& picture, const std::string& text) {
  for (const PictureBox& box : picture.boxes)
    if (box.text.find(text) != std::string::npos) return &box;
  return nullptr;
}

const PictureArrow* arrow(const Picture& picture, const std::string& from, const std::string& to) {
  for (const PictureArrow& one : picture.arrows)
    if (one.from == from && one.to == to) return &one;
  return nullptr;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

LedgerEvent turn(Sequence sequence, const Json& path) {
  LedgerEvent event;
  event.sequence = sequence;
  event.at = TimePoint(std::chrono::milliseconds(sequence));
  event.kind = EventKind::kActivityIn;
  event.detail = Json{{"reasons", {{"path", path}}}}.dump();
  return event;
}

LedgerEvent flow_end(Sequence sequence, const std::string& flow, const std::string& reason) {
  LedgerEvent event;
  event.sequence = sequence;
  event.at = TimePoint(std::chrono::milliseconds(sequence));
  event.kind = EventKind::kFlowEnd;
  event.cause = 1;
  event.detail = Json{{"flow", flow}, {"reason", reason}}.dump();
  return event;
}

void store(Store& store, const std::string& conversation, std::vector<LedgerEvent> events) {
  TurnRecord record;
  record.after.id = conversation;
  record.after.bot = "small";
  record.after.channel = "console";
  record.after.last_sequence = events.back().sequence;
  record.after.last_at = events.back().at;
  record.events = std::move(events);
  std::promise<bool> stored;
  store.commit(std::move(record), [&](Result<Done> done) { stored.set_value(done.ok()); });
  REQUIRE(stored.get_future().get());
}

}  // namespace

TEST_CASE("a message is shown as people read it") {
  CHECK(readable_text("Book from {start, date, full} until {end, date, full}?") ==
        "Book from ‹start› until ‹end›?");
  CHECK(readable_text("You have {n, plural, =0 {none} one {# day} other {# days}} left") ==
        "You have ‹n› days left");
  CHECK(readable_text("{kind, select, a {Yes: {x}} other {No.}} Bye") == "Yes: ‹x› / No. Bye");
  CHECK(readable_text("It's '{'so'}' {has(a.b, \"}\")}") == "It's {so} ‹has(a.b, \"}\")›");
  CHECK(readable_text("{open") == "‹open›");
  CHECK(readable_text("} never closed") == "");
}

TEST_CASE("a long text is cut between characters, not within one") {
  CHECK(shortened("één twee", 8) == "één twee");
  CHECK(shortened("één\n  twee drie", 9) == "één twee…");
  CHECK(shortened("", 5).empty());
}

TEST_CASE("a picture has a box for each step, its branches by name, and one box for each reason to end") {
  const Picture picture = leave_picture();
  REQUIRE(box_with(picture, "From which day?"));
  REQUIRE(box_with(picture, "hr.balance"));
  const PictureBox* balance = box_with(picture, "hr.balance");
  const PictureBox* down = box_with(picture, "The leave system is down.");
  REQUIRE(down);
  REQUIRE(arrow(picture, balance->id, down->id));
  CHECK(arrow(picture, balance->id, down->id)->failed);
  CHECK(arrow(picture, balance->id, down->id)->label == "failed");
  const PictureBox* confirm = box_with(picture, "Book leave from ‹start›");
  REQUIRE(confirm);
  const PictureBox* declined = box_with(picture, "declined");
  REQUIRE(declined);
  CHECK(arrow(picture, confirm->id, declined->id)->label == "no");
  int completed = 0;
  for (const PictureBox& box : picture.boxes)
    completed += box.kind == BoxKind::kEnd && box.text == "completed" ? 1 : 0;
  CHECK(completed == 1);
}

TEST_CASE("whatever a text holds, the formats stay well formed") {
  Picture picture{"a\"b", "<script>&\"", {}, {}};
  picture.boxes.push_back({"s0", BoxKind::kSay, "say", "a <b> & \"c\" # \\ {x} \n]--> y", ""});
  picture.arrows.push_back({"s0", "s0", "\"<&|", false, std::nullopt, 0});
  const std::string dot = to_dot(picture);
  CHECK(has(dot, "digraph \"a\\\"b\""));
  CHECK(has(dot, "a &lt;b&gt; &amp; &quot;c&quot;"));
  CHECK_FALSE(has(dot, "<script>"));
  const std::string mermaid = to_mermaid(picture);
  CHECK(has(mermaid, "a #lt;b#gt; #amp; #quot;c#quot; #35;"));
  CHECK(has(mermaid, "|\"#quot;#lt;#amp;|\"|"));
}

TEST_CASE("traffic is counted from the ledger: visits once, ways across turns, ends by reason") {
  const auto ledger = make_memory_store();
  store(*ledger, "c1",
        {turn(1, {"pattern_greeting/0"}), turn(2, {"request_leave/0"}), turn(3, {"request_leave/0"}),
         turn(4, {"request_leave/0", "request_leave/1"}), turn(5, {"request_leave/2", "request_leave/3"}),
         flow_end(6, "request_leave", "declined")});
  const auto reader = ledger->reader();
  REQUIRE(reader);
  const auto traffic = read_traffic(**reader, "small");
  REQUIRE(traffic);
  CHECK(traffic->conversations == 1);
  const FlowTraffic* leave = traffic->of("request_leave");
  REQUIRE(leave);
  CHECK(leave->begun == 1);
  CHECK(leave->visits.at("0") == 1);
  CHECK(leave->ways.at({"1", "2"}) == 1);
  CHECK(leave->ends.at({"3", "declined"}) == 1);
  const auto others = read_traffic(**reader, "another");
  REQUIRE(others);
  CHECK(others->flows.empty());

  const std::string dot = to_dot(leave_picture(&*traffic));
  CHECK(has(dot, "label=<&#160;&#160;1 (100%) >"));
  CHECK(has(dot, "failed: 0"));

  const SmallBot bot;
  std::set<std::string> headings;
  for (const PictureBox& box : overview_of(*bot.program, "en", &*traffic).boxes)
    headings.insert(box.heading);
  CHECK(headings.contains("request_leave: begun once"));
  CHECK(headings.contains("hours: never begun"));
}

TEST_CASE("traffic shows where people left: at a question they cancelled, or said nothing more") {
  const auto ledger = make_memory_store();
  store(*ledger, "c1", {turn(1, {"request_leave/0"}), flow_end(2, "request_leave", "cancelled")});
  store(*ledger, "c2", {turn(1, {"request_leave/0"}), turn(2, {"request_leave/0"})});
  store(*ledger, "c3", {turn(1, {"request_leave/0", "request_leave/1"})});
  const auto reader = ledger->reader();
  REQUIRE(reader);
  const auto traffic = read_traffic(**reader, "small");
  REQUIRE(traffic);
  const Picture picture = leave_picture(&*traffic);
  std::map<std::string, std::string> ends;
  for (const PictureBox& box : picture.boxes)
    if (box.kind == BoxKind::kEnd) ends[box.id] = box.text;
  std::map<std::string, std::uint64_t> left;
  for (const PictureArrow& arrow : picture.arrows)
    if (arrow.failed && ends.contains(arrow.to) && arrow.count)
      left[arrow.from + " " + ends[arrow.to]] = *arrow.count;
  CHECK(left.at("s0 cancelled") == 1);
  CHECK(left.at("s0 still open") == 1);
  CHECK(left.at("s1 still open") == 1);
  for (const PictureBox& box : leave_picture().boxes)
    CHECK(box.text != "still open");
}

TEST_CASE("a box shows the texts of all conditions, and the one for everyone last") {
  const SmallBot bot(
      "flow: hours\nwhen: opening_hours\nsteps:\n"
      "  - say: [One., {if: channel == 'kiosk', text: Here.}, {if: channel == 'kiosk', text: Hier.}]\n");
  const Picture picture = picture_of(bot.program->flows.at("hours"), *bot.program, "en", nullptr);
  const PictureBox* box = box_with(picture, "One.");
  REQUIRE(box);
  CHECK(box->text == "if channel == 'kiosk': Here.\nOne.");
}
