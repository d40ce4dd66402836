// A small country and a temporary folder for tests of reading.
#pragma once

#include "engine/input/input.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace appraise::reading {

inline const std::string kSideFields = R"(
[excluded_time]
title = "不计入期限的时间"
via = "cases"
via_field = "case_no"
fields = [
  { id = "case_no", title = "案号", type = "text", required = true, meaning = "m" },
  { id = "case_unit", title = "办理单位", type = "unit", meaning = "m" },
  { id = "case_year", title = "立案年度", type = "integer", meaning = "m" },
  { id = "from_date", title = "开始日期", type = "date", required = true, meaning = "m" },
]
)";

inline const std::string kFields = kSideFields + R"(
[cases]
title = "案件"
unit = "unit"
key = ["unit", "year of docketed_date, requested_date", "case_type", "case_no"]
fields = [
  { id = "case_no", title = "案号", type = "text", required = true, meaning = "m" },
  { id = "unit", title = "办理单位", type = "unit", required = true, meaning = "m" },
  { id = "case_type", title = "案件类型", type = "category", values = [["infringement", "侵权纠纷"], ["counterfeit", "假冒专利"]], required = true, meaning = "m" },
  { id = "requested_date", title = "请求日期", type = "date", meaning = "m" },
  { id = "docketed_date", title = "立案日期", type = "date", meaning = "m" },
  { id = "closed_date", title = "结案日期", type = "date", meaning = "m" },
  { id = "respondent", title = "被请求人", type = "text", meaning = "m" },
  { id = "penalty", title = "罚没金额（元）", type = "money", meaning = "m" },
  { id = "measures", title = "措施次数", type = "integer", meaning = "m" },
  { id = "foreign", title = "涉外", type = "flag", meaning = "m" },
  { id = "deadline", title = "期限", type = "date", derived = true, meaning = "m" },
]
)";

inline const char* kRoster = "code,name,short_name,level,parent_code,region_group\n"
                             "900000,甲省局,甲省,province,,一\n"
                             "900100,子市局,子市,city,900000,一\n"
                             "900200,丑市局,丑市,city,900000,一\n"
                             "910000,乙省局,乙省,province,,二\n";

class Folder {
public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "appraise-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
  const std::string& path() const { return path_; }

private:
  std::string path_;
};

struct World {
  Problems problems;
  RecordTypes types = RecordTypes::load(kFields, "fields.toml", problems);
  Roster roster = Roster::load(kRoster, "roster.csv", problems);
  std::map<std::string, Layout> layouts;
  Appraisal appraisal;
  Folder folder;
  ReadOptions options;

  void input(const std::string& type, const std::string& pattern, const std::string& date = "2017-01-31") {
    Input one;
    one.type = type;
    one.patterns = {pattern};
    one.reporting_date = *Date::parse(date);
    one.place = {.file = "appraisal.toml", .row = 1, .column = 1};
    appraisal.inputs.push_back(one);
  }
  Records read() { return read_records(appraisal, folder.path(), types, layouts, roster, options, problems); }
  // The problems of reading one text as cases, thrown or not.
  Problems problems_of(const std::string& bytes) {
    folder.write("a.csv", bytes);
    appraisal.inputs.clear();
    problems.clear();
    input("cases", "a.csv");
    try {
      read();
    } catch (const Error& error) {
      return error.problems();
    }
    return problems;
  }
};

} // namespace appraise::reading
