// Pieces of a period: "early march", "late afternoon", "mid 1989". How long they are follows the
// Recognizers-Text specs: halves, but thirds of a year that is named by its number.
#include <array>

#include "intents/entities/calendar.h"
#include "intents/entities/meanings.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using Made = std::optional<Meaning>;

constexpr std::int64_t kHour = 3'600;

enum class Piece { kStart, kMiddle, kEnd };

struct Cut {
  Day begin, end;
};

/// The part of a unit that "early", "mid" and "late" mean.
Cut cut_unit(char unit, Day begin, Day end, Piece piece, bool thirds) {
  const auto at = [&](char step, int count) { return add_units(begin, step, count).value_or(end); };
  if (unit == 'Y' && thirds)
    return piece == Piece::kStart    ? Cut{begin, at('M', 4)}
           : piece == Piece::kMiddle ? Cut{at('M', 4), at('M', 8)}
                                     : Cut{at('M', 8), end};
  if (unit == 'Y')
    return piece == Piece::kStart    ? Cut{begin, at('M', 6)}
           : piece == Piece::kMiddle ? Cut{at('M', 4), at('M', 8)}
                                     : Cut{at('M', 6), end};
  if (unit == 'M')
    return piece == Piece::kStart    ? Cut{begin, at('D', 15)}
           : piece == Piece::kMiddle ? Cut{at('D', 9), at('D', 20)}
                                     : Cut{at('D', 15), end};
  if (unit == 'W')
    return piece == Piece::kStart    ? Cut{begin, at('D', 3)}
           : piece == Piece::kMiddle ? Cut{at('D', 1), at('D', 5)}
                                     : Cut{at('D', 3), end};
  const auto half = (end - begin) / 2;
  return piece == Piece::kStart ? Cut{begin, begin + half} : Cut{begin + half, end};
}

const char* name_of(Piece piece) {
  return piece == Piece::kStart ? "start" : piece == Piece::kMiddle ? "mid" : "end";
}

/// Of a part of the day its first or last half.
void cut_hours(TimeReading& reading, Piece piece) {
  const std::int64_t length = (*reading.end - *reading.start + 1) / 2 / kHour * kHour;
  if (piece == Piece::kStart) reading.end = *reading.start + length;
  if (piece == Piece::kEnd) reading.start = *reading.start + length;
}

Made piece_of_date(const Time& date, Piece piece) {
  Time time = date;
  time.type = TimeType::kDateTimeRange;
  time.mod = name_of(piece);
  for (TimeReading& reading : time.readings) {
    const std::int64_t day = *reading.start;
    reading.start = day + (piece == Piece::kStart ? 0 : piece == Piece::kMiddle ? 10 : 12) * kHour;
    reading.end = day + (piece == Piece::kStart ? 12 : piece == Piece::kMiddle ? 14 : 24) * kHour;
  }
  return made(std::move(time));
}

/// "early march", "late afternoon", "mid 1989".
Made piece_of(const Parts& parts, Piece piece) {
  const auto whole = parts.any_time();
  if (!whole || !whole->mod.empty() || !whole->resolved || whole->type == TimeType::kDuration)
    return std::nullopt;
  if (whole->type == TimeType::kDate) return piece_of_date(*whole, piece);
  if (!is_range(whole->type)) return std::nullopt;
  if (whole->readings.empty() || (whole->first && whole->type == TimeType::kDateRange)) return std::nullopt;
  Time time = *whole;
  time.mod = name_of(piece);
  for (TimeReading& reading : time.readings) {
    if (!reading.start || !reading.end) return std::nullopt;
    if (has_clock(time.type)) {
      cut_hours(reading, piece);
      continue;
    }
    const Cut cut = cut_unit(whole->unit, day_of_seconds(*reading.start), day_of_seconds(*reading.end), piece,
                             whole->amount == 1);
    reading.start = seconds_of(cut.begin);
    reading.end = seconds_of(cut.end);
  }
  return made(std::move(time));
}

/// "earlier this month" ends today, "later this month" has no name of its own either.
Made piece_so_far(const Parts& parts, Piece piece) {
  Made meaning = piece_of(parts, piece);
  if (!meaning || meaning->time->type != TimeType::kDateRange || meaning->time->readings.size() != 1)
    return meaning;
  Time time = *meaning->time;
  const auto whole = parts.any_time();
  const std::int64_t today = seconds_of(parts.view.today);
  if (*whole->readings[0].start > today || *whole->readings[0].end <= today) return meaning;
  time.mod.clear();
  if (piece == Piece::kStart && *time.readings[0].end > today) time.readings[0].end = today;
  return made(std::move(time));
}

constexpr std::array<NamedMeaning, 5> kMeanings = {{
    {"early", [](const Parts& p) { return piece_of(p, Piece::kStart); }},
    {"middle", [](const Parts& p) { return piece_of(p, Piece::kMiddle); }},
    {"late", [](const Parts& p) { return piece_of(p, Piece::kEnd); }},
    {"earlier", [](const Parts& p) { return piece_so_far(p, Piece::kStart); }},
    {"later", [](const Parts& p) { return piece_so_far(p, Piece::kEnd); }},
}};

}  // namespace

std::span<const NamedMeaning> period_piece_meanings() {
  return kMeanings;
}

}  // namespace parley::intents
