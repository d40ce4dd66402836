#include "engine/input/xlsx/quick_xml.h"

namespace appraise::xlsx {

namespace {

// Bytes of character data that need a look.
enum Look : std::uint8_t {
  plain_byte,
  opening,
  ampersand,
  carriage_return,
  underline,
  bracket,
  beyond_ascii,
  forbidden
};

constexpr std::array<Look, 256> make_looks() {
  std::array<Look, 256> looks = {};
  for (std::size_t c = 0; c < 0x20; ++c)
    looks[c] = forbidden;
  looks['\t'] = looks['\n'] = plain_byte;
  looks['\r'] = carriage_return;
  looks['<'] = opening;
  looks['&'] = ampersand;
  looks['_'] = underline;
  looks[']'] = bracket;
  for (std::size_t c = 0x80; c < 0x100; ++c)
    looks[c] = beyond_ascii;
  return looks;
}
constexpr std::array<Look, 256> kLooks = make_looks();

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.' || c == ':';
}

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

const char* QuickXml::text(const char* p, QuickText& text) {
  const char* begin = p;
  text.markup = false;
  text.underscore = false;
  const Look* looks = kLooks.data();
  for (;;) {
    Look look = looks[static_cast<unsigned char>(*p)];
    while (look == plain_byte)
      look = looks[static_cast<unsigned char>(*++p)];
    switch (look) {
    case opening: text.bytes = {begin, static_cast<std::size_t>(p - begin)}; return p;
    case beyond_ascii: {
      const char* next = behind_character(p);
      if (next == nullptr) return stop(p);
      p = next;
      break;
    }
    case ampersand:
    case carriage_return:
      text.markup = true;
      ++p;
      break;
    case underline:
      text.underscore = true;
      ++p;
      break;
    case bracket: // ]]> may not stand in text
      if (p[1] == ']' || p[1] == '\0') return stop(p);
      ++p;
      break;
    default: return stop(p);
    }
  }
}

const char* QuickXml::tag(const char* p) {
  count_ = 0;
  for (;;) {
    const char* behind_space = space(p);
    if (*behind_space == '>') {
      empty_ = false;
      return behind_space + 1;
    }
    if (*behind_space == '/') {
      empty_ = true;
      return behind_space[1] == '>' ? behind_space + 2 : stop(behind_space);
    }
    if (behind_space == p || !is_name_start(*behind_space) || count_ == attributes_.size()) return stop(behind_space);
    const char* begin = p = behind_space;
    const char* colon = nullptr;
    for (; is_name_byte(*p); ++p) {
      if (*p != ':') continue;
      if (colon != nullptr) return stop(p);
      colon = p;
    }
    const std::string_view name(begin, static_cast<std::size_t>(p - begin));
    if (p[0] != '=' || p[1] != '"') return stop(p);
    p += 2;
    const char* value = p;
    while (*p != '"') {
      const Look look = kLooks[static_cast<unsigned char>(*p)];
      if (look != plain_byte && look != underline && look != bracket) return stop(p);
      if (*p == '\t' || *p == '\n') return stop(p);
      ++p;
    }
    Attribute found{name, {value, static_cast<std::size_t>(p - value)}};
    ++p;
    if (name.substr(0, 5) == "xmlns") return stop(begin);
    if (colon != nullptr) {
      const bool named = is_name_start(colon[1]);
      if (!named || !parser_.knows_prefix(name.substr(0, static_cast<std::size_t>(colon - begin)))) return stop(begin);
    }
    for (std::size_t i = 0; i < count_; ++i)
      if (attributes_[i].name == name) return stop(begin);
    attributes_[count_++] = found;
  }
}

std::string_view QuickXml::attribute(std::string_view name) const {
  for (std::size_t i = 0; i < count_; ++i)
    if (attributes_[i].name == name) return attributes_[i].value;
  return {};
}

bool QuickXml::decoded(const QuickText& text, std::string_view& plain) {
  scratch_.assign(text.bytes);
  const char* end = decode_markup(scratch_.data(), scratch_.data() + scratch_.size(), scratch_.data());
  if (end == nullptr) return false;
  plain = {scratch_.data(), static_cast<std::size_t>(end - scratch_.data())};
  return true;
}

const char* QuickXml::item(const char* p, std::string_view& text) {
  text = {};
  p = space(p);
  if (p[0] == '<' && p[1] == 't' && (p[2] == '>' || p[2] == ' ' || p[2] == '/')) {
    bool preserve = false;
    if (p[2] == '>') {
      p += 3;
      empty_ = false;
    } else {
      p = tag(p + 2);
      if (p == nullptr) return nullptr;
      preserve = attribute("xml:space") == "preserve";
    }
    if (!empty_) {
      QuickText found;
      const char* begin = p;
      p = this->text(p, found);
      if (p == nullptr) return nullptr;
      if (!is(p, "</t>")) return stop(p);
      p += 4;
      if (!plain(found, text)) return stop(begin);
      const bool white = !text.empty() && (is_white(text.front()) || is_white(text.back()));
      if (found.underscore || (white && !preserve)) {
        if (text.data() != scratch_.data()) scratch_.assign(text);
        scratch_.resize(text.size());
        text = finish_text(scratch_, preserve);
      }
    }
    p = space(p);
  }
  if (is(p, "<phoneticPr ")) { // how a pronunciation would be shown
    p = tag(p + std::strlen("<phoneticPr"));
    if (p == nullptr) return nullptr;
    if (!empty_) return stop(p - 1);
    p = space(p);
  }
  return p;
}

} // namespace appraise::xlsx
