// generate_export --rows N [--seed S] [--faults] [--wide] [--provinces P] [--cities C] [--csv FILE]
//                 [--xlsx FILE [--shared-strings]] [--roster FILE]
//
// A large export of invented cases: 15 columns, 370 units (10 provinces of 36 cities each), one row in a thousand with
// a newline and one with quotes inside a cell. With --faults one row in a hundred has one cell that cannot be read, or
// can only be read with a note; with --wide 25 further columns stand behind the same 15. Same seed, same bytes. Says in
// JSON on stdout what it wrote: rows, and how many cells of each fault.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/core.h>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include <xlsxwriter.h>

namespace {

using Text = std::string_view;

constexpr std::array<Text, 40> kHeads = {
    "case_no", "bureau_code", "case_type", "channel", "accepted_date", "filed_date", "closed_date", "disposition",
    "excluded_days", "patent_type", "amount", "published_date", "transferred", "quality_score", "respondent",
    // of --wide
    "flag_1", "flag_2", "flag_3", "flag_4", "flag_5", "flag_6", "flag_7", "flag_8", "category_1", "category_2",
    "category_3", "category_4", "category_5", "category_6", "category_7", "date_1", "date_2", "date_3", "date_4",
    "date_5", "number_1", "number_2", "number_3", "number_4", "number_5"};
enum Column : std::size_t {
  case_no,
  unit,
  case_type,
  channel,
  accepted,
  filed,
  closed,
  disposition,
  excluded,
  patent,
  amount,
  published,
  transferred,
  quality,
  respondent,
  flags,
  categories = flags + 8,
  dates = categories + 7,
  numbers = dates + 5,
  all_columns = numbers + 5
};
static_assert(all_columns == kHeads.size());

// PCG-XSH-RR: the same numbers on every machine.
class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 0x14057B7EF767814Full) { next(); }
  std::uint32_t next() {
    const std::uint64_t old = state_;
    state_ = old * 6364136223846793005ull + 1442695040888963407ull;
    const auto mixed = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
    const auto turn = static_cast<std::uint32_t>(old >> 59);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
  }
  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>((std::uint64_t{next()} * count) >> 32); }
  bool percent(std::uint32_t share) { return below(100) < share; }
  template <std::size_t N> Text one_of(const std::array<Text, N>& choices) {
    return choices[below(static_cast<std::uint32_t>(N))];
  }

private:
  std::uint64_t state_;
};

std::string date_text(std::int64_t days) { // since 1970-01-01
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = shifted / 146097;
  const std::int64_t of_era = shifted - era * 146097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;
  return fmt::format("{:04}-{:02}-{:02}", year_of_era + era * 400 + (month >= 10 ? 1 : 0),
                     month < 10 ? month + 3 : month - 9, of_year - (153 * month + 2) / 5 + 1);
}

struct Unit {
  std::string code;
  std::string name;
  std::string parent;
};

std::vector<Unit> invented_units(std::uint64_t provinces, std::uint64_t cities) {
  std::vector<Unit> units;
  for (std::uint64_t province = 1; province <= provinces; ++province) {
    const std::string code = fmt::format("9{:02}000", province);
    units.push_back({code, fmt::format("第{}试验省", province), "900000"});
    for (std::uint64_t city = 1; city <= cities; ++city)
      units.push_back(
          {fmt::format("9{:02}{:02}0", province, city), fmt::format("第{}试验省第{}市", province, city), code});
  }
  return units;
}

struct Row {
  std::array<std::string, kHeads.size()> cells;
};

class Cases {
public:
  Cases(std::uint64_t seed, bool faults, std::vector<Unit> units)
      : random_(seed), further_(seed + 1), faults_(faults), units_(std::move(units)) {
    // A few units hold most of the cases, as 1 / rank.
    double sum = 0;
    for (std::size_t i = 0; i < units_.size(); ++i)
      cumulated_.push_back(sum += 1.0 / (static_cast<double>(i) + 4));
  }

