// XML by expat, with what a workbook may not hold refused: document types, and elements deeper than the limit.
//
//   struct Names : XmlHandler { void start(const XmlName& name, const XmlAttributes& attributes) override { … } };
//   XmlParser parser("xl/workbook.xml", limits, names);
//   while (… && parser.feed(bytes, count, last)) …               // then parser.fault()
//
// Faults: xlsx-broken, xlsx-doctype, limit-depth, limit-cell (one tag or comment that would have to be held is longer
// than any cell); `found` is the part's name.
#pragma once

#include "engine/input/grid.h"
#include "engine/input/xlsx/archive.h"

#include <algorithm>
#include <expat.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace appraise::xlsx {

struct XmlName {
  std::string_view space; // the namespace
  std::string_view local;
  std::string_view prefix;
};

class XmlAttributes {
public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  std::string_view operator()(std::string_view name) const; // without namespace; "" when missing
  std::string_view in_space(std::string_view space_end, std::string_view name) const; // of a namespace that ends so

private:
  const char** pairs_;
};

class XmlHandler {
public:
  virtual ~XmlHandler() = default;
  virtual void start(const XmlName& name, const XmlAttributes& attributes) = 0;
  virtual void end(const XmlName&) {}
  virtual void text(std::string_view) {}
};

class XmlParser {
public:
  XmlParser(std::string part, const ReadLimits& limits, XmlHandler& handler);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;

  bool feed(const char* bytes, std::size_t count, bool last); // false: a fault, or paused
  bool go_on();                                               // behind a pause; false as feed()
  const ReadFault* fault() const { return fault_ ? &*fault_ : nullptr; }

  // To be called by the handler.
  void pause();
  void fail(ReadFault fault);

  bool paused() const { return paused_; }
  bool began() const { return began_; } // the root element has begun
  std::size_t depth() const { return depth_; }
  bool is_utf8() const { return is_utf8_; }                                // as far as the document says
  std::uint64_t position() const;                                          // byte at which the present tag begins
  std::uint64_t held() const { return fed_ - std::min(fed_, position()); } // bytes of a tag that has not ended
  bool knows_prefix(std::string_view prefix) const;

private:
  struct Callbacks;
  friend struct Callbacks;
  bool settle(XML_Status status);

  std::string part_;
  ReadLimits limits_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
  std::optional<ReadFault> fault_;
  std::vector<std::string> prefixes_;
  std::uint64_t fed_ = 0;
  std::size_t depth_ = 0;
  bool paused_ = false;
  bool began_ = false;
  bool is_utf8_ = true;
};

// True for the two namespaces of spreadsheets, and for documents that name none.
bool is_sheet_space(std::string_view space);

// Reads a whole part; nullopt when there is nothing wrong with it.
std::optional<ReadFault> parse_part(Archive& archive, Entry& entry, XmlHandler& handler);

// Looks only for a document type, which must stand before the root element.
std::optional<ReadFault> refuse_doctype(Archive& archive, Entry& entry);

} // namespace appraise::xlsx
