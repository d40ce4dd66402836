// The few columns that need code: statutory deadlines, from the dated clocks in templates/parameters.
//
//   closing_deadline      matter × place × procedure × date choose the clock; the event day is day 0; months keep the
//   day of
//                         the month, clamped; an extension adds to the unrolled base and counts only if approved on or
//                         before the deadline that holds without it (excluded days included, rolled); then the merged
//                         excluded intervals that this clock allows (clipped to begin after the event day, both ends
//                         counted) are walked by date: each adds its days and moves the unrolled deadline, until the
//                         first that begins after it; an open one counts to the as-of day; then one roll forward to a
//                         working day.
//   own_closing_deadline  the same with the local clock of the unit's place; the national one where there is none.
//   publication_deadline  20 working days after the decision, for stop orders and penalty decisions.
//   The version in force on the day of docketing (of the decision, for publication) is the one that counts, whatever
//   came after. A clock that names the row's procedure goes before one that names none. No clock: the deadline is
//   missing, never "on time". A unit has the place of its roster column `clock_place`, or of the nearest unit above
//   that has one. Problems: calendar-beyond (the row's deadline stays missing), clock-invalid, workdays-invalid.
#pragma once

#include "engine/calendar.h"
#include "engine/problem.h"
#include "engine/roster.h"
#include "engine/table.h"

#include <optional>
#include <string>
#include <vector>

namespace appraise {

struct Clock {
  std::string id;
  std::string title;
  std::string sets;         // the derived column that it is for: closing_deadline | publication_deadline; empty: none
  std::string matter;       // category id of case_type; for publication_deadline empty: any
  std::string place;        // "national", or a place's name: a unit has it through its roster column `clock_place`
  std::optional<Date> from; // in force
  std::optional<Date> to;
  std::string procedure;             // category id; empty: any
  std::string start;                 // field
  std::string end;                   // field
  std::vector<std::string> outcomes; // publication_deadline: category ids of outcome that start it
  std::int64_t limit = 0;
  std::string unit; // months | days | working days
  std::int64_t extension = 0;
  std::string extension_unit;
  std::vector<std::string> excluded; // causes of excluded_time that this clock allows
  bool computable = true;            // false: where it would be chosen there is no deadline
  std::string why;                   // why not computable
  bool invented = false;             // of a demonstration's invented place
  std::string status;                // verified | secondary | from memory …
  std::string reference;
};

struct Interval {
  Date from;
  std::optional<Date> to; // none: still open
};

// The deadline as the head of this file says. `approved`: the day the extension was approved.
Date deadline(const Clock& clock, Date event, std::optional<Date> approved, const std::vector<Interval>& excluded,
              Date as_of, const WorkCalendar& calendar);

std::vector<Clock> load_clocks(const std::string& text, const std::string& file, Problems& problems);
WorkCalendar load_calendar(const std::string& csv, const std::string& file, Problems& problems);

// Fills the derived columns of the `cases` table; as_of is the last day of the period.
void derive(Records& records, const Roster& roster, const std::vector<Clock>& clocks, const WorkCalendar& calendar,
            Date as_of, Problems& problems);

} // namespace appraise