  void fill(Row& row, std::uint64_t number) {
    const double mark = cumulated_.back() * random_.next() / 4294967296.0;
    const auto place = std::upper_bound(cumulated_.begin(), cumulated_.end(), mark) - cumulated_.begin();
    const Unit& unit_of_case = units_[static_cast<std::size_t>(place)];
    const std::int64_t day = kFirstDay + random_.below(366);
    const std::int64_t filed_day = day + random_.below(8);
    const std::int64_t closed_day = filed_day + random_.below(60) + (random_.percent(10) ? random_.below(300) : 0);
    const bool is_filed = random_.percent(92);
    const bool is_closed = is_filed && random_.percent(85);
    auto& cells = row.cells;
    cells[case_no] = fmt::format("{}-2016-ZL-{:09}", unit_of_case.code, number);
    cells[unit] = unit_of_case.code;
    cells[case_type] = random_.one_of(kTypes);
    cells[channel] = random_.one_of(kChannels);
    cells[accepted] = date_text(day);
    cells[filed] = is_filed ? date_text(filed_day) : "";
    cells[closed] = is_closed ? date_text(closed_day) : "";
    cells[disposition] = is_closed ? random_.one_of(kDispositions) : is_filed ? "" : "不予立案";
    cells[excluded] = random_.percent(15) ? fmt::format("{}", random_.below(60)) : "0";
    cells[patent] = random_.one_of(kPatents);
    cells[amount] = random_.percent(70) ? fmt::format("{}.{:02}", random_.below(90000), random_.below(100)) : "";
    cells[published] = is_closed && random_.percent(80) ? date_text(closed_day + random_.below(28)) : "";
    cells[transferred] = random_.percent(6) ? "1" : "0";
    cells[quality] = random_.percent(88) ? fmt::format("{}", 60 + random_.below(41)) : "";
    cells[respondent] = firm();
    if (faults_ && random_.percent(1)) spoil(row);
  }
  // The columns of --wide; what is drawn for them changes nothing of the others.
  void fill_further(Row& row) {
    auto& cells = row.cells;
    for (std::size_t i = flags; i < categories; ++i)
      cells[i] = further_.percent(2)                                                  ? ""
                 : further_.percent(static_cast<std::uint32_t>(10 * (i - flags + 1))) ? "1"
                                                                                      : "0";
    for (std::size_t i = categories; i < dates; ++i)
      cells[i] = further_.one_of(kClasses);
    for (std::size_t i = dates; i < numbers; ++i)
      cells[i] = further_.percent(10) ? "" : date_text(kFirstDay + further_.below(500));
    for (std::size_t i = numbers; i < all_columns; ++i)
      cells[i] = further_.percent(5) ? "" : fmt::format("{}", further_.below(20));
  }
  const std::map<std::string, std::uint64_t>& spoilt() const { return spoilt_; }
  const std::vector<Unit>& units() const { return units_; }

private:
  std::string firm() {
    Random of_firm(random_.below(400000) + 1ull);
    std::string name(of_firm.one_of(kFirst));
    for (std::uint32_t i = 2 + of_firm.below(3); i > 0; --i)
      name += of_firm.one_of(kMiddle);
    name += of_firm.one_of(kLast);
    const std::uint32_t odd = random_.below(1000);
    if (odd == 0) name += "\n（分公司）";
    if (odd == 1) name += "\"品牌\"";
    if (odd >= 2 && odd < 27) name += ",代理人";
    return name;
  }

  // One cell that no reader may take as it stands, or only with a note.
  void spoil(Row& row) {
    struct Fault {
      const char* rule;
      Column column;
      const char* text;
    };
    static constexpr std::array<Fault, 8> kFaults = {{{"impossible-date", accepted, "2016-02-30"},
                                                      {"date-form", accepted, "03/04/2016"},
                                                      {"date-from-serial", accepted, "42370"},
                                                      {"not-a-number", amount, "一百二十"},
                                                      {"number-places", amount, "12.345"},
                                                      {"category-unknown", channel, "飞鸽传书"},
                                                      {"unit-unknown", unit, "999999"},
                                                      {"value-missing", case_type, ""}}};
    const Fault& fault = kFaults[random_.below(kFaults.size())];
    row.cells[fault.column] = fault.text;
    ++spoilt_[fault.rule];
  }

