#include "engine/input/xlsx/workbook.h"

#include "engine/input/xlsx/book_parts.h"
#include "engine/input/xlsx/file_kind.h"
#include "engine/input/xlsx/sheet.h"

#include <algorithm>

namespace appraise::xlsx {

namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// What an archive is that is no workbook, by the parts that only such an archive has.
std::string archive_kind(Archive& archive) {
  if (Entry* type = archive.find("mimetype")) {
    char text[128];
    PartReader part(archive, *type);
    const std::string_view mime(text, part.read(text, sizeof text));
    if (mime.find("opendocument.spreadsheet") != std::string_view::npos) return "ODS";
    if (mime.find("opendocument") != std::string_view::npos) return "OpenDocument";
  }
  if (archive.find("xl/workbook.bin") != nullptr) return "XLSB";
  if (archive.find("word/document.xml") != nullptr) return "DOCX";
  if (archive.find("ppt/presentation.xml") != nullptr) return "PPTX";
  return "ZIP";
}

struct Hint {
  const char* part;
  const char* word;
};
constexpr Hint kLeftAlone[] = {{"vbaproject.bin", "macros"},
                               {"/externallinks/", "external links"},
                               {"/embeddings/", "embedded objects"},
                               {"/connections.xml", "data connections"},
                               {"/activex/", "controls"},
                               {"/macrosheets/", "macros"}};

std::vector<std::string> find_left_alone(const Archive& archive) {
  std::vector<std::string> found;
  for (const Hint& hint : kLeftAlone)
    for (const Entry& entry : archive.entries()) {
      std::string name = entry.name;
      for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      if (name.find(hint.part) == std::string::npos) continue;
      if (std::find(found.begin(), found.end(), hint.word) == found.end()) found.emplace_back(hint.word);
      break;
    }
  return found;
}

const Relationship* by_id(const std::vector<Relationship>& list, const std::string& id) {
  for (const Relationship& one : list)
    if (one.id == id) return &one;
  return nullptr;
}

const Relationship* by_kind(const std::vector<Relationship>& list, std::string_view kind) {
  for (const Relationship& one : list)
    if (one.kind == kind) return &one;
  return nullptr;
}

ReadFault fault_of(const char* rule, std::string found, std::optional<std::uint64_t> limit = {}) {
  return {.rule = rule, .found = std::move(found), .expected = limit ? std::to_string(*limit) : ""};
}

class NoRows : public BlockReader {
public:
  explicit NoRows(ReadFault fault) : fault_(std::move(fault)) {}
  bool next(CellBlock& block) override {
    block.clear();
    return false;
  }
  const ReadFault* fault() const override { return &fault_; }

private:
  ReadFault fault_;
};

} // namespace

Workbook::Workbook(const ByteSource& source, const ReadLimits& limits) {
  switch (file_kind(source)) {
  case FileKind::text: fail(fault_of("file-kind", "text")); return;
  case FileKind::compound:
    fail(holds_encrypted_package(source) ? fault_of("xlsx-encrypted", "EncryptedPackage")
                                         : fault_of("file-kind", "XLS"));
    return;
  case FileKind::zip: break;
  }
  archive_ = std::make_unique<Archive>(source, limits);
  if (archive_->fault() != nullptr) {
    fail(*archive_->fault());
    return;
  }
  read();
}

bool Workbook::fail(ReadFault fault) {
  fault_ = std::move(fault);
  return false;
}

void Workbook::read() {
  std::vector<Relationship> links;
  if (archive_->find("mimetype") != nullptr) {
    fail(fault_of("file-kind", archive_kind(*archive_)));
    return;
  }
  if (auto fault = read_relationships(*archive_, "", links)) {
    fail(*fault);
    return;
  }
  const Relationship* link = by_kind(links, "officeDocument");
  const std::string book = link == nullptr ? "xl/workbook.xml" : link->target;
  std::string type;
  if (auto fault = read_content_type(*archive_, book, type)) {
    fail(*fault);
    return;
  }
  const bool other = ends_with(book, ".bin") || type.find("wordprocessing") != std::string::npos ||
                     type.find("presentation") != std::string::npos;
  if (archive_->find(book) == nullptr || other) {
    // A package whose main part is missing was an office document before it broke.
    const std::string kind = archive_kind(*archive_);
    const bool broken = kind == "ZIP" && archive_->find("[Content_Types].xml") != nullptr;
    fail(broken ? fault_of("xlsx-broken", book) : fault_of("file-kind", kind));
    return;
  }
  if (!refuse_doctypes() || !read_book(book)) return;
  left_alone_ = find_left_alone(*archive_);
}

