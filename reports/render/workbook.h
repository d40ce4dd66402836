// A spreadsheet file in memory: a thin layer over libxlsxwriter that lets nothing pass in silence.
//
//   Every return code is checked (Error render-failed), texts are made sound UTF-8 and cut at 32,767 characters,
//   numbers that are not finite are refused, sheet names are made valid and different, data are never formulas. The
//   time of creation is fixed and there is no author: same calls, same bytes. Rows and columns count from 0 here.
//
//   Workbook book("");                       // a private folder under TMPDIR, removed afterwards
//   Sheet& sheet = book.add_sheet("汇总");
//   sheet.number(0, 0, 1.5, {.number = "0.0"});
//   std::string bytes = book.finish();
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace appraise {

enum class Align { left, center, right };
enum class Line { none, thin, medium };

struct Format {
  std::string font{};
  double size = 11;
  bool bold = false;
  bool wrap = false;
  bool shrink = false; // a text that is a little too long is made smaller
  Align align = Align::left;
  bool top_aligned = false;
  bool indented = false;
  std::uint32_t color = 0x000000;
  std::int64_t fill = -1; // none
  Line top = Line::none;
  Line bottom = Line::none;
  Line left = Line::none;
  Line right = Line::none;
  std::uint32_t inner_color = 0x000000; // of thin lines; medium ones are black
  std::string number{};                 // number format; empty: general
  auto operator<=>(const Format&) const = default;
};

class Workbook;

class Sheet {
public:
  const std::string& name() const { return name_; }
  void text(std::uint32_t row, std::uint32_t column, const std::string& text, const Format& format);
  void number(std::uint32_t row, std::uint32_t column, double value, const Format& format);
  void blank(std::uint32_t row, std::uint32_t column, const Format& format);
  // Formulas without "=", with the result that readers which do not compute show.
  void formula(std::uint32_t row, std::uint32_t column, const std::string& formula, double cached,
               const Format& format);
  void formula(std::uint32_t row, std::uint32_t column, const std::string& formula, const std::string& cached,
               const Format& format);
  // A jump to a cell of this workbook; write the cell's content afterwards.
  void link(std::uint32_t row, std::uint32_t column, const std::string& sheet, const std::string& address,
            const Format& format);
  void comment(std::uint32_t row, std::uint32_t column, const std::string& text);
  void merge(std::uint32_t row, std::uint32_t column, std::uint32_t last_row, std::uint32_t last_column,
             const std::string& text, const Format& format);
  void row_height(std::uint32_t row, double points);
  void column_width(std::uint32_t column, double points);
  void freeze(std::uint32_t rows, std::uint32_t columns);
  void filter(std::uint32_t row, std::uint32_t last_row, std::uint32_t last_column);
  // A4 landscape, one page wide, centred, rows first…last on every page.
  void print_setup(std::uint32_t first, std::uint32_t last, std::uint32_t last_row, std::uint32_t last_column,
                   const std::string& header, const std::string& footer);

private:
  friend class Workbook;
  Sheet(Workbook& book, lxw_worksheet* sheet, std::string name) : book_(book), sheet_(sheet), name_(std::move(name)) {}
  Workbook& book_;
  lxw_worksheet* sheet_;
  std::string name_;
  std::size_t links_ = 0;
};

class Workbook {
public:
  // Where the library may put its temporary file; empty: TMPDIR, else /tmp.
  explicit Workbook(const std::string& temporary_folder);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  Sheet& add_sheet(const std::string& wanted_name);
  void title(const std::string& title, const std::string& subject);
  std::string finish();

private:
  friend class Sheet;
  lxw_format* format(const Format& format);

  std::string folder_;
  lxw_workbook* book_ = nullptr;
  std::map<Format, lxw_format*> formats_;
  std::vector<std::unique_ptr<Sheet>> sheets_;
};

// "B7", "$B$7" or "$B$7:$B$40" for positions that count from 0.
std::string cell_address(std::uint32_t row, std::uint32_t column, bool absolute);

} // namespace appraise
