#include "engine/digest.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

// FIPS 180-4 examples; the last is checked with sha256sum.
TEST(Sha256, TestVectors) {
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_of(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesOfAnySizeGiveTheSame) {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += static_cast<char>(i);
  for (std::size_t piece = 1; piece <= 130; ++piece) {
    Sha256 digest;
    for (std::size_t at = 0; at < text.size(); at += piece)
      digest.add(std::string_view(text).substr(at, piece));
    ASSERT_EQ(digest.hex(), sha256_of(text)) << piece;
  }
  Sha256 digest;
  digest.add("ab");
  EXPECT_EQ(digest.hex(), sha256_of("ab"));
  digest.add("c"); // asking does not end it
  EXPECT_EQ(digest.hex(), sha256_of("abc"));
}

} // namespace
} // namespace appraise
