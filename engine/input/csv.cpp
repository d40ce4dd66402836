#include "engine/input/csv.h"

#include "engine/input/input.h"

#include <algorithm>

namespace appraise {

CsvHead csv_head(std::string_view text) {
  CsvHead head;
  const std::size_t line_end = text.find_first_of("\r\n");
  if (std::min(line_end, text.size()) == 5 && text.substr(0, 4) == "sep=" && text[4] > '\0' && text[4] != '"') {
    head.separator = text[4];
    head.skip = line_end == std::string_view::npos ? 5 : text.substr(5, 2) == "\r\n" ? 7 : 6;
    head.settled = head.skip < text.size();
    return head;
  }
  bool quoted = false;
  char before = ',';
  bool tab = false;
  bool semicolon = false;
  for (const char c : text) {
    if (c == '"') {
      // Which of them separates is not known yet: a quote behind any may open.
      quoted = !quoted && (before == ',' || before == ';' || before == '\t' || before == '"');
    } else if (!quoted && (c == ',' || c == '\r' || c == '\n')) {
      head.settled = true;
      if (c == ',') return head;
      break;
    }
    tab |= !quoted && c == '\t';
    semicolon |= !quoted && c == ';';
    before = c;
  }
  head.separator = tab ? '\t' : semicolon ? ';' : ',';
  return head;
}

CsvScanner::CsvScanner(std::string_view text) : text_(text) {
  const CsvHead head = csv_head(text);
  separator_ = head.separator;
  at_ = head.skip;
  if (at_ > 0) ++line_;
}

bool CsvScanner::end_of_line() {
  if (at_ >= text_.size() || (text_[at_] != '\r' && text_[at_] != '\n')) return false;
  at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
  ++line_;
  return true;
}

std::string_view CsvScanner::quoted(CsvRecord& record) {
  const std::int64_t opens = line_;
  const std::size_t start = ++at_;
  std::string* copy = nullptr;
  std::size_t copied = start;
  const auto fault = [&](CsvRecord::Fault kind) {
    if (record.fault != CsvRecord::Fault::none) return;
    record.fault = kind;
    record.fault_line = opens;
    record.fault_column = static_cast<std::int64_t>(record.cells.size()) + 1;
  };
  while (true) {
    if (at_ >= text_.size()) {
      fault(CsvRecord::Fault::quote_unterminated);
      return text_.substr(start);
    }
    if (text_[at_] != '"') {
      if (!end_of_line()) ++at_;
      continue;
    }
    if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      if (copy == nullptr) copy = &unquoted_.emplace_back();
      copy->append(text_, copied, at_ + 1 - copied);
      at_ += 2;
      copied = at_;
      continue;
    }
    break;
  }
  const std::size_t end = at_++;
  if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n') {
    fault(CsvRecord::Fault::quote_misplaced);
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n')
      ++at_;
    return text_.substr(start, at_ - start);
  }
  if (copy == nullptr) return text_.substr(start, end - start);
  copy->append(text_, copied, end - copied);
  return *copy;
}

bool CsvScanner::next(CsvRecord& record) {
  record.cells.clear();
  record.fault = CsvRecord::Fault::none;
  unquoted_.clear();
  if (at_ >= text_.size()) return false;
  record.line = line_;
  while (true) {
    if (at_ < text_.size() && text_[at_] == '"') {
      record.cells.push_back(quoted(record));
    } else {
      const std::size_t start = at_;
      while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
        ++at_;
      record.cells.push_back(text_.substr(start, at_ - start));
    }
    if (at_ >= text_.size()) return true;
    if (end_of_line()) return true;
    ++at_; // the separator
  }
}

std::vector<CsvRow> split_csv(const std::string& text, const std::string& file, Problems& problems) {
  std::vector<CsvRow> rows;
  if (!check_nul(text, file, problems)) return rows;
  CsvScanner scanner(text);
  CsvRecord record;
  while (scanner.next(record)) {
    report_fault(record, file, problems);
    if (record.cells.size() == 1 && record.cells.front().empty()) continue; // a line without anything
    CsvRow& row = rows.emplace_back();
    row.line = record.line;
    row.fields.assign(record.cells.begin(), record.cells.end());
    const std::size_t width = rows.front().fields.size();
    if (row.fields.size() == width) continue;
    problems.push_back({.rule = "row-ragged",
                        .place = {.file = file, .row = row.line},
                        .found = std::to_string(row.fields.size()),
                        .expected = std::to_string(width)});
  }
  return rows;
}

bool check_nul(std::string_view text, const std::string& file, Problems& problems) {
  const std::size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return true;
  CsvScanner scanner(text.substr(0, nul));
  CsvRecord record;
  Place place{.file = file, .row = 1, .column = 1, .byte = static_cast<std::int64_t>(nul)};
  while (scanner.next(record)) {
    place.row = record.line;
    place.column = static_cast<std::int64_t>(record.cells.size());
  }
  problems.push_back({.rule = "nul-byte", .place = place});
  return false;
}

bool report_fault(const CsvRecord& record, const std::string& file, Problems& problems) {
  if (record.fault == CsvRecord::Fault::none) return true;
  const bool open = record.fault == CsvRecord::Fault::quote_unterminated;
  problems.push_back({.rule = open ? "quote-unterminated" : "quote-misplaced",
                      .place = {.file = file, .row = record.fault_line, .column = record.fault_column}});
  return false;
}

} // namespace appraise
