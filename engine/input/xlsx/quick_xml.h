// The pieces of which the quick scanners of sheets and shared strings are made. They know only the plain XML that
// spreadsheet programs write: everything else (comments, CDATA, prefixes, single quotes, rich text …) and everything
// that is wrong makes them stop at the beginning of the element, and expat goes on from there.
//
//   A function returns where it ended, or nullptr when it met something that it does not know; at() says where.
#pragma once

#include "engine/input/xlsx/text.h"
#include "engine/input/xlsx/xml.h"

#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace appraise::xlsx {

struct QuickText {
  std::string_view bytes;
  bool markup = false;     // holds & or \r: decode_markup
  bool underscore = false; // perhaps _x4E00_
};

class QuickXml {
public:
  explicit QuickXml(const XmlParser& parser) : parser_(parser) {}

  const char* at() const { return at_; }
  const char* stop(const char* where) {
    at_ = where;
    return nullptr;
  }

  static const char* space(const char* p) {
    while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
      ++p;
    return p;
  }
  template <std::size_t N> static bool is(const char* p, const char (&word)[N]) {
    return std::memcmp(p, word, N - 1) == 0;
  }

  // Character data up to the next <.
  const char* text(const char* p, QuickText& text);

  // From behind an element's name to behind its >. Then attribute() and empty().
  const char* tag(const char* p);
  std::string_view attribute(std::string_view name) const;
  bool empty() const { return empty_; } // <v/>

  // The content of <si> or <is> that is one <t>, up to the closing tag. `text` is finished and lives until the next
  // call.
  const char* item(const char* p, std::string_view& text);

  // The text without markup; false when it holds a reference that is none.
  bool plain(const QuickText& text, std::string_view& plain) {
    plain = text.bytes;
    return !text.markup || decoded(text, plain);
  }

private:
  bool decoded(const QuickText& text, std::string_view& plain);
  struct Attribute {
    std::string_view name;
    std::string_view value;
  };
  const XmlParser& parser_;
  const char* at_ = nullptr;
  bool empty_ = false;
  std::array<Attribute, 24> attributes_ = {};
  std::size_t count_ = 0;
  std::string scratch_;
};

} // namespace appraise::xlsx
