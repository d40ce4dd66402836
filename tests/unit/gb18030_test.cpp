// Second source: the C library's iconv, code by code.
#include "engine/input/gb18030.h"
#include "engine/input/unicode.h"
#include "engine/input/utf8_simd.h"
#include "tests/unit/targets.h"

#include <gtest/gtest.h>
#include <iconv.h>
#include <random>

namespace appraise {
namespace {

class Iconv {
public:
  Iconv() : handle_(iconv_open("UTF-8", "GB18030")) {}
  Iconv(const Iconv&) = delete;
  Iconv& operator=(const Iconv&) = delete;
  ~Iconv() { iconv_close(handle_); }
  // The offset of the first character that it refuses; npos when there is none.
  std::size_t decode(const std::string& bytes, std::string& text) const {
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    text.assign(bytes.size() * 2 + 16, '\0');
    char* in = const_cast<char*>(bytes.data());
    std::size_t in_left = bytes.size();
    char* out = text.data();
    std::size_t out_left = text.size();
    const std::size_t result = iconv(handle_, &in, &in_left, &out, &out_left);
    text.resize(text.size() - out_left);
    return result == static_cast<std::size_t>(-1) ? bytes.size() - in_left : std::string::npos;
  }

private:
  iconv_t handle_;
};

// Both ways: appended to a text, and written to where there is just the room, whatever stands behind the bytes.
std::string decoded(const std::string& bytes) {
  std::string text;
  append_gb18030(bytes, text);
  for (const char behind : {'\0', 'a', '\x81', '\xB0', '\xFF'}) {
    const std::string readable = bytes + std::string(8, behind);
    std::string written(utf8_room(bytes.size()), '?');
    written.resize(write_gb18030(std::string_view(readable).substr(0, bytes.size()), written.data()));
    EXPECT_EQ(written, text) << bytes;
  }
  return text;
}

std::string four_bytes(unsigned number) {
  std::string code;
  code += static_cast<char>(0x81 + number / 12600);
  code += static_cast<char>(0x30 + number / 1260 % 10);
  code += static_cast<char>(0x81 + number / 10 % 126);
  code += static_cast<char>(0x30 + number % 10);
  return code;
}

TEST(Gb18030, EveryCodeOfOneAndTwoBytesAsIconv) {
  const Iconv iconv_;
  std::string text;
  for (unsigned first = 0; first < 256; ++first) {
    const std::string one(1, static_cast<char>(first));
    EXPECT_EQ(invalid_gb18030(one), iconv_.decode(one, text)) << first;
    for (unsigned second = 0; second < 256; ++second) {
      const std::string two = one + static_cast<char>(second);
      const std::size_t bad = iconv_.decode(two, text);
      ASSERT_EQ(invalid_gb18030(two), bad) << first << " " << second;
      if (bad == std::string::npos) {
        ASSERT_EQ(decoded(two), text) << first << " " << second;
      }
    }
  }
}

TEST(Gb18030, EveryCodeOfFourBytesAsIconv) {
  const Iconv iconv_;
  std::string text;
  for (unsigned number = 0; number < 126 * 12600;
       number +=
       number < 40000 || (number > 188900 && number < 190000) || (number > 1237000 && number < 1238000) ? 1 : 37) {
    const std::string code = four_bytes(number);
    const std::size_t bad = iconv_.decode(code, text);
    ASSERT_EQ(invalid_gb18030(code), bad) << number;
    if (bad == std::string::npos) {
      ASSERT_EQ(decoded(code), text) << number;
    }
  }
}

// Four characters are taken at once: each kind stands in each place of one to nine, between others of two bytes.
TEST(Gb18030, EachKindOfCharacterInEachPlace) {
  const Iconv iconv_;
  const std::string plain = "\xB0\xB8";
  for (const std::string& other : {std::string("a"), std::string("ab"), std::string("\0\0", 2), std::string("\xA1\xA4"),
                                   std::string("\xA8\xA2"), four_bytes(0), four_bytes(6000), four_bytes(189000)}) {
    for (unsigned count = 1; count <= 9; ++count) {
      for (unsigned place = 0; place < count; ++place) {
        std::string bytes, text;
        for (unsigned i = 0; i < count; ++i)
          bytes += i == place ? other : plain;
        ASSERT_EQ(iconv_.decode(bytes, text), std::string::npos);
        ASSERT_EQ(decoded(bytes), text) << other << " at " << place << " of " << count;
      }
    }
  }
}

TEST(Gb18030, WhatIsCutOffIsRefusedAtItsFirstByte) {
  EXPECT_EQ(invalid_gb18030("a\xB0"), 1u);
  EXPECT_EQ(invalid_gb18030("\xB0\xB8\x95"), 2u);
  EXPECT_EQ(invalid_gb18030("\xB0\xB8\x95\x34"), 2u);
  EXPECT_EQ(invalid_gb18030("\xB0\xB8\x95\x34\xB2"), 2u);
  EXPECT_EQ(invalid_gb18030("\xB0\xB8\x95\x34\xB2\x35"), std::string::npos);
  EXPECT_EQ(invalid_gb18030("a\x80"), 1u);
  EXPECT_EQ(invalid_gb18030("a\xFF"), 1u);
  EXPECT_EQ(decoded("\xB0\xB8"
                    "a\x95\x34\xB2\x35"),
            "案a𠮷");
}

// Texts in which every kind of character meets every place of a 64-byte word, some spoilt by one byte.
TEST(Gb18030, RandomTextsOnEveryTarget) {
  const Iconv iconv_;
  std::mt19937_64 random(7);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) {
    std::string bytes;
    const unsigned kinds = below(4) + 1;
    for (unsigned n = below(120); n > 0; --n) {
      switch (below(kinds)) {
      case 0: bytes += std::string(below(12), static_cast<char>(below(2) ? '7' : 'a')); break;
      case 1:
        bytes += static_cast<char>(0xB0 + below(0x40));
        bytes += static_cast<char>(0xA1 + below(0x5E));
        break;
      case 2:
        bytes += static_cast<char>(0x81 + below(126));
        bytes += static_cast<char>(below(2) ? 0x40 + below(63) : 0x80 + below(127));
        break;
      default: bytes += four_bytes(below(2) ? below(39420) : 189000 + below(1048576));
      }
    }
    if (below(2) && !bytes.empty()) bytes[below(static_cast<unsigned>(bytes.size()))] = static_cast<char>(below(256));
    if (below(4) == 0) bytes.resize(bytes.size() - bytes.size() / 20);
    texts.push_back(bytes);
  }
  for_every_target([&] {
    std::string text;
    for (const std::string& bytes : texts) {
      const std::size_t bad = iconv_.decode(bytes, text);
      ASSERT_EQ(invalid_gb18030(bytes), bad);
      if (bad == std::string::npos) {
        ASSERT_EQ(decoded(bytes), text);
      }
    }
  });
}

// The reference is invalid_utf8, which goes byte by byte.
TEST(Utf8, EveryTargetAsTheReference) {
  std::mt19937_64 random(8);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::vector<std::string> texts;
  // Each pair and each hostile triple around the border of a word.
  for (const std::size_t place : {0u, 61u, 62u, 63u, 64u, 126u, 127u, 130u}) {
    for (unsigned first = 0x70; first < 256; ++first) {
      for (const unsigned second : {0x00u, 0x7Fu, 0x80u, 0x8Fu, 0x90u, 0x9Fu, 0xA0u, 0xBFu, 0xC0u, 0xFFu}) {
        for (const unsigned third : {0x41u, 0x80u, 0xC3u}) {
          std::string text(140, 'a');
          text[place] = static_cast<char>(first);
          text[place + 1] = static_cast<char>(second);
          text[place + 2] = static_cast<char>(third);
          text[place + 3] = static_cast<char>(0x80 | below(64));
          texts.push_back(text);
        }
      }
    }
  }
  // The same around where a stretch of 1,024 bytes ends, behind the first word; in ASCII and in Chinese.
  for (std::size_t place = 64 + 1024 - 4; place <= 64 + 1024 + 1; ++place) {
    for (unsigned first = 0xBF; first < 256; ++first) {
      for (const unsigned second : {0x41u, 0x80u, 0x8Fu, 0x90u, 0x9Fu, 0xA0u, 0xBFu, 0xE4u}) {
        for (const unsigned third : {0x41u, 0x80u}) {
          for (const char* around : {"a", "中"}) {
            std::string text(place % 3, 'a');
            while (text.size() < place)
              text += around;
            text.resize(place);
            for (const unsigned byte : {first, second, third, 0x80 | below(64)})
              text += static_cast<char>(byte);
            while (text.size() < 1400)
              text += around;
            texts.push_back(text);
          }
        }
      }
    }
  }
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (unsigned n = below(i % 4 == 0 ? 900 : 100); n > 0; --n) {
      const unsigned kind = below(i % 8 == 0 ? 40 : 5); // some are ASCII and three bytes nearly throughout
      append_utf8(text, kind == 0       ? 0x80 + below(0x780)
                        : kind == 1     ? 0x800 + below(0xD000)
                        : kind == 2     ? 0x10000 + below(0x100000)
                        : kind % 2 == 1 ? 0x4E00 + below(0x5000)
                                        : below(128));
      if (below(10) == 0) text += std::string(below(140), 'x');
    }
    if (below(3) > 0 && !text.empty()) text[below(static_cast<unsigned>(text.size()))] = static_cast<char>(below(256));
    if (below(4) == 0 && !text.empty()) text.resize(text.size() - below(3) % text.size());
    texts.push_back(text);
  }
  for_every_target([&] {
    for (const std::string& text : texts)
      ASSERT_EQ(invalid_utf8_simd(text), invalid_utf8(text));
  });
}

} // namespace
} // namespace appraise
