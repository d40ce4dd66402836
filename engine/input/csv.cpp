#include "engine/input/csv.h"

#include "engine/input/input.h"

#include <algorithm>

namespace appraise {

CsvScanner::CsvScanner(std::string_view text) : text_(text) {
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  if (first.size() == 5 && first.substr(0, 4) == "sep=") {
    separator_ = first[4];
    at_ = 5;
    end_of_line();
    return;
  }
  const auto has = [&](char c) { return first.find(c) != std::string_view::npos; };
  if (!has(',')) separator_ = has('\t') ? '\t' : has(';') ? ';' : ',';
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
