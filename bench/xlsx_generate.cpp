// A large workbook of invented cases for measuring the reading of XLSX, with the columns of the CSV that the other
// readers are measured on: text, codes, dates, whole numbers and amounts; some cells empty.
//
//   xlsx_generate ROWS inline|shared FILE
//
// `inline` is written row by row in constant memory, texts inside the sheet; `shared` has a table of shared strings, as
// Excel writes it. The same arguments give the same cells on every machine.
#include <xlsxwriter.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  int below(int bound) { return static_cast<int>((next() >> 32) * static_cast<std::uint64_t>(bound) >> 32); }
  bool percent(int chance) { return below(100) < chance; }

private:
  std::uint64_t state_;
};

using Words = std::vector<std::string>;
const Words kTypes = {"侵权纠纷", "假冒专利", "其他违法"};
const Words kChannels = {"现场提交", "网络平台", "电话举报", "上级交办", "部门移送", "邮寄"};
const Words kDispositions = {"责令停止侵权", "驳回请求", "调解结案", "撤案",
                             "行政处罚",     "移送司法", "不予立案", "终止审理"};
const Words kPatents = {"发明", "实用新型", "外观设计"};
const Words kFamilies = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑"};
const Words kMiddles = {"华鑫", "盛达", "科创", "恒通", "瑞丰", "永利", "安泰", "宏远", "嘉信", "天成"};
const Words kEndings = {"科技有限公司", "贸易有限公司", "实业股份有限公司", "制造厂", "（个人）"};
const Words kHeads = {"case_no",    "bureau_code",    "case_type",   "channel",       "accepted_date",
                      "filed_date", "closed_date",    "disposition", "excluded_days", "patent_type",
                      "amount",     "published_date", "transferred", "quality_score", "respondent"};

const std::string& one_of(const Words& words, Random& random) {
  return words[static_cast<std::size_t>(random.below(static_cast<int>(words.size())))];
}

// The same respondent comes again: its name hangs on its number alone.
std::string respondent(int number) {
  Random random(static_cast<std::uint64_t>(number) * 77777 + 5);
  std::string name = one_of(kFamilies, random);
  for (int i = 0, parts = 1 + random.below(2); i < parts; ++i)
    name += one_of(kMiddles, random);
  return name + std::to_string(number % 1000) + one_of(kEndings, random);
}

class Sheet {
public:
  Sheet(lxw_worksheet* sheet, lxw_format* date) : sheet_(sheet), date_(date) {}
  void text(const std::string& value) { worksheet_write_string(sheet_, row_, column_++, value.c_str(), nullptr); }
  void number(double value) { worksheet_write_number(sheet_, row_, column_++, value, nullptr); }
  void date(int serial) { worksheet_write_number(sheet_, row_, column_++, serial, date_); }
  void skip() { ++column_; }
  void end_row() {
    ++row_;
    column_ = 0;
  }

private:
  lxw_worksheet* sheet_;
  lxw_format* date_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

void write_case(Sheet& sheet, int number, Random& random) {
  const int unit = random.below(370);
  const int accepted = 44927 + random.below(365); // 2023-01-01
  const bool filed = random.percent(92);
  const int filed_on = accepted + random.below(8);
  const bool closed = filed && random.percent(85);
  const int closed_on = filed_on + random.below(180);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%06d-2023-ZL-%09d", 900000 + unit, number);
  sheet.text(buffer);
  std::snprintf(buffer, sizeof buffer, "%06d", 900000 + unit);
  sheet.text(buffer);
  sheet.text(one_of(kTypes, random));
  sheet.text(one_of(kChannels, random));
  sheet.date(accepted);
  filed ? sheet.date(filed_on) : sheet.skip();
  closed ? sheet.date(closed_on) : sheet.skip();
  closed || !filed ? sheet.text(one_of(kDispositions, random)) : sheet.skip();
  sheet.number(random.percent(15) ? random.below(60) : 0);
  sheet.text(one_of(kPatents, random));
  random.percent(70) ? sheet.number(random.below(100'000'000) / 100.0) : sheet.skip();
  closed&& random.percent(80) ? sheet.date(closed_on + random.below(28)) : sheet.skip();
  sheet.number(random.percent(6) ? 1 : 0);
  random.percent(88) ? sheet.number(60 + random.below(41)) : sheet.skip();
  std::string name = respondent(random.below(400'000));
  if (random.below(1000) == 0) name += "\n分公司";
  sheet.text(name);
  sheet.end_row();
}

} // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fprintf(stderr, "xlsx_generate ROWS inline|shared FILE\n");
    return 2;
  }
  const int rows = std::atoi(words[1]);
  lxw_workbook_options options = {};
  options.constant_memory = std::string(words[2]) == "inline" ? LXW_TRUE : LXW_FALSE;
  lxw_workbook* book = workbook_new_opt(words[3], &options);
  lxw_doc_properties properties = {};
  properties.created = 1'700'000'000; // else the file would hold the time of its making
  workbook_set_properties(book, &properties);
  lxw_format* date = workbook_add_format(book);
  format_set_num_format(date, "yyyy-mm-dd");
  Sheet sheet(workbook_add_worksheet(book, "cases"), date);
  for (const std::string& head : kHeads)
    sheet.text(head);
  sheet.end_row();
  Random random(42);
  for (int row = 0; row < rows; ++row)
    write_case(sheet, row + 1, random);
  return workbook_close(book) == LXW_NO_ERROR ? 0 : 5;
}
