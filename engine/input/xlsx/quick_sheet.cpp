// The quick scanner of <sheetData>: one row tag, one cell or one row end at a time.
#include "engine/input/xlsx/sheet.h"

namespace appraise::xlsx {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool ends_name(char c) {
  return c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

std::string_view SheetPart::open_tags() const {
  return row_told_ ? "<row>" : "";
}

const char* SheetPart::quick_element(QuickXml& xml, const char* p) {
  row_told_ = in_row_; // should this be the element that is left to expat
  if (p[0] != '<') return xml.stop(p);
  if (!in_row_) return QuickXml::is(p, "<row") && ends_name(p[4]) ? quick_row(xml, p) : xml.stop(p);
  if (p[1] == 'c' && ends_name(p[2])) return quick_cell(xml, p);
  if (!QuickXml::is(p, "</row>")) return xml.stop(p);
  in_row_ = false;
  return check(writer_.end_row()) ? p + 6 : nullptr;
}

const char* SheetPart::quick_row(QuickXml& xml, const char* p) {
  p = xml.tag(p + 4);
  if (p == nullptr || !begin_row(xml.attribute("r"), xml.attribute("hidden"))) return nullptr;
  if (!xml.empty()) return p;
  in_row_ = false;
  return check(writer_.end_row()) ? p : nullptr;
}

// <c r="AB12" s="3" t="s"> as nearly all programs write it, up to its > or />; nullptr when it stands otherwise.
const char* SheetPart::quick_cell_tag(const char* p, CellHead& cell) const {
  p += 2;
  bool referred = false;
  bool styled = false;
  bool typed = false;
  while (*p == ' ') {
    const char name = p[1];
    if (p[2] != '=' || p[3] != '"') return nullptr;
    p += 4;
    if (name == 'r' && !referred) {
      std::int64_t column = 0;
      const char* letters = p;
      for (; *p >= 'A' && *p <= 'Z' && p - letters <= 3; ++p)
        column = column * 26 + (*p - 'A' + 1);
      if (p == letters || p - letters > 3 || std::memcmp(p, row_digits_, row_digits_count_) != 0) return nullptr;
      p += row_digits_count_;
      cell.column = column - 1;
      referred = true;
    } else if (name == 's' && !styled) {
      const char* digits = p;
      while (is_digit(*p))
        ++p;
      cell.kind = cells_.style({digits, static_cast<std::size_t>(p - digits)});
      styled = true;
    } else if (name == 't' && !typed) {
      const char* letters = p;
      while ((*p >= 'a' && *p <= 'z') || *p == 'S')
        ++p;
      const auto type = cell_type({letters, static_cast<std::size_t>(p - letters)});
      if (!type) return nullptr;
      cell.type = *type;
      typed = true;
    } else {
      return nullptr;
    }
    if (*p++ != '"') return nullptr;
  }
  return referred && (*p == '>' || (p[0] == '/' && p[1] == '>')) ? p : nullptr;
}

const char* SheetPart::quick_cell(QuickXml& xml, const char* p) {
  QuickCell found;
  const char* begin = p;
  p = quick_cell_tag(begin, found.head);
  bool empty = false;
  bool refers = true; // by column; otherwise by text, which must be judged
  std::string_view reference;
  std::string_view type;
  if (p != nullptr) {
    empty = *p == '/';
    p += empty ? 2 : 1;
  } else {
    refers = false;
    p = xml.tag(begin + 2);
    if (p == nullptr) return nullptr;
    empty = xml.empty();
    reference = xml.attribute("r");
    type = xml.attribute("t");
    found.head.kind = cells_.style(xml.attribute("s"));
  }
  if (!empty) p = quick_content(xml, p, found);
  if (p == nullptr) return nullptr;
  // Only now is the element known to be whole: until here nothing is done that could not be done again.
  if (refers) {
    if (!check(writer_.at_column(found.head.column))) return nullptr;
  } else if (!begin_cell(reference, type, found.head)) {
    return nullptr;
  }
  std::string_view value;
  if (found.has_value && !xml.plain(found.value, value)) return xml.stop(begin);
  return end_cell(found.head, found.has_value, value, found.has_item, found.item) ? p : nullptr;
}

// From behind <c …> to behind </c>.
const char* SheetPart::quick_content(QuickXml& xml, const char* p, QuickCell& found) {
  for (;;) {
    p = QuickXml::space(p);
    if (p[0] != '<') return xml.stop(p);
    if (p[1] == 'v' && !found.has_value) {
      found.has_value = true;
      const bool bare = p[2] == '>';
      if (!bare && !ends_name(p[2])) return xml.stop(p);
      p = bare ? p + 3 : xml.tag(p + 2);
      if (p == nullptr) return nullptr;
      if (!bare && xml.empty()) continue;
      p = xml.text(p, found.value);
      if (p == nullptr) return nullptr;
      if (!QuickXml::is(p, "</v>")) return xml.stop(p);
      p += 4;
    } else if (p[1] == 'f' && ends_name(p[2])) {
      found.head.formula = true;
      p = xml.tag(p + 2);
      if (p == nullptr) return nullptr;
      if (xml.empty()) continue;
      QuickText formula;
      p = xml.text(p, formula);
      if (p == nullptr) return nullptr;
      std::string_view unused;
      if (!QuickXml::is(p, "</f>") || !xml.plain(formula, unused)) return xml.stop(p);
      p += 4;
    } else if (QuickXml::is(p, "<is>") && !found.has_item && !found.has_value) {
      found.has_item = true;
      p = xml.item(p + 4, found.item);
      if (p == nullptr) return nullptr;
      if (!QuickXml::is(p, "</is>")) return xml.stop(p);
      p += 5;
    } else {
      return QuickXml::is(p, "</c>") ? p + 4 : xml.stop(p);
    }
  }
}

} // namespace appraise::xlsx
