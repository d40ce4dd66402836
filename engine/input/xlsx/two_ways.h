// A large part, sheet or shared strings, read in one of two ways that give the same.
//
//   Expat reads what stands around the container (<sheetData>, <sst>): it judges the document, finds the encoding and
//   the namespaces. What stands inside is read element by element by a quick scanner; at the first element that it does
//   not know, or that is wrong, it leaves the rest to expat, from the beginning of that element. So the quick scanner
//   need not be able to say what is wrong, and no input is read by it that expat would read otherwise.
#pragma once

#include "engine/input/xlsx/quick_xml.h"
#include "engine/input/xlsx/window.h"
#include "engine/input/xlsx/xml.h"

#include <optional>
#include <string_view>

namespace appraise::xlsx {

class TwoWays : private XmlHandler {
public:
  TwoWays(Archive& archive, Entry& entry, std::string_view root, std::string_view container);

  void leave_to_expat() { quick_allowed_ = false; }
  bool step(); // a piece of the work; false at the end and at a fault
  const ReadFault* fault() const { return fault_ ? &*fault_ : nullptr; }
  std::uint64_t quick_elements() const { return quick_elements_; }

protected:
  // Behind the element at `p`; nullptr when the scanner stopped or failed.
  virtual const char* quick_element(QuickXml& xml, const char* p) = 0;
  // What expat must be told to be where the scanner is, such as <row>.
  virtual std::string_view open_tags() const { return {}; }
  virtual std::int64_t line() const { return 0; } // for faults
  virtual bool enough() const { return false; }   // step() is to return

  // By expat, for what is inside the container.
  virtual void start_inside(const XmlName& name, const XmlAttributes& attributes) = 0;
  virtual void end_inside(const XmlName& name) = 0;
  virtual void text_inside(std::string_view bytes) = 0;

  std::size_t depth() const { return parser_.depth(); } // of the element that begins or ends; the root's is 1
  void pause() { parser_.pause(); }
  bool fail(ReadFault fault);                       // false, for return
  bool fail(const char* rule, std::uint64_t limit); // of this part

private:
  enum class Phase { around, quick, expat, done };

  void start(const XmlName& name, const XmlAttributes& attributes) override;
  void end(const XmlName& name) override;
  void text(std::string_view bytes) override;
  void step_around();
  void step_quick();
  void step_expat();
  bool more();
  void settle(bool went_well);
  bool container_is_plain(const char* piece, std::size_t count, std::uint64_t before) const;

  std::string_view root_;
  std::string_view container_;
  PartReader part_;
  Window window_;
  XmlParser parser_;
  QuickXml xml_;
  Phase phase_ = Phase::around;
  bool quick_allowed_ = true;
  bool inside_ = false;
  bool plain_name_ = false; // the container's name has no prefix
  bool all_fed_ = false;
  std::uint64_t fed_ = 0;
  std::uint64_t container_at_ = 0;
  std::uint64_t quick_elements_ = 0;
  std::optional<ReadFault> fault_;
};

} // namespace appraise::xlsx
