// The small parts of a workbook: content types, relationships, the list of sheets, styles.
#pragma once

#include "engine/input/xlsx/number_text.h"
#include "engine/input/xlsx/xml.h"

#include <string>
#include <string_view>
#include <vector>

namespace appraise::xlsx {

struct Relationship {
  std::string id;
  std::string kind;   // the last word of its type: worksheet, sharedStrings …
  std::string target; // a part's name
};

struct SheetEntry {
  std::string name;
  std::string relationship;
  bool hidden = false;
};

struct BookList {
  std::vector<SheetEntry> sheets;
  bool from_1904 = false;
};

// "xl/workbook.xml" → "xl/_rels/workbook.xml.rels"; "" → "_rels/.rels".
std::string relationships_of(const std::string& part);

// Targets inside the archive, as names of parts. No such part: no relationships.
std::optional<ReadFault> read_relationships(Archive& archive, const std::string& part,
                                            std::vector<Relationship>& found);

std::optional<ReadFault> read_book_list(Archive& archive, Entry& entry, BookList& book);
std::optional<ReadFault> read_styles(Archive& archive, Entry& entry, std::vector<NumberKind>& styles);

// The content type of a part, "" when it has none.
std::optional<ReadFault> read_content_type(Archive& archive, const std::string& part, std::string& type);

} // namespace appraise::xlsx