// Also in parts that nobody reads: a document type is a sign of a file made to do harm.
bool Workbook::refuse_doctypes() {
  std::vector<std::string> names;
  for (const Entry& entry : archive_->entries())
    if (ends_with(entry.name, ".xml") || ends_with(entry.name, ".rels")) names.push_back(entry.name);
  for (const std::string& name : names) {
    Entry& entry = *archive_->find(name);
    if (auto fault = refuse_doctype(*archive_, entry)) return fail(*fault);
  }
  return true;
}

bool Workbook::read_book(const std::string& book) {
  const ReadLimits& limits = archive_->limits();
  BookList list;
  std::vector<Relationship> links;
  if (auto fault = read_book_list(*archive_, *archive_->find(book), list)) return fail(*fault);
  if (auto fault = read_relationships(*archive_, book, links)) return fail(*fault);
  if (list.sheets.size() > limits.sheets) return fail(fault_of("limit-sheets", book, limits.sheets));
  facts_.from_1904 = list.from_1904;
  for (const SheetEntry& sheet : list.sheets) {
    const Relationship* link = by_id(links, sheet.relationship);
    if (link == nullptr) return fail(fault_of("xlsx-broken", relationships_of(book)));
    if (link->kind != "worksheet") continue; // a chart or a dialogue has no rows
    sheets_.push_back({sheet.name, sheet.hidden});
    parts_.push_back(link->target);
  }
  if (sheets_.empty()) return fail(fault_of("xlsx-no-sheet", book));
  if (const Relationship* styles = by_kind(links, "styles")) {
    Entry* entry = archive_->find(styles->target);
    if (entry == nullptr) return fail(fault_of("xlsx-broken", styles->target));
    if (auto fault = read_styles(*archive_, *entry, facts_.styles)) return fail(*fault);
  }
  const Relationship* strings = by_kind(links, "sharedStrings");
  if (strings != nullptr) strings_ = strings->target;
  return true;
}

std::unique_ptr<BlockReader> Workbook::open(std::size_t sheet, bool by_expat) {
  if (!strings_read_ && !strings_.empty()) {
    Entry* entry = archive_->find(strings_);
    if (entry != nullptr) {
      facts_.strings = SharedStrings();
      if (auto fault = read_strings(*archive_, *entry, by_expat, facts_.strings)) {
        return std::make_unique<NoRows>(*fault);
      }
    }
  }
  strings_read_ = true;
  Entry* entry = archive_->find(parts_.at(sheet));
  if (entry == nullptr) return std::make_unique<NoRows>(fault_of("xlsx-broken", parts_.at(sheet)));
  return std::make_unique<SheetBlocks>(*archive_, *entry, facts_, by_expat);
}

} // namespace appraise::xlsx

namespace appraise {

struct XlsxFile::State {
  xlsx::Workbook book;
};

XlsxFile::XlsxFile(const ByteSource& source, const ReadLimits& limits)
    : state_(new State{xlsx::Workbook(source, limits)}) {}
XlsxFile::~XlsxFile() = default;
const ReadFault* XlsxFile::fault() const {
  return state_->book.fault();
}
const std::vector<XlsxSheet>& XlsxFile::sheets() const {
  return state_->book.sheets();
}
const std::vector<std::string>& XlsxFile::left_alone() const {
  return state_->book.left_alone();
}
std::unique_ptr<BlockReader> XlsxFile::open(std::size_t sheet) const {
  return state_->book.open(sheet, false);
}

} // namespace appraise