  static constexpr std::array<Text, 3> kTypes = {"侵权纠纷", "假冒专利", "其他纠纷"};
  static constexpr std::array<Text, 6> kChannels = {"现场提交", "网络平台", "电话举报", "上级交办", "部门移送", "邮寄"};
  static constexpr std::array<Text, 7> kDispositions = {"责令停止侵权", "驳回请求", "调解结案", "撤案",
                                                        "行政处罚",     "移送司法", "终止审理"};
  static constexpr std::array<Text, 3> kPatents = {"发明", "实用新型", "外观设计"};
  static constexpr std::array<Text, 8> kFirst = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"};
  static constexpr std::array<Text, 16> kMiddle = {"松", "竹", "梅", "兰", "山", "川", "湖", "海",
                                                   "春", "夏", "秋", "冬", "金", "木", "石", "玉"};
  static constexpr std::array<Text, 5> kLast = {"科技有限公司", "贸易有限公司", "实业股份有限公司", "电子商务有限公司",
                                                "制造厂"};
  static constexpr std::array<Text, 5> kClasses = {"甲类", "乙类", "丙类", "丁类", "戊类"};
  static constexpr std::int64_t kFirstDay = 16801; // 2016-01-01
  Random random_;
  Random further_;
  bool faults_;
  std::vector<Unit> units_;
  std::vector<double> cumulated_;
  std::map<std::string, std::uint64_t> spoilt_;
};

[[noreturn]] void fail(const std::string& why) {
  fmt::print(stderr, "generate_export: {}\n", why);
  std::exit(2);
}

class CsvFile {
public:
  CsvFile(const std::string& path, std::size_t columns)
      : file_(std::fopen(path.c_str(), "wb"), &std::fclose), columns_(columns) {
    if (!file_) fail("cannot write " + path);
    buffer_.reserve(kFull + 4096);
    for (std::size_t i = 0; i < columns_; ++i)
      cell(kHeads[i]);
    end_row();
  }
  void write(const Row& row) {
    for (std::size_t i = 0; i < columns_; ++i)
      cell(row.cells[i]);
    end_row();
  }
  void finish() {
    flush();
    if (std::fflush(file_.get()) != 0) fail("the disk is full");
  }

private:
  static constexpr std::size_t kFull = 1 << 20;
  void cell(Text text) {
    if (text.find_first_of(",\"\r\n") == Text::npos) {
      buffer_ += text;
    } else {
      buffer_ += '"';
      for (const char c : text) {
        if (c == '"') buffer_ += '"';
        buffer_ += c;
      }
      buffer_ += '"';
    }
    buffer_ += ',';
  }
  void end_row() {
    buffer_.back() = '\n';
    if (buffer_.size() >= kFull) flush();
  }
  void flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) fail("the disk is full");
    buffer_.clear();
  }
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::size_t columns_;
  std::string buffer_;
};

// Dates and numbers as what they are, as Excel keeps them.
class XlsxBook {
public:
  XlsxBook(const std::string& path, bool shared_strings, std::size_t columns) : columns_(columns) {
    lxw_workbook_options options{};
    options.constant_memory = shared_strings ? LXW_FALSE : LXW_TRUE;
    book_ = workbook_new_opt(path.c_str(), &options);
    sheet_ = workbook_add_worksheet(book_, "案件");
    date_ = workbook_add_format(book_);
    format_set_num_format(date_, "yyyy-mm-dd");
    for (std::size_t i = 0; i < columns_; ++i)
      check(worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(i), std::string(kHeads[i]).c_str(), nullptr));
  }
  void write(const Row& row, std::uint64_t number) {
    const auto at = static_cast<lxw_row_t>(number);
    for (std::size_t i = 0; i < columns_; ++i) {
      const std::string& text = row.cells[i];
      const auto column = static_cast<lxw_col_t>(i);
      if (text.empty()) continue;
      char* end = nullptr;
      const double value = std::strtod(text.c_str(), &end);
      const bool number_cell = i == excluded || i == amount || i == transferred || i == quality || i >= numbers;
      lxw_datetime date{};
      if (number_cell && *end == '\0') {
        check(worksheet_write_number(sheet_, at, column, value, nullptr));
      } else if ((i == accepted || i == filed || i == closed || i == published || (i >= dates && i < numbers)) &&
                 text.size() == 10 && text[4] == '-' && text != "2016-02-30") {
        date.year = std::atoi(text.c_str());
        date.month = std::atoi(text.c_str() + 5);
        date.day = std::atoi(text.c_str() + 8);
        check(worksheet_write_datetime(sheet_, at, column, &date, date_));
      } else {
        check(worksheet_write_string(sheet_, at, column, text.c_str(), nullptr));
      }
    }
  }
  void finish() { check(workbook_close(book_)); }

