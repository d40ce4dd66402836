#include "indicators/derived/derived.h"

#include <algorithm>

namespace appraise {

namespace {

Date add(Date date, std::int64_t count, const std::string& unit, const WorkCalendar& calendar) {
  if (unit == "months") return date.add_months(static_cast<int>(count));
  if (unit == "working days") return calendar.after(date, count);
  return date.add_days(count);
}

// Clipped to begin after the event day, cut at the as-of day where open, sorted, overlaps merged.
std::vector<std::pair<Date, Date>> merged(const std::vector<Interval>& intervals, Date event, Date as_of) {
  std::vector<std::pair<Date, Date>> spans;
  for (const Interval& interval : intervals) {
    const Date from = std::max(interval.from, event.add_days(1));
    const Date to = interval.to.value_or(as_of);
    if (from <= to) spans.emplace_back(from, to);
  }
  std::sort(spans.begin(), spans.end());
  std::vector<std::pair<Date, Date>> result;
  for (const auto& span : spans) {
    if (!result.empty() && span.first <= result.back().second) {
      result.back().second = std::max(result.back().second, span.second);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

// Each excluded interval adds its days and moves the deadline, until the first that begins after it.
Date walk(Date deadline, const std::vector<std::pair<Date, Date>>& spans) {
  for (const auto& [from, to] : spans) {
    if (from > deadline) break;
    deadline = deadline.add_days(to.days - from.days + 1);
  }
  return deadline;
}

} // namespace

Date deadline(const Clock& clock, Date event, std::optional<Date> approved, const std::vector<Interval>& excluded,
              Date as_of, const WorkCalendar& calendar) {
  const auto spans = merged(excluded, event, as_of);
  const Date base = add(event, clock.limit, clock.unit, calendar);
  const Date without = calendar.roll_forward(walk(base, spans));
  if (!approved || clock.extension == 0 || *approved > without) return without;
  return calendar.roll_forward(walk(add(base, clock.extension, clock.extension_unit, calendar), spans));
}

} // namespace appraise
