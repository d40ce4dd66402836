#include "engine/input/xlsx/book_parts.h"

#include <charconv>
#include <unordered_map>

namespace appraise::xlsx {

namespace {

bool is_true(std::string_view text) {
  return text == "1" || text == "true" || text == "on";
}

std::string last_word(std::string_view type) {
  return std::string(type.substr(type.find_last_of('/') + 1));
}

// A target is relative to the folder of the part that it is of, or begins with / for the archive's root.
std::string resolve(const std::string& part, std::string_view target) {
  std::string path;
  if (!target.empty() && target.front() == '/')
    target.remove_prefix(1);
  else
    path = part.substr(0, part.find_last_of('/') == std::string::npos ? 0 : part.find_last_of('/') + 1);
  while (!target.empty()) {
    const std::size_t end = std::min(target.find('/'), target.size());
    const std::string_view step = target.substr(0, end);
    const bool folder = end < target.size();
    target.remove_prefix(folder ? end + 1 : end);
    if (step == "..") {
      if (!path.empty()) path.pop_back();
      path.resize(path.find_last_of('/') == std::string::npos ? 0 : path.find_last_of('/') + 1);
    } else if (step != "." && !step.empty()) {
      path.append(step);
      if (folder) path += '/';
    }
  }
  return path;
}

class RelationshipList : public XmlHandler {
public:
  RelationshipList(const std::string& part, std::vector<Relationship>& found, std::size_t most)
      : part_(part), found_(found), most_(most) {}
  void start(const XmlName& name, const XmlAttributes& attributes) override {
    if (name.local != "Relationship" || attributes("TargetMode") == "External" || found_.size() >= most_) return;
    found_.push_back(
        {std::string(attributes("Id")), last_word(attributes("Type")), resolve(part_, attributes("Target"))});
  }

private:
  const std::string& part_;
  std::vector<Relationship>& found_;
  std::size_t most_;
};

class BookListReader : public XmlHandler {
public:
  BookListReader(BookList& book, std::size_t most) : book_(book), most_(most) {}
  void start(const XmlName& name, const XmlAttributes& attributes) override {
    if (!is_sheet_space(name.space)) return;
    if (name.local == "workbookPr") book_.from_1904 = is_true(attributes("date1904"));
    if (name.local != "sheet" || book_.sheets.size() > most_) return;
    const std::string_view state = attributes("state");
    book_.sheets.push_back({std::string(attributes("name")), std::string(attributes.in_space("/relationships", "id")),
                            state == "hidden" || state == "veryHidden"});
  }

private:
  BookList& book_;
  std::size_t most_;
};

class StyleReader : public XmlHandler {
public:
  explicit StyleReader(std::vector<NumberKind>& styles) : styles_(styles) {}
  void start(const XmlName& name, const XmlAttributes& attributes) override {
    if (!is_sheet_space(name.space)) return;
    if (name.local == "cellXfs")
      in_formats_ = true;
    else if (name.local == "numFmt")
      kinds_[number(attributes("numFmtId"))] = kind_of_format(attributes("formatCode"));
    else if (name.local == "xf" && in_formats_)
      styles_.push_back(kind_of(number(attributes("numFmtId"))));
  }
  void end(const XmlName& name) override {
    if (name.local == "cellXfs") in_formats_ = false;
  }

private:
  static std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() ? value : 0;
  }
  NumberKind kind_of(std::int64_t id) const {
    const auto own = kinds_.find(id);
    return own == kinds_.end() ? kind_of_builtin(id) : own->second;
  }

  std::vector<NumberKind>& styles_;
  std::unordered_map<std::int64_t, NumberKind> kinds_;
  bool in_formats_ = false;
};

class ContentType : public XmlHandler {
public:
  ContentType(const std::string& part, std::string& type) : part_(part), type_(type) {}
  void start(const XmlName& name, const XmlAttributes& attributes) override {
    if (name.local == "Override") {
      const std::string_view named = attributes("PartName");
      if (named.substr(0, 1) == "/" && named.substr(1) == part_) type_ = attributes("ContentType");
    } else if (name.local == "Default" && type_.empty()) {
      const std::string_view extension = attributes("Extension");
      const std::size_t dot = part_.find_last_of('.');
      if (dot != std::string::npos && part_.substr(dot + 1) == extension) type_ = attributes("ContentType");
    }
  }

private:
  const std::string& part_;
  std::string& type_;
};

} // namespace

std::string relationships_of(const std::string& part) {
  const std::size_t slash = part.find_last_of('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  return part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
}

std::optional<ReadFault> read_relationships(Archive& archive, const std::string& part,
                                            std::vector<Relationship>& found) {
  Entry* entry = archive.find(relationships_of(part));
  if (entry == nullptr) return std::nullopt;
  RelationshipList list(part, found, static_cast<std::size_t>(archive.limits().entries));
  return parse_part(archive, *entry, list);
}

std::optional<ReadFault> read_book_list(Archive& archive, Entry& entry, BookList& book) {
  BookListReader reader(book, static_cast<std::size_t>(archive.limits().sheets));
  return parse_part(archive, entry, reader);
}

std::optional<ReadFault> read_styles(Archive& archive, Entry& entry, std::vector<NumberKind>& styles) {
  StyleReader reader(styles);
  return parse_part(archive, entry, reader);
}

std::optional<ReadFault> read_content_type(Archive& archive, const std::string& part, std::string& type) {
  Entry* entry = archive.find("[Content_Types].xml");
  if (entry == nullptr) return std::nullopt;
  ContentType reader(part, type);
  return parse_part(archive, *entry, reader);
}

} // namespace appraise::xlsx