private:
  static void check(lxw_error error) {
    if (error != LXW_NO_ERROR) fail(lxw_strerror(error));
  }
  std::size_t columns_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* date_ = nullptr;
};

void write_roster(const std::string& path, const std::vector<Unit>& units) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), &std::fclose);
  if (!file) fail("cannot write " + path);
  fmt::print(file.get(), "code,name,short_name,level,parent_code\n900000,试验国,试验国,country,\n");
  for (const Unit& unit_of_roster : units) {
    fmt::print(file.get(), "{},{},{},{},{}\n", unit_of_roster.code, unit_of_roster.name, unit_of_roster.name,
               unit_of_roster.parent == "900000" ? "province" : "city", unit_of_roster.parent);
  }
}

} // namespace

int main(int count, char** arguments) {
  std::uint64_t rows = 0;
  std::uint64_t seed = 2016;
  std::uint64_t provinces = 10;
  std::uint64_t cities = 36;
  bool faults = false;
  bool wide = false;
  bool shared_strings = false;
  std::string csv;
  std::string xlsx;
  std::string roster;
  for (int i = 1; i < count; ++i) {
    const Text name = arguments[i];
    const auto value = [&] { return ++i < count ? std::string(arguments[i]) : (fail("value missing"), std::string()); };
    if (name == "--rows")
      rows = std::strtoull(value().c_str(), nullptr, 10);
    else if (name == "--seed")
      seed = std::strtoull(value().c_str(), nullptr, 10);
    else if (name == "--provinces")
      provinces = std::strtoull(value().c_str(), nullptr, 10);
    else if (name == "--cities")
      cities = std::strtoull(value().c_str(), nullptr, 10);
    else if (name == "--faults")
      faults = true;
    else if (name == "--wide")
      wide = true;
    else if (name == "--shared-strings")
      shared_strings = true;
    else if (name == "--csv")
      csv = value();
    else if (name == "--xlsx")
      xlsx = value();
    else if (name == "--roster")
      roster = value();
    else
      fail("unknown option " + std::string(name));
  }
  if (provinces < 1 || provinces > 99 || cities > 99) fail("1 to 99 provinces, 0 to 99 cities"); // two digits of a code
  Cases cases(seed, faults, invented_units(provinces, cities));
  const std::size_t columns = wide ? all_columns : flags;
  if (!roster.empty()) write_roster(roster, cases.units());
  std::unique_ptr<CsvFile> text;
  std::unique_ptr<XlsxBook> book;
  if (!csv.empty()) text = std::make_unique<CsvFile>(csv, columns);
  if (!xlsx.empty()) book = std::make_unique<XlsxBook>(xlsx, shared_strings, columns);
  Row row;
  for (std::uint64_t number = 1; number <= rows; ++number) {
    cases.fill(row, number);
    if (wide) cases.fill_further(row);
    if (text) text->write(row);
    if (book) book->write(row, number);
  }
  if (text) text->finish();
  if (book) book->finish();
  std::string told;
  for (const auto& [rule, cells] : cases.spoilt())
    told += fmt::format("{}\"{}\": {}", told.empty() ? "" : ", ", rule, cells);
  fmt::print("{{\"rows\": {}, \"faults\": {{{}}}}}\n", rows, told);
}
