#include "engine/input/heads.h"

#include "engine/input/unicode.h"

#include <algorithm>

namespace appraise {

namespace {

std::size_t filled(const std::vector<std::string>& cells) {
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !trimmed(cell).empty(); }));
}

bool blank_at_front(const CsvRow& row) {
  return row.fields.empty() || trimmed(row.fields.front()).empty();
}

std::size_t known(const std::vector<HeadMatch>& matches) {
  return static_cast<std::size_t>(std::count_if(
      matches.begin(), matches.end(), [](const HeadMatch& match) { return !match.field.empty() || match.ignored; }));
}

bool looks_like_heads(std::size_t known_heads, const std::vector<std::string>& texts) {
  return known_heads >= 2 && known_heads * 2 >= filled(texts);
}

// A head of two rows, joined.
struct Joined {
  std::vector<std::string> texts; // empty: these are not two rows of heads
  std::string list;               // "C 立案日期, D 结案日期": those made of both rows
  std::string unmatched;          // "D 结案": lower texts that are no head, alone or joined
};

// The lower row fills in what the upper one, whose cells are merged, leaves empty; of a merged cell the first holds the
// text. For each column the first of upper + lower, lower + upper, lower that is a head of the layout.
Joined join_heads(const CsvRow& upper, const CsvRow& lower, const Layout& layout, const RecordType& type) {
  const std::size_t width = std::max(upper.fields.size(), lower.fields.size());
  const auto cell = [](const CsvRow& row, std::size_t i) {
    return i < row.fields.size() ? std::string(trimmed(row.fields[i])) : std::string();
  };
  Joined joined;
  bool fills_in = false;
  std::string above;
  std::vector<std::string> candidates; // three for each column, asked for all at once
  for (std::size_t i = 0; i < width; ++i) {
    const std::string low = cell(lower, i);
    const std::string own = cell(upper, i);
    if (!own.empty() || low.empty()) above = own;
    fills_in = fills_in || (own.empty() && !low.empty());
    candidates.insert(candidates.end(), {above + low, low + above, low.empty() ? own : low});
  }
  if (!fills_in) return joined;
  const std::vector<HeadMatch> matches = match_heads(candidates, layout, type);
  for (std::size_t i = 0; i < width; ++i) {
    const std::string low = cell(lower, i);
    std::size_t best = 3;
    for (std::size_t k = 3; k-- > 0;) {
      const HeadMatch& match = matches[3 * i + k];
      if ((!match.field.empty() || match.ignored) && !candidates[3 * i + k].empty()) best = k;
    }
    const std::string letters = column_letters(static_cast<std::int64_t>(i) + 1) + " ";
    joined.texts.push_back(candidates[3 * i + (best == 3 ? 2 : best)]);
    if (low.empty()) continue;
    if (best == 3) {
      joined.unmatched += joined.unmatched.empty() ? "" : ", ";
      joined.unmatched.append(letters).append(low);
    }
    if (best < 2 && joined.texts.back() != low) {
      joined.list += joined.list.empty() ? "" : ", ";
      joined.list.append(letters).append(joined.texts.back());
    }
  }
  return joined;
}

// The row of heads among the first rows; of two rows `joined` holds both. Where none is known enough, the row that is
// known best, else filled best, so that what is wrong with it can be said.
std::size_t find_row(const std::vector<CsvRow>& first, const Layout& layout, const RecordType& type, Joined& joined) {
  std::size_t best = 0;
  std::pair<std::size_t, std::size_t> best_known{0, 0};
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::size_t count = known(match_heads(first[i].fields, layout, type));
    joined = i + 1 < first.size() ? join_heads(first[i], first[i + 1], layout, type) : Joined{};
    if (!joined.list.empty() && joined.unmatched.empty() &&
        looks_like_heads(known(match_heads(joined.texts, layout, type)), joined.texts)) {
      return i;
    }
    if (looks_like_heads(count, first[i].fields)) return i;
    const std::pair<std::size_t, std::size_t> own{count, filled(first[i].fields)};
    if (own > best_known) {
      best_known = own;
      best = i;
    }
  }
  joined = best + 1 < first.size() ? join_heads(first[best], first[best + 1], layout, type) : Joined{};
  return best;
}

