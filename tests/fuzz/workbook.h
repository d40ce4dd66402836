// A workbook in memory from the text of its parts, stored without compression and with right checksums: so that what is
// wrong with it is wrong in its XML.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace appraise::fuzz {

inline std::uint32_t crc32(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit)
        value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
      made[i] = value;
    }
    return made;
  }();
  std::uint32_t value = 0xFFFFFFFFu;
  for (const char c : bytes)
    value = table[(value ^ static_cast<unsigned char>(c)) & 0xFF] ^ (value >> 8);
  return ~value;
}

inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string file;
  std::string directory;
  const auto put = [](std::string& to, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
      to += static_cast<char>(value >> (8 * i) & 0xFF);
  };
  // What the local header and the directory say alike: versions, time of 1980-01-01, checksum, sizes, lengths.
  const auto facts = [&put](std::string& to, const std::string& name, const std::string& text) {
    put(to, 20, 2);
    put(to, 0, 2);
    put(to, 0, 2);
    put(to, 0x00210000, 4);
    put(to, crc32(text), 4);
    put(to, text.size(), 4);
    put(to, text.size(), 4);
    put(to, name.size(), 2);
    put(to, 0, 2);
  };
  for (const auto& [name, text] : parts) {
    const std::size_t at = file.size();
    file += "PK\3\4";
    facts(file, name, text);
    file += name + text;
    directory += "PK\1\2";
    put(directory, 20, 2);
    facts(directory, name, text);
    directory.append(2 + 2 + 2 + 4, '\0');
    put(directory, at, 4);
    directory += name;
  }
  const std::size_t at = file.size();
  file += directory + "PK\5\6";
  put(file, 0, 4);
  put(file, parts.size(), 2);
  put(file, parts.size(), 2);
  put(file, directory.size(), 4);
  put(file, at, 4);
  put(file, 0, 2);
  return file;
}

inline const char* const kSheetPart =
    R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2" s="1"><v>42370.5</v></c></row></sheetData></worksheet>)";
inline const char* const kStringsPart =
    R"(<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>案号</t></si><si><r><t>立案</t></r><r><t>日期</t></r></si></sst>)";
inline const char* const kStylesPart =
    R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>)";
inline const char* const kBookPart =
    R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>)";

// The parts that are empty are those above.
inline std::string workbook_of(std::string_view sheet, std::string_view strings = {}, std::string_view styles = {},
                               std::string_view book = {}) {
  const auto either = [](std::string_view text, const char* other) {
    return text.empty() ? std::string(other) : std::string(text);
  };
  const std::string relations =
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
  const std::string kind = R"(" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/)";
  return zip_of(
      {{"[Content_Types].xml", R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)"},
       {"_rels/.rels", relations + R"(<Relationship Id="rId1)" + kind +
                           R"(officeDocument" Target="xl/workbook.xml"/></Relationships>)"},
       {"xl/workbook.xml", either(book, kBookPart)},
       {"xl/_rels/workbook.xml.rels", relations + R"(<Relationship Id="rId1)" + kind +
                                          R"(worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2)" +
                                          kind +
                                          R"(sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3)" +
                                          kind + R"(styles" Target="styles.xml"/></Relationships>)"},
       {"xl/worksheets/sheet1.xml", either(sheet, kSheetPart)},
       {"xl/sharedStrings.xml", either(strings, kStringsPart)},
       {"xl/styles.xml", either(styles, kStylesPart)}});
}

} // namespace appraise::fuzz
