// The text of <si> or <is> as expat gives it: runs joined, phonetic runs left out.
#pragma once

#include "engine/input/xlsx/text.h"
#include "engine/input/xlsx/xml.h"

#include <string>
#include <string_view>

namespace appraise::xlsx {

class ItemText {
public:
  explicit ItemText(std::uint64_t limit) : limit_(limit) {}

  void clear() {
    whole_.clear();
    phonetic_ = 0;
    in_text_ = false;
  }
  // Elements and text within the item. False when it becomes longer than a cell may be.
  void start(const XmlName& name, const XmlAttributes& attributes) {
    if (!is_sheet_space(name.space)) return;
    if (name.local == "rPh") ++phonetic_;
    if (name.local != "t" || phonetic_ > 0) return;
    in_text_ = true;
    preserve_ = attributes.in_space("XML/1998/namespace", "space") == "preserve";
    run_.clear();
  }
  void end(const XmlName& name) {
    if (!is_sheet_space(name.space)) return;
    if (name.local == "rPh" && phonetic_ > 0) --phonetic_;
    if (name.local != "t" || !in_text_) return;
    in_text_ = false;
    whole_ += finish_text(run_, preserve_);
  }
  bool text(std::string_view bytes) {
    if (in_text_) run_ += bytes;
    // _x4E00_ is seven bytes for three, at most seven for one.
    return run_.size() <= limit_ * 7 + 64 && whole_.size() <= limit_;
  }
  const std::string& whole() const { return whole_; }

private:
  std::uint64_t limit_;
  std::string whole_;
  std::string run_;
  int phonetic_ = 0;
  bool in_text_ = false;
  bool preserve_ = false;
};

} // namespace appraise::xlsx
