#include "engine/input/xlsx/archive.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>

namespace appraise::xlsx {

namespace {

constexpr std::size_t kInput = 64 << 10;
constexpr std::uint64_t kFreeOfRatio = 1 << 20; // small parts may fold as well as they like

} // namespace

struct PartReader::Inflater {
  inflate_state state;
  std::uint8_t input[kInput];
};

PartReader::PartReader(Archive& archive, Entry& entry) : archive_(archive), entry_(entry), folded_left_(entry.folded) {
  open();
}

void PartReader::open() {
  const ReadLimits& limits = archive_.limits();
  if (entry_.encrypted) return fail("xlsx-encrypted");
  if (entry_.method != 0 && entry_.method != 8) return fail("xlsx-broken");
  // What the directory admits to is refused before anything is unfolded; what it hides, on the way.
  if (entry_.unfolded > limits.entry_bytes) return fail("limit-entry", limits.entry_bytes);
  const auto offset = archive_.data_offset(entry_);
  if (!offset) return fail("xlsx-broken");
  offset_ = *offset;
  if (entry_.method == 0) {
    if (entry_.folded != entry_.unfolded) fail("xlsx-broken");
    return;
  }
  inflater_ = std::make_unique_for_overwrite<Inflater>();
  isal_inflate_init(&inflater_->state);
}

PartReader::~PartReader() = default;

void PartReader::fail(const char* rule, std::uint64_t limit) {
  fault_ = ReadFault{.rule = rule, .found = entry_.name, .expected = limit == 0 ? "" : std::to_string(limit)};
}

std::size_t PartReader::read(char* to, std::size_t count) {
  if (fault_ || ended_) return 0;
  const std::size_t got = entry_.method == 0 ? read_stored(to, count) : read_deflated(to, count);
  check(to, got);
  return fault_ ? 0 : got;
}

void PartReader::check(const char* bytes, std::size_t count) {
  if (fault_) return;
  const ReadLimits& limits = archive_.limits();
  // ISA-L takes a pointer to bytes that it does not change.
  auto* start = reinterpret_cast<std::uint8_t*>(const_cast<char*>(bytes));
  checksum_ = crc32_gzip_refl(checksum_, start, count);
  unfolded_ += count;
  if (unfolded_ > limits.entry_bytes) return fail("limit-entry", limits.entry_bytes);
  if (unfolded_ > kFreeOfRatio && unfolded_ / std::max<std::uint64_t>(1, limits.inflate_ratio) > entry_.folded)
    return fail("limit-ratio", limits.inflate_ratio);
  if (!archive_.count(entry_, unfolded_)) return fail("limit-inflate", limits.inflated_bytes);
  const bool same = unfolded_ == entry_.unfolded && checksum_ == entry_.checksum;
  if (unfolded_ > entry_.unfolded || (ended_ && !same)) fail("xlsx-checksum");
}

std::size_t PartReader::read_stored(char* to, std::size_t count) {
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, folded_left_));
  const std::size_t got = archive_.source().read(offset_, to, wanted);
  if (got < wanted) fail("xlsx-broken");
  offset_ += got;
  folded_left_ -= got;
  ended_ = folded_left_ == 0;
  return got;
}

std::size_t PartReader::read_deflated(char* to, std::size_t count) {
  inflate_state& state = inflater_->state;
  std::size_t done = 0;
  while (done < count && !ended_) {
    if (state.avail_in == 0 && folded_left_ > 0) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(kInput, folded_left_));
      const std::size_t got = archive_.source().read(offset_, reinterpret_cast<char*>(inflater_->input), wanted);
      if (got < wanted) {
        fail("xlsx-broken");
        break;
      }
      offset_ += got;
      folded_left_ -= got;
      state.next_in = inflater_->input;
      state.avail_in = static_cast<std::uint32_t>(got);
    }
    const std::uint32_t room = static_cast<std::uint32_t>(std::min<std::size_t>(count - done, 1u << 30));
    const std::uint32_t input = state.avail_in;
    state.next_out = reinterpret_cast<std::uint8_t*>(to + done);
    state.avail_out = room;
    const int result = isal_inflate(&state);
    const std::uint32_t made = room - state.avail_out;
    done += made;
    ended_ = result >= 0 && state.block_state == ISAL_BLOCK_FINISH;
    // Nothing read and nothing made: the data end before their last block.
    const bool stuck = made == 0 && state.avail_in == input && !ended_;
    if (result < 0 || stuck) {
      fail("xlsx-broken");
      break;
    }
  }
  return done;
}

} // namespace appraise::xlsx
