// Workbooks made by hand, so that any XML, good or bad, can stand in them.
//
//   BookFile book;
//   book.rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)";
//   book.strings = "<si><t>案号</t></si>";
//   read_all(book.bytes());                       // "1: 案号\n"
#pragma once

#include "engine/input/grid.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace appraise::workbooks {

struct ZipEntry {
  std::string name;
  std::string bytes;
  bool deflated = false;
  std::uint16_t flags = 0;
  std::uint32_t attributes = 0; // Unix mode in the upper half
  std::int64_t says = -1;       // the length that the directory claims
};

std::string zip(const std::vector<ZipEntry>& entries);

struct BookFile {
  std::string rows;                                   // inside <sheetData>
  std::string strings;                                // inside <sst>; without: no such part
  std::string formats;                                // <numFmt …/>
  std::vector<int> styles = {0, 14, 22, 20, 46, 165}; // format number of each style
  std::string properties;                             // of <workbookPr …/>
  std::string sheets = R"(<sheet name="案件" sheetId="1" r:id="rId1"/>)";
  bool deflated = false;
  std::map<std::string, std::string> parts; // instead of or beside the usual ones

  std::vector<ZipEntry> entries() const;
  std::string bytes() const { return zip(entries()); }
};

inline constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline constexpr const char* kSheetPart = "xl/worksheets/sheet1.xml";
std::string sheet_xml(const std::string& rows);

std::string told(const ReadFault& fault); // "! xlsx-broken PART LIMIT @LINE:COLUMN\n"

// "7: a|b\n" for each row; h behind the line of a hidden one; f=, u= or e= before a cell with a mark; a fault.
std::string read_sheet(BlockReader& reader);
std::string read_by(const std::string& bytes, bool by_expat, const ReadLimits& limits, std::size_t sheet);

// By the quick scanner and by expat: both must give the same.
std::string read_all(const std::string& bytes, const ReadLimits& limits = {}, std::size_t sheet = 0);

} // namespace appraise::workbooks
