#include "engine/values.h"

#include <algorithm>
#include <cassert>

namespace appraise {

void Values::resize() {
  cells.assign(static_cast<std::size_t>(units) * indicators.size() * slices.size(), Value{});
}

const Value& Values::at(std::int32_t unit, std::size_t indicator, std::size_t slice) const {
  assert(unit >= 0 && unit < units && indicator < indicators.size() && slice < slices.size());
  return cells[(static_cast<std::size_t>(unit) * indicators.size() + indicator) * slices.size() + slice];
}

Value& Values::at(std::int32_t unit, std::size_t indicator, std::size_t slice) {
  return const_cast<Value&>(static_cast<const Values&>(*this).at(unit, indicator, slice));
}

std::size_t Values::indicator(const std::string& id) const {
  const auto found = std::find(indicators.begin(), indicators.end(), id);
  assert(found != indicators.end());
  return static_cast<std::size_t>(found - indicators.begin());
}

std::size_t Values::slice(const std::string& id) const {
  const auto found = std::find_if(slices.begin(), slices.end(), [&](const Slice& slice) { return slice.id == id; });
  assert(found != slices.end());
  return static_cast<std::size_t>(found - slices.begin());
}

} // namespace appraise
