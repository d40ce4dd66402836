#include "reports/render/workbook.h"

#include "engine/problem.h"
#include "reports/render/plain_text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>
#include <sstream>
#include <xlsxwriter.h>

namespace appraise {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestText = 32767;
constexpr std::size_t kMostLinks = 65000;
constexpr std::time_t kCreated = 315532800; // 1980-01-01, as the entries of the archive

[[noreturn]] void fail(const std::string& what) {
  throw Error(ExitCode::output, Problem{.rule = "render-failed", .found = what});
}

void check(lxw_error code) {
  if (code != LXW_NO_ERROR) fail(lxw_strerror(code));
}

// Readers take _x0041_ in a text for an escaped character; a text that holds such a thing has its underscore escaped.
std::string without_escapes(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto hex = [&](std::size_t at) {
      return at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at]));
    };
    if (text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && hex(i + 2) && hex(i + 3) && hex(i + 4) &&
        hex(i + 5) && text[i + 6] == '_') {
      result += "_x005F";
    }
    result += text[i];
  }
  return result;
}

// Cut at the longest text of a cell, counted as readers count it: in UTF-16 units.
std::string cut(const std::string& text) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) == 0x80) continue;
    units += byte >= 0xF0 ? 2 : 1;
    if (units >= kLongestText) return text.substr(0, i) + "…";
  }
  return text;
}

std::string cell_text(const std::string& text) {
  return cut(without_escapes(sound_text(text)));
}

std::uint8_t border(Line line) {
  switch (line) {
  case Line::none: return LXW_BORDER_NONE;
  case Line::thin: return LXW_BORDER_THIN;
  case Line::medium: return LXW_BORDER_MEDIUM;
  }
  return LXW_BORDER_NONE;
}

std::string printed(std::string text) { // in heads and feet of pages "&" begins a code
  text = sound_text(text);
  for (std::size_t at = 0; (at = text.find('&', at)) != std::string::npos; at += 2)
    text.insert(at, "&");
  return text;
}

} // namespace

std::string cell_address(std::uint32_t row, std::uint32_t column, bool absolute) {
  const std::string letters = column_letters(static_cast<std::int64_t>(column) + 1);
  return absolute ? fmt::format("${}${}", letters, row + 1) : fmt::format("{}{}", letters, row + 1);
}

Workbook::Workbook(const std::string& temporary_folder) {
  const char* named = std::getenv("TMPDIR");
  std::string base = !temporary_folder.empty() ? temporary_folder : named != nullptr && *named != '\0' ? named : "/tmp";
  std::string pattern = base + "/appraise-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw Error(ExitCode::output, Problem{.rule = "folder-unwritable", .place = {.file = base}});
  }
  folder_ = pattern;
  lxw_workbook_options options{};
  options.tmpdir = folder_.data();
  book_ = workbook_new_opt((folder_ + "/book.xlsx").c_str(), &options);
  if (book_ == nullptr) fail("workbook_new_opt");
  // Widths of columns are counted in digits of the default font. This one is 7 pixels wide at 10 points, and so is what
  // Chinese systems put in its place.
  lxw_format* standard = STAILQ_FIRST(book_->formats);
  format_set_font_name(standard, "Noto Sans CJK SC");
  format_set_font_size(standard, 10);
}

