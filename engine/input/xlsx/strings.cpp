#include "engine/input/xlsx/strings.h"

#include "engine/input/xlsx/item_text.h"
#include "engine/input/xlsx/quick_xml.h"
#include "engine/input/xlsx/two_ways.h"

#include <algorithm>
#include <limits>

namespace appraise::xlsx {

namespace {

class StringsPart : public TwoWays {
public:
  StringsPart(Archive& archive, Entry& entry, SharedStrings& strings)
      : TwoWays(archive, entry, "sst", "sst"), limits_(archive.limits()), strings_(strings), item_(limits_.cell_bytes),
        most_bytes_(std::min<std::uint64_t>(limits_.shared_string_bytes, std::numeric_limits<std::uint32_t>::max())) {
    strings.expect(static_cast<std::size_t>(std::min({entry.unfolded, limits_.entry_bytes, most_bytes_})));
  }

private:
  bool add(std::string_view text) {
    if (text.size() > limits_.cell_bytes) return fail("limit-cell", limits_.cell_bytes);
    if (strings_.bytes() + text.size() + 4 > most_bytes_) return fail("limit-strings", most_bytes_);
    strings_.add(text);
    return true;
  }

  const char* quick_element(QuickXml& xml, const char* p) override {
    if (!QuickXml::is(p, "<si")) return xml.stop(p);
    if (QuickXml::is(p, "<si/>")) return add({}) ? p + 5 : nullptr;
    if (p[3] != '>') return xml.stop(p);
    std::string_view text;
    p = xml.item(p + 4, text);
    if (p == nullptr) return nullptr;
    if (!QuickXml::is(p, "</si>")) return xml.stop(p);
    return add(text) ? p + 5 : nullptr;
  }

  void start_inside(const XmlName& name, const XmlAttributes& attributes) override {
    if (depth() == 2) {
      in_item_ = name.local == "si" && is_sheet_space(name.space);
      item_.clear();
    } else if (in_item_) {
      item_.start(name, attributes);
    }
  }
  void end_inside(const XmlName& name) override {
    if (depth() > 2 && in_item_) item_.end(name);
    if (depth() == 2 && in_item_) {
      in_item_ = false;
      add(item_.whole());
    }
  }
  void text_inside(std::string_view bytes) override {
    if (in_item_ && !item_.text(bytes)) fail("limit-cell", limits_.cell_bytes);
  }

  ReadLimits limits_;
  SharedStrings& strings_;
  ItemText item_;
  std::uint64_t most_bytes_;
  bool in_item_ = false;
};

} // namespace

std::optional<ReadFault> read_strings(Archive& archive, Entry& entry, bool by_expat, SharedStrings& strings) {
  StringsPart part(archive, entry, strings);
  if (by_expat) part.leave_to_expat();
  while (part.step()) {
  }
  return part.fault() == nullptr ? std::nullopt : std::optional(*part.fault());
}

} // namespace appraise::xlsx
