#include "tests/unit/workbook_file.h"

#include "engine/input/xlsx/workbook.h"

#include <gtest/gtest.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

namespace appraise::workbooks {

namespace {

std::string little(std::uint64_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i)
    bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

std::uint8_t* raw(const std::string& bytes) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(bytes.data())); // ISA-L does not change it
}

std::string deflate(const std::string& bytes) {
  std::string folded(bytes.size() + 1024, '\0');
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.end_of_stream = 1;
  stream.flush = NO_FLUSH;
  stream.next_in = raw(bytes);
  stream.avail_in = static_cast<std::uint32_t>(bytes.size());
  stream.next_out = raw(folded);
  stream.avail_out = static_cast<std::uint32_t>(folded.size());
  isal_deflate_stateless(&stream);
  folded.resize(stream.total_out);
  return folded;
}

} // namespace

std::string zip(const std::vector<ZipEntry>& entries) {
  std::string file;
  std::string directory;
  for (const ZipEntry& entry : entries) {
    const std::string data = entry.deflated ? deflate(entry.bytes) : entry.bytes;
    const std::uint64_t length = entry.says < 0 ? entry.bytes.size() : static_cast<std::uint64_t>(entry.says);
    const std::string facts = little(entry.flags, 2) + little(entry.deflated ? 8 : 0, 2) + little(0x00210000, 4) +
                              little(crc32_gzip_refl(0, raw(entry.bytes), entry.bytes.size()), 4) +
                              little(data.size(), 4) + little(length, 4) + little(entry.name.size(), 2) + little(0, 2);
    const std::size_t offset = file.size();
    file += "PK\x03\x04" + little(20, 2) + facts + entry.name + data;
    directory += "PK\x01\x02" + little(0x0314, 2) + little(20, 2) + facts + little(0, 2) + little(0, 2) + little(0, 2) +
                 little(entry.attributes, 4) + little(offset, 4) + entry.name;
  }
  const std::size_t start = file.size();
  return file + directory + "PK\x05\x06" + little(0, 4) + little(entries.size(), 2) + little(entries.size(), 2) +
         little(directory.size(), 4) + little(start, 4) + little(0, 2);
}

std::string sheet_xml(const std::string& rows) {
  return std::string(R"(<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns=")") + kMain +
         R"(" xmlns:x14ac="urn:x14ac"><dimension ref="A1"/><sheetData>)" + rows +
         "</sheetData><pageMargins left=\"0.7\"/></worksheet>";
}

std::vector<ZipEntry> BookFile::entries() const {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string links = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
  const auto link = [&](const std::string& id, const std::string& kind, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + kind + "\" Target=\"" + target + "\"/>";
  };
  std::map<std::string, std::string> all;
  all["[Content_Types].xml"] = R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)";
  all["_rels/.rels"] = links + link("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>";
  all["xl/workbook.xml"] = std::string("<workbook xmlns=\"") + kMain + "\" xmlns:r=\"" + office + "\"><workbookPr " +
                           properties + "/><sheets>" + sheets + "</sheets></workbook>";
  all["xl/_rels/workbook.xml.rels"] = links + link("rId1", "worksheet", "worksheets/sheet1.xml") +
                                      link("rId2", "worksheet", "/xl/worksheets/sheet2.xml") +
                                      link("rId3", "styles", "styles.xml") +
                                      link("rId4", "sharedStrings", "sharedStrings.xml") +
                                      link("rId5", "chartsheet", "chartsheets/sheet1.xml") + "</Relationships>";
  std::string formatted;
  for (const int style : styles)
    formatted += "<xf numFmtId=\"" + std::to_string(style) + "\"/>";
  all["xl/styles.xml"] = std::string("<styleSheet xmlns=\"") + kMain + "\"><numFmts>" + formats +
                         "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + formatted +
                         "</cellXfs></styleSheet>";
  if (!strings.empty()) all["xl/sharedStrings.xml"] = std::string("<sst xmlns=\"") + kMain + "\">" + strings + "</sst>";
  all[kSheetPart] = sheet_xml(rows);
  for (const auto& [name, text] : parts)
    all[name] = text;
  std::vector<ZipEntry> entries;
  for (const auto& [name, text] : all)
    entries.push_back({.name = name, .bytes = text, .deflated = deflated});
  return entries;
}

std::string told(const ReadFault& fault) {
  std::string text = "! " + fault.rule + " " + fault.found;
  if (!fault.expected.empty()) text += " " + fault.expected;
  if (fault.line > 0) text += " @" + std::to_string(fault.line) + ":" + std::to_string(fault.column);
  return text + "\n";
}

// "7: a|b\n" for each row; h behind the line of a hidden one; f, u or e before a cell with a mark.
std::string read_sheet(BlockReader& reader) {
  std::string text;
  CellBlock block;
  while (reader.next(block)) {
    auto mark = block.marks.begin();
    auto hidden = block.hidden.begin();
    for (std::size_t row = 0; row < block.rows(); ++row) {
      text += std::to_string(block.line(row));
      if (hidden != block.hidden.end() && *hidden == row) text += 'h', ++hidden;
      text += ':';
      for (std::size_t column = 0; column < block.width(row); ++column) {
        text += column == 0 ? ' ' : '|';
        if (mark != block.marks.end() && mark->row == row && mark->column == column) {
          text += "fue"[static_cast<int>(mark->kind)];
          text += '=';
          ++mark;
        }
        text += block.raw(row, column);
      }
      text += '\n';
    }
    EXPECT_TRUE(mark == block.marks.end() && hidden == block.hidden.end());
  }
  if (reader.fault() != nullptr) text += told(*reader.fault());
  return text;
}

std::string read_by(const std::string& bytes, bool by_expat, const ReadLimits& limits, std::size_t sheet) {
  const auto source = memory_source(bytes);
  xlsx::Workbook book(*source, limits);
  if (book.fault() != nullptr) return told(*book.fault());
  return read_sheet(*book.open(sheet, by_expat));
}

// By the quick scanner and by expat: both must give the same.
std::string read_all(const std::string& bytes, const ReadLimits& limits, std::size_t sheet) {
  const std::string quick = read_by(bytes, false, limits, sheet);
  EXPECT_EQ(quick, read_by(bytes, true, limits, sheet));
  return quick;
}

} // namespace appraise::workbooks
