// SHA-256, as 64 hexadecimal digits: the name of a file's content in the manifest.
//
//   sha256_of("abc");   // "ba7816bf…15ad"
//
//   Sha256 digest;
//   digest.add("a");
//   digest.add("bc");
//   digest.hex();       // the same
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace appraise {

class Sha256 {
public:
  void add(std::string_view bytes);
  std::string hex() const; // of all bytes added until now

private:
  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<char, 64> rest_{}; // bytes that do not fill a block yet
  std::size_t kept_ = 0;
  std::uint64_t size_ = 0;
};

std::string sha256_of(std::string_view bytes);

} // namespace appraise
