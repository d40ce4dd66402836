#include "engine/input/xlsx/two_ways.h"

#include <algorithm>

namespace appraise::xlsx {

namespace {

constexpr std::size_t kPiece = 64 << 10; // for expat, which looks again at a tag that is not whole
constexpr std::uint64_t kLongTag = 4096; // many > in one tag or comment: no longer worth to stop at each

} // namespace

TwoWays::TwoWays(Archive& archive, Entry& entry, std::string_view root, std::string_view container)
    : root_(root), container_(container), part_(archive, entry), window_(part_),
      parser_(entry.name, archive.limits(), *this), xml_(parser_) {
  if (part_.fault() != nullptr) fail(*part_.fault());
}

bool TwoWays::fail(ReadFault fault) {
  if (!fault_) {
    fault_ = std::move(fault);
    if (fault_->line == 0) fault_->line = line();
    parser_.fail(*fault_);
  }
  phase_ = Phase::done;
  return false;
}

bool TwoWays::fail(const char* rule, std::uint64_t limit) {
  return fail(ReadFault{.rule = rule, .found = part_.name(), .expected = limit == 0 ? "" : std::to_string(limit)});
}

bool TwoWays::step() {
  switch (phase_) {
  case Phase::around: step_around(); break;
  case Phase::quick: step_quick(); break;
  case Phase::expat: step_expat(); break;
  case Phase::done: break;
  }
  return phase_ != Phase::done;
}

bool TwoWays::more() {
  const bool got = window_.refill();
  if (part_.fault() != nullptr) return fail(*part_.fault());
  return got;
}

void TwoWays::settle(bool went_well) {
  if (went_well) {
    if (all_fed_) phase_ = Phase::done;
  } else if (parser_.fault() != nullptr) {
    fail(*parser_.fault());
  }
}

// Up to and with each >, so that the container's tag ends a piece and the scanner can begin behind it.
void TwoWays::step_around() {
  if (window_.size() == 0 && !more()) {
    if (phase_ != Phase::done) phase_ = Phase::expat;
    return;
  }
  const char* piece = window_.at;
  const auto* close = static_cast<const char*>(std::memchr(piece, '>', window_.size()));
  const std::size_t count = close == nullptr ? window_.size() : static_cast<std::size_t>(close + 1 - piece);
  const std::uint64_t before = fed_;
  fed_ += count;
  window_.at += count;
  settle(parser_.feed(piece, count, false));
  if (phase_ == Phase::done) return;
  if (!inside_) {
    if (parser_.held() > kLongTag) phase_ = Phase::expat;
    return;
  }
  phase_ = quick_allowed_ && container_is_plain(piece, count, before) ? Phase::quick : Phase::expat;
}

bool TwoWays::container_is_plain(const char* piece, std::size_t count, std::uint64_t before) const {
  if (!plain_name_ || !parser_.is_utf8() || container_at_ < before || piece[count - 1] != '>') return false;
  const std::string_view tag(piece + (container_at_ - before),
                             count - static_cast<std::size_t>(container_at_ - before));
  return tag.size() > container_.size() && tag.front() == '<' && tag.substr(1, container_.size()) == container_;
}

void TwoWays::step_quick() {
  while (!enough()) {
    const char* begin = QuickXml::space(window_.at);
    const char* behind = quick_element(xml_, begin);
    if (behind != nullptr) {
      window_.at = behind;
      ++quick_elements_;
      continue;
    }
    if (fault_) return;
    // Stopped close to the end: perhaps only because there is more to come.
    if (window_.end - xml_.at() < 64 && more()) return;
    if (fault_) return;
    phase_ = Phase::expat;
    const std::string_view tags = open_tags();
    if (!tags.empty()) settle(parser_.feed(tags.data(), tags.size(), false));
    return;
  }
}

void TwoWays::step_expat() {
  if (parser_.paused()) return settle(parser_.go_on());
  if (window_.size() == 0 && !more()) {
    if (phase_ == Phase::done) return;
    all_fed_ = true;
    return settle(parser_.feed("", 0, true));
  }
  const std::size_t count = std::min(window_.size(), kPiece);
  const char* piece = window_.at;
  window_.at += count;
  settle(parser_.feed(piece, count, false));
}

void TwoWays::start(const XmlName& name, const XmlAttributes& attributes) {
  if (inside_) return start_inside(name, attributes);
  if (depth() == 1 && (name.local != root_ || !is_sheet_space(name.space))) {
    fail("xlsx-broken", 0);
    return;
  }
  if (depth() > 2 || name.local != container_ || !is_sheet_space(name.space)) return;
  inside_ = true;
  plain_name_ = name.prefix.empty();
  container_at_ = parser_.position();
}

void TwoWays::end(const XmlName& name) {
  if (!inside_) return;
  if (name.local == container_ && depth() == (root_ == container_ ? 1 : 2))
    inside_ = false;
  else
    end_inside(name);
}

void TwoWays::text(std::string_view bytes) {
  if (inside_) text_inside(bytes);
}

} // namespace appraise::xlsx