void append(std::string& list, const std::string& word) {
  list += (list.empty() ? "" : ", ") + word;
}

std::string with_letters(std::int64_t column, const std::string& head) {
  return column_letters(column) + " " + head;
}

} // namespace

Heads find_heads(const std::vector<CsvRow>& first, const Layout& layout, const RecordType& type,
                 const std::string& file, Problems& problems) {
  Heads heads;
  Joined joined;
  const std::size_t found = find_row(first, layout, type, joined);
  CsvRow row = first[found];
  heads.record = found;
  heads.line = row.line;
  heads.texts = row.fields;
  const Place place{.file = file, .row = row.line};
  if (row.fields.size() == 1 && row.fields[0].find("，") != std::string::npos) {
    problems.push_back({.rule = "comma-fullwidth", .place = place, .found = "，", .expected = ","});
    return heads;
  }
  if (!joined.list.empty() && joined.unmatched.empty()) {
    heads.record = found + 1;
    heads.line = first[found + 1].line;
    heads.texts = joined.texts;
    row.fields = joined.texts;
    problems.push_back({.rule = "header-joined", .severity = Severity::notice, .place = place, .found = joined.list});
  } else if (!joined.texts.empty() && blank_at_front(first[found + 1])) {
    problems.push_back({.rule = "header-two-rows", .place = place, .found = joined.unmatched});
    return heads;
  }

  std::string unknown;
  std::string missing;
  std::string loose;
  std::vector<std::string> nearest;
  Place first_unknown = place;
  bool duplicate = false;
  std::vector<std::ptrdiff_t> column_of(type.fields.size(), -1);
  heads.field.assign(row.fields.size(), -1);
  std::map<std::string, std::int64_t> unknown_heads;
  const auto report_twice = [&](std::int64_t earlier, const HeadMatch& match) {
    const std::string& head = row.fields[static_cast<std::size_t>(earlier - 1)];
    problems.push_back({.rule = "header-duplicate",
                        .place = {.file = file, .row = row.line, .column = match.column, .column_name = match.head},
                        .found = with_letters(earlier, head) + ", " + with_letters(match.column, match.head)});
    duplicate = true;
  };
  for (const HeadMatch& match : match_heads(row.fields, layout, type)) {
    const auto column = static_cast<std::size_t>(match.column - 1);
    if (match.field.empty()) {
      if (match.ignored || trimmed(match.head).empty()) continue; // a column without head: its cells are watched
      const auto twin = unknown_heads.emplace(match.head, match.column);
      if (!twin.second) {
        report_twice(twin.first->second, match);
        continue;
      }
      append(unknown, with_letters(match.column, match.head));
      if (first_unknown.column == 0) first_unknown.column = match.column;
      for (const std::string& name : match.nearest)
        nearest.push_back(match.head + " → " + name);
      continue;
    }
    const std::size_t field = *type.field(match.field);
    if (column_of[field] >= 0) {
      report_twice(column_of[field] + 1, match);
      continue;
    }
    column_of[field] = static_cast<std::ptrdiff_t>(column);
    heads.field[column] = static_cast<std::ptrdiff_t>(field);
    if (match.loose) append(loose, with_letters(match.column, type.fields[field].title));
  }
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const LayoutField* said = layout.field(type.fields[i].id);
    const bool always = said != nullptr && !said->always.empty();
    if (type.fields[i].required && column_of[i] < 0 && !always) append(missing, type.fields[i].title);
  }
  if (!unknown.empty()) {
    problems.push_back(
        {.rule = "header-unknown", .place = first_unknown, .found = unknown, .expected = missing, .nearest = nearest});
  } else if (!missing.empty()) {
    problems.push_back({.rule = "header-missing", .place = place, .found = missing});
  }
  if (!loose.empty()) {
    problems.push_back({.rule = "header-loose", .severity = Severity::notice, .place = place, .found = loose});
  }
  heads.usable = unknown.empty() && missing.empty() && !duplicate;
  if (heads.usable && found > 0) {
    problems.push_back({.rule = "rows-before-head",
                        .severity = Severity::notice,
                        .place = {.file = file, .row = first.front().line},
                        .found = std::to_string(found)});
  }
  return heads;
}

} // namespace appraise
