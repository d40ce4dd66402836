// What the processor can do, asked once: the three functions that Highway's headers leave to its library.
//
//   Whoever loads that library waits until it has measured a clock, 3 to 5 ms at each start of the program, for
//   benchmarks that nobody here runs. So its headers are all that is used of it, and these are ours. Tests choose what
//   to run by SetSupportedTargetsForTest.
#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <hwy/highway.h>
#include <hwy/targets.h>
#include <initializer_list>

#if HWY_ARCH_X86
#include <cpuid.h>
#endif

namespace hwy {

namespace {

#if HWY_ARCH_X86

struct Registers {
  unsigned eax = 0;
  unsigned ebx = 0;
  unsigned ecx = 0;
  unsigned edx = 0;
};

Registers cpuid(unsigned leaf) {
  Registers found;
  if (__get_cpuid_count(leaf, 0, &found.eax, &found.ebx, &found.ecx, &found.edx) == 0) return {};
  return found;
}

// Whether the system keeps these registers when it changes from one process to another.
bool system_keeps(unsigned states) {
  unsigned low = 0;
  unsigned high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (low & states) == states;
}

std::int64_t targets_of_machine() {
  const auto all = [](unsigned bits, std::initializer_list<unsigned> wanted) {
    for (const unsigned bit : wanted) {
      if ((bits >> bit & 1) == 0) return false;
    }
    return true;
  };
  const unsigned one = cpuid(1).ecx;
  const Registers seven = cpuid(7);
  std::int64_t targets = HWY_SCALAR;
  if (!all(one, {9})) return targets; // SSSE3
  targets |= HWY_SSSE3;
  if (!all(one, {1, 19, 20, 25})) return targets; // PCLMULQDQ, SSE4.1, SSE4.2, AES
  targets |= HWY_SSE4;
  // OSXSAVE, AVX, FMA, F16C; BMI1, AVX2, BMI2; LZCNT
  if (!all(one, {27, 28, 12, 29}) || !all(seven.ebx, {3, 5, 8}) || !all(cpuid(0x80000001).ecx, {5})) return targets;
  constexpr unsigned kAvx = 0x06;
  constexpr unsigned kAvx512 = 0xE6;
  if (!system_keeps(kAvx)) return targets;
  targets |= HWY_AVX2;
  if (!all(seven.ebx, {16, 17, 28, 30, 31}) || !system_keeps(kAvx512)) return targets; // AVX512 F, DQ, CD, BW, VL
  targets |= HWY_AVX3;
  // VBMI, VBMI2, GFNI, VAES, VPCLMULQDQ, VNNI, BITALG, VPOPCNTDQ
  if (all(seven.ecx, {1, 6, 8, 9, 10, 11, 12, 14})) targets |= HWY_AVX3_DL;
  return targets;
}

#else

std::int64_t targets_of_machine() {
  return HWY_ENABLED_BASELINE | HWY_SCALAR; // what the compiler was told of it
}

#endif

std::atomic<std::int64_t> chosen_for_test{0}; // 0: none is

} // namespace

HWY_DLLEXPORT std::int64_t SupportedTargets() {
  static const std::int64_t of_machine = targets_of_machine();
  const std::int64_t chosen = chosen_for_test;
  return chosen != 0 ? chosen : of_machine;
}

HWY_DLLEXPORT void SetSupportedTargetsForTest(std::int64_t targets) {
  chosen_for_test = targets;
  GetChosenTarget().DeInit();
}

HWY_DLLEXPORT ChosenTarget& GetChosenTarget() {
  static ChosenTarget chosen;
  return chosen;
}

HWY_DLLEXPORT HWY_NORETURN void Abort(const char* file, int line, const char* format, ...) {
  std::fprintf(stderr, "%s:%d: ", file, line);
  va_list arguments;
  va_start(arguments, format);
  std::vfprintf(stderr, format, arguments);
  va_end(arguments);
  std::fputc('\n', stderr);
  std::abort();
}

} // namespace hwy
