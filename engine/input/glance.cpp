#include "engine/input/glance.h"

#include <algorithm>
#include <bitset>

namespace appraise {

void Glance::add(std::string_view spelling, std::int64_t value) {
  if (spelling.size() > kLongest) return;
  Known& known = known_.emplace_back();
  known.value = value;
  spelling.copy(known.text.bytes.data(), spelling.size());
  const Words words = words_of(known.text.bytes.data(), spelling.size());
  known.head = words[0];
  known.mixed = mixed(words);
  if (put_few()) return;
  bool all = bits_ != 0 && put(known_.size() - 1);
  for (unsigned bits = std::max(kLeastBits, bits_ + 1); !all && bits <= kMostBits; ++bits) {
    clear(bits);
    all = true;
    for (std::size_t i = 0; i < known_.size(); ++i)
      all = put(i) && all;
  }
}

// As many groups as half the places: few have more than two spellings.
void Glance::clear(unsigned bits) {
  bits_ = bits;
  const std::size_t places = std::size_t{1} << bits;
  texts_.assign(places, Text());
  values_.assign(places, kMissing);
  taken_.assign(places, false);
  groups_.assign(places / 2, {});
  moved_.assign(places / 2, 0);
}

void Glance::write(const Known& known, std::size_t at) {
  texts_[at] = known.text;
  values_[at] = known.value;
}

bool Glance::put_few() {
  constexpr int kTries = 64;
  if (bits_ != 0) return false; // they are more already
  const std::uint64_t before = few_;
  few_ = 0;
  std::uint64_t multiplier = before == 0 ? kMultiplier : before;
  for (int tries = 0; known_.size() <= kFew && few_ == 0 && tries < kTries; ++tries) {
    std::bitset<std::size_t{1} << kLeastBits> taken;
    for (const Known& known : known_)
      taken.set(place_of_few(known.head, multiplier));
    if (taken.count() == known_.size()) {
      few_ = multiplier;
    } else {
      multiplier = multiplier * 0xD1342543DE82EF95u | 1;
    }
  }
  if (few_ == 0) return false;
  texts_.assign(std::size_t{1} << kLeastBits, Text());
  values_.assign(std::size_t{1} << kLeastBits, kMissing);
  for (const Known& known : known_)
    write(known, place_of_few(known.head, few_));
  return true;
}

// False: more places are wanted; at kMostBits the spelling is left out.
bool Glance::put(std::size_t known) {
  if (known * 4 > texts_.size() * 3) return false;
  const Places places = this->places();
  const std::size_t group = known_[known].mixed >> places.group_shift & places.last_group;
  std::vector<std::uint16_t>& members = groups_[group];
  const auto same = [&](std::uint16_t other) { return known_[other].mixed == known_[known].mixed; };
  if (std::any_of(members.begin(), members.end(), same)) return true; // no place keeps them apart
  for (const std::uint16_t member : members)
    taken_[place_of(member, moved_[group])] = false;
  members.push_back(static_cast<std::uint16_t>(known));
  if (settle(group)) return true;
  members.pop_back();
  settle(group);
  return false;
}

// Free places for all of the group, if there are.
bool Glance::settle(std::size_t group) {
  const std::vector<std::uint16_t>& members = groups_[group];
  for (std::size_t moved = 0; moved < texts_.size(); ++moved) {
    std::size_t settled = 0;
    for (; settled < members.size() && !taken_[place_of(members[settled], moved)]; ++settled)
      taken_[place_of(members[settled], moved)] = true;
    if (settled == members.size()) {
      moved_[group] = static_cast<std::uint16_t>(moved);
      for (const std::uint16_t member : members)
        write(known_[member], place_of(member, moved));
      return true;
    }
    while (settled > 0)
      taken_[place_of(members[--settled], moved)] = false;
  }
  return false;
}

} // namespace appraise
