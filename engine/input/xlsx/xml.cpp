#include "engine/input/xlsx/xml.h"

#include <cstring>

namespace appraise::xlsx {

namespace {

constexpr char kSeparator = '\n'; // between namespace, name and prefix: cannot stand in any of them

XmlName split(const char* text) {
  const std::string_view all(text);
  const std::size_t first = all.find(kSeparator);
  if (first == std::string_view::npos) return {{}, all, {}};
  const std::size_t second = all.find(kSeparator, first + 1);
  XmlName name{all.substr(0, first), all.substr(first + 1), {}};
  if (second != std::string_view::npos) {
    name.local = all.substr(first + 1, second - first - 1);
    name.prefix = all.substr(second + 1);
  }
  return name;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_utf8_name(std::string_view name) {
  constexpr std::string_view kName = "utf-8";
  if (name.size() != kName.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if ((name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]) != kName[i]) return false;
  return true;
}

} // namespace

std::string_view XmlAttributes::operator()(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2)
    if (name == *pair) return pair[1];
  return {};
}

std::string_view XmlAttributes::in_space(std::string_view space_end, std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    const XmlName found = split(*pair);
    if (found.local == name && ends_with(found.space, space_end)) return pair[1];
  }
  return {};
}

struct XmlParser::Callbacks {
  static XmlParser& of(void* user) { return *static_cast<XmlParser*>(user); }

  static void XMLCALL start(void* user, const char* name, const char** attributes) {
    XmlParser& self = of(user);
    if (self.fault_) return;
    self.began_ = true;
    if (++self.depth_ > self.limits_.xml_depth) {
      self.fail(
          ReadFault{.rule = "limit-depth", .found = self.part_, .expected = std::to_string(self.limits_.xml_depth)});
      return;
    }
    self.handler_.start(split(name), XmlAttributes(attributes));
  }
  static void XMLCALL end(void* user, const char* name) {
    XmlParser& self = of(user);
    if (self.fault_) return;
    self.handler_.end(split(name));
    --self.depth_;
  }
  static void XMLCALL text(void* user, const char* bytes, int count) {
    XmlParser& self = of(user);
    if (!self.fault_) self.handler_.text({bytes, static_cast<std::size_t>(count)});
  }
  static void XMLCALL doctype(void* user, const char*, const char*, const char*, int) {
    XmlParser& self = of(user);
    self.fail(ReadFault{.rule = "xlsx-doctype", .found = self.part_, .expected = ""});
  }
  static void XMLCALL declaration(void* user, const char*, const char* encoding, int) {
    if (encoding != nullptr) of(user).is_utf8_ = is_utf8_name(encoding);
  }
  static void XMLCALL space(void* user, const char* prefix, const char*) {
    if (prefix != nullptr) of(user).prefixes_.emplace_back(prefix);
  }
};

XmlParser::XmlParser(std::string part, const ReadLimits& limits, XmlHandler& handler)
    : part_(std::move(part)), limits_(limits), handler_(handler),
      parser_(XML_ParserCreateNS(nullptr, kSeparator), XML_ParserFree) {
  if (!parser_) throw std::bad_alloc();
  XML_Parser parser = parser_.get();
  XML_SetUserData(parser, this);
  XML_SetReturnNSTriplet(parser, 1);
  XML_SetElementHandler(parser, Callbacks::start, Callbacks::end);
  XML_SetCharacterDataHandler(parser, Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser, Callbacks::doctype);
  XML_SetXmlDeclHandler(parser, Callbacks::declaration);
  XML_SetStartNamespaceDeclHandler(parser, Callbacks::space);
}

XmlParser::~XmlParser() = default;

void XmlParser::pause() {
  if (!fault_ && !paused_) paused_ = XML_StopParser(parser_.get(), XML_TRUE) == XML_STATUS_OK;
}

void XmlParser::fail(ReadFault fault) {
  if (fault_) return;
  fault_ = std::move(fault);
  XML_StopParser(parser_.get(), XML_FALSE);
}

bool XmlParser::settle(XML_Status status) {
  if (fault_) return false;
  if (status == XML_STATUS_ERROR) {
    fault_ = ReadFault{.rule = "xlsx-broken", .found = part_, .expected = ""};
    return false;
  }
  if (paused_) return false;
  if (held() > limits_.cell_bytes * 2 + (1 << 20)) {
    fault_ = ReadFault{.rule = "limit-cell", .found = part_, .expected = std::to_string(limits_.cell_bytes)};
    return false;
  }
  return true;
}

bool XmlParser::feed(const char* bytes, std::size_t count, bool last) {
  if (fault_) return false;
  fed_ += count;
  return settle(XML_Parse(parser_.get(), bytes, static_cast<int>(count), last ? 1 : 0));
}

bool XmlParser::go_on() {
  if (fault_) return false;
  paused_ = false;
  return settle(XML_ResumeParser(parser_.get()));
}

std::uint64_t XmlParser::position() const {
  const XML_Index index = XML_GetCurrentByteIndex(parser_.get());
  return index < 0 ? fed_ : static_cast<std::uint64_t>(index);
}

bool XmlParser::knows_prefix(std::string_view prefix) const {
  if (prefix == "xml") return true;
  for (const std::string& known : prefixes_)
    if (known == prefix) return true;
  return false;
}

bool is_sheet_space(std::string_view space) {
  return space.empty() || space == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" ||
         space == "http://purl.oclc.org/ooxml/spreadsheetml/main";
}

namespace {

constexpr std::size_t kPiece = 32 << 10;

class Nothing : public XmlHandler {
public:
  void start(const XmlName&, const XmlAttributes&) override {}
};

} // namespace

std::optional<ReadFault> parse_part(Archive& archive, Entry& entry, XmlHandler& handler) {
  PartReader part(archive, entry);
  XmlParser parser(entry.name, archive.limits(), handler);
  const auto piece = std::make_unique_for_overwrite<char[]>(kPiece);
  for (bool going = true; going;) {
    const std::size_t got = part.read(piece.get(), kPiece);
    if (part.fault() != nullptr) return *part.fault();
    going = parser.feed(piece.get(), got, got == 0) && got > 0;
  }
  return parser.fault() == nullptr ? std::nullopt : std::optional(*parser.fault());
}

std::optional<ReadFault> refuse_doctype(Archive& archive, Entry& entry) {
  PartReader part(archive, entry);
  Nothing nothing;
  XmlParser parser(entry.name, archive.limits(), nothing);
  char piece[2048];
  for (bool going = true; going && !parser.began();) {
    const std::size_t got = part.read(piece, sizeof piece);
    going = parser.feed(piece, got, got == 0) && got > 0; // expat may put off what it has until it is told the end
  }
  // A part that is not read may be broken otherwise; but not hide what it is by being too large.
  for (const ReadFault* fault : {parser.fault(), part.fault()})
    if (fault != nullptr && fault->rule != "xlsx-broken" && fault->rule != "xlsx-checksum") return *fault;
  return std::nullopt;
}

} // namespace appraise::xlsx