Workbook::~Workbook() {
  if (book_ != nullptr) lxw_workbook_free(book_);
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Sheet& Workbook::add_sheet(const std::string& wanted_name) {
  std::string name;
  for (char c : sound_text(wanted_name))
    name += std::string("[]:*?/\\'").find(c) == std::string::npos ? c : ' ';
  // 31 characters at most; a Chinese character is three bytes.
  for (std::size_t characters = 0, i = 0; i < name.size(); ++i) {
    if ((static_cast<unsigned char>(name[i]) & 0xC0) != 0x80 && ++characters > 28) {
      name.resize(i);
      break;
    }
  }
  if (name.empty()) name = "Sheet";
  const auto taken = [&](const std::string& candidate) {
    return std::any_of(sheets_.begin(), sheets_.end(), [&](const auto& sheet) { return sheet->name() == candidate; });
  };
  std::string unique = name;
  for (int number = 2; taken(unique); ++number)
    unique = fmt::format("{}{}", name, number);
  lxw_worksheet* sheet = workbook_add_worksheet(book_, unique.c_str());
  if (sheet == nullptr) fail("workbook_add_worksheet " + unique);
  sheets_.push_back(std::unique_ptr<Sheet>(new Sheet(*this, sheet, unique)));
  return *sheets_.back();
}

void Workbook::title(const std::string& title, const std::string& subject) {
  std::string title_text = sound_text(title);
  std::string subject_text = sound_text(subject);
  lxw_doc_properties properties{};
  properties.title = title_text.data();
  properties.subject = subject_text.data();
  properties.created = kCreated;
  check(workbook_set_properties(book_, &properties));
}

std::string Workbook::finish() {
  lxw_workbook* book = book_;
  book_ = nullptr;
  check(workbook_close(book)); // frees it, whatever comes
  std::ifstream file(folder_ + "/book.xlsx", std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  if (!file || bytes.str().empty()) fail("book.xlsx");
  return bytes.str();
}

lxw_format* Workbook::format(const Format& wanted) {
  const auto found = formats_.find(wanted);
  if (found != formats_.end()) return found->second;
  lxw_format* made = workbook_add_format(book_);
  if (made == nullptr) fail("workbook_add_format");
  format_set_font_name(made, wanted.font.c_str());
  format_set_font_size(made, wanted.size);
  if (wanted.bold) format_set_bold(made);
  if (wanted.wrap) format_set_text_wrap(made);
  if (wanted.shrink) format_set_shrink(made);
  if (wanted.indented) format_set_indent(made, 1);
  format_set_align(made, wanted.align == Align::left     ? LXW_ALIGN_LEFT
                         : wanted.align == Align::center ? LXW_ALIGN_CENTER
                                                         : LXW_ALIGN_RIGHT);
  format_set_align(made, wanted.top_aligned ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
  format_set_font_color(made, wanted.color);
  if (wanted.fill >= 0) {
    format_set_pattern(made, LXW_PATTERN_SOLID);
    format_set_fg_color(made, static_cast<lxw_color_t>(wanted.fill));
    format_set_bg_color(made, static_cast<lxw_color_t>(wanted.fill));
  }
  format_set_top(made, border(wanted.top));
  format_set_bottom(made, border(wanted.bottom));
  format_set_left(made, border(wanted.left));
  format_set_right(made, border(wanted.right));
  const auto line_color = [&](Line line) { return line == Line::thin ? wanted.inner_color : 0x000000; };
  format_set_top_color(made, line_color(wanted.top));
  format_set_bottom_color(made, line_color(wanted.bottom));
  format_set_left_color(made, line_color(wanted.left));
  format_set_right_color(made, line_color(wanted.right));
  if (!wanted.number.empty()) format_set_num_format(made, wanted.number.c_str());
  return formats_[wanted] = made;
}

void Sheet::text(std::uint32_t row, std::uint32_t column, const std::string& text, const Format& format) {
  if (text.empty()) return blank(row, column, format);
  check(worksheet_write_string(sheet_, row, static_cast<lxw_col_t>(column), cell_text(text).c_str(),
                               book_.format(format)));
}

void Sheet::number(std::uint32_t row, std::uint32_t column, double value, const Format& format) {
  if (!std::isfinite(value)) fail("number " + cell_address(row, column, false));
  check(worksheet_write_number(sheet_, row, static_cast<lxw_col_t>(column), value, book_.format(format)));
}

void Sheet::blank(std::uint32_t row, std::uint32_t column, const Format& format) {
  check(worksheet_write_blank(sheet_, row, static_cast<lxw_col_t>(column), book_.format(format)));
}

void Sheet::formula(std::uint32_t row, std::uint32_t column, const std::string& formula, double cached,
                    const Format& format) {
  if (!std::isfinite(cached)) fail("number " + cell_address(row, column, false));
  check(worksheet_write_formula_num(sheet_, row, static_cast<lxw_col_t>(column), ("=" + formula).c_str(),
                                    book_.format(format), cached));
}

void Sheet::formula(std::uint32_t row, std::uint32_t column, const std::string& formula, const std::string& cached,
                    const Format& format) {
  check(worksheet_write_formula_str(sheet_, row, static_cast<lxw_col_t>(column), ("=" + formula).c_str(),
                                    book_.format(format), cell_text(cached).c_str()));
}

void Sheet::link(std::uint32_t row, std::uint32_t column, const std::string& sheet, const std::string& address,
                 const Format& format) {
  if (++links_ > kMostLinks) return;
  const std::string target = fmt::format("internal:'{}'!{}", sheet, address);
  check(worksheet_write_url(sheet_, row, static_cast<lxw_col_t>(column), target.c_str(), book_.format(format)));
}

void Sheet::comment(std::uint32_t row, std::uint32_t column, const std::string& text) {
  check(worksheet_write_comment(sheet_, row, static_cast<lxw_col_t>(column), cell_text(text).c_str()));
}

void Sheet::merge(std::uint32_t row, std::uint32_t column, std::uint32_t last_row, std::uint32_t last_column,
                  const std::string& text, const Format& format) {
  if (row == last_row && column == last_column) return this->text(row, column, text, format);
  check(worksheet_merge_range(sheet_, row, static_cast<lxw_col_t>(column), last_row,
                              static_cast<lxw_col_t>(last_column), cell_text(text).c_str(), book_.format(format)));
}

void Sheet::row_height(std::uint32_t row, double points) {
  check(worksheet_set_row(sheet_, row, std::min(points, 409.0), nullptr));
}

void Sheet::column_width(std::uint32_t column, double points) {
  // Widths are in digits of the default font, 7 pixels each, with 5 pixels of padding.
  const double width = std::clamp((points * 96 / 72 - 5) / 7, 1.0, 255.0);
  const auto at = static_cast<lxw_col_t>(column);
  check(worksheet_set_column(sheet_, at, at, width, nullptr));
}

void Sheet::freeze(std::uint32_t rows, std::uint32_t columns) {
  worksheet_freeze_panes(sheet_, rows, static_cast<lxw_col_t>(columns));
}

void Sheet::filter(std::uint32_t row, std::uint32_t last_row, std::uint32_t last_column) {
  check(worksheet_autofilter(sheet_, row, 0, last_row, static_cast<lxw_col_t>(last_column)));
}

void Sheet::print_setup(std::uint32_t first, std::uint32_t last, std::uint32_t last_row, std::uint32_t last_column,
                        const std::string& header, const std::string& footer) {
  constexpr std::uint8_t kA4 = 9;
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, kA4);
  worksheet_set_margins(sheet_, 0.25, 0.25, 0.6, 0.55);
  worksheet_fit_to_pages(sheet_, 1, 0);
  worksheet_center_horizontally(sheet_);
  worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
  check(worksheet_repeat_rows(sheet_, first, last));
  check(worksheet_print_area(sheet_, 0, 0, last_row, static_cast<lxw_col_t>(last_column)));
  if (!header.empty()) check(worksheet_set_header(sheet_, ("&R&12" + printed(" " + header)).c_str()));
  check(worksheet_set_footer(sheet_, footer.c_str()));
}

} // namespace appraise
