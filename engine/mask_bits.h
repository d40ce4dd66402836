// A Highway mask as an integer, bit i for lane i. For files that are compiled once for each target; not for HWY_SCALAR.
// (Through a variable of its own for each vector: halves written to memory apart and read together would stall.)
#if defined(APPRAISE_MASK_BITS_TOGGLE) == defined(HWY_TARGET_TOGGLE)
#ifdef APPRAISE_MASK_BITS_TOGGLE
#undef APPRAISE_MASK_BITS_TOGGLE
#else
#define APPRAISE_MASK_BITS_TOGGLE
#endif

#include <cstdint>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace appraise {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR
template <class D, class Mask> HWY_INLINE std::uint64_t mask_bits(const D d, const Mask mask) {
  std::uint64_t bits = 0;
  hwy::HWY_NAMESPACE::StoreMaskBits(d, mask, reinterpret_cast<std::uint8_t*>(&bits));
  return bits;
}
#endif

} // namespace HWY_NAMESPACE
} // namespace appraise
HWY_AFTER_NAMESPACE();
#endif
