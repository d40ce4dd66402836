#include "engine/digest.h"
#include "engine/input/csv.h"
#include "engine/input/input.h"
#include "engine/input/unicode.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

std::string rule_of(const std::string& bytes) {
  Problems problems;
  const auto decoded = decode(bytes, "a.csv", problems);
  if (decoded) return decoded->encoding;
  return problems.at(0).rule;
}

TEST(Encoding, EachKindIsToldApart) {
  EXPECT_EQ(rule_of("案号,1\n"), "UTF-8");
  EXPECT_EQ(rule_of("\xEF\xBB\xBF"
                    "a\n"),
            "UTF-8 BOM");
  EXPECT_EQ(rule_of("\xB0\xB8\xBA\xC5,1\n"), "GB18030"); // 案号
  EXPECT_EQ(rule_of(std::string("\xFF\xFE\x48\x68\x0A\x00", 6)), "UTF-16LE");
  EXPECT_EQ(rule_of(std::string("\xFE\xFF\x68\x48\x00\x0A", 6)), "UTF-16BE");
  EXPECT_EQ(rule_of(""), "file-empty");
  EXPECT_EQ(rule_of("\xEF\xBB\xBF"), "file-empty");
  EXPECT_EQ(rule_of(" \r\n"), "file-empty");
}

TEST(Encoding, FourByteAndSurrogates) {
  Problems problems;
  EXPECT_EQ(decode("\x95\x34\xB2\x35,\xB0\xB8\n", "a.csv", problems)->text, "𠮷,案\n");
  EXPECT_EQ(decode(std::string("\xFF\xFE\x42\xD8\xB7\xDF", 6), "a.csv", problems)->text, "𠮷");
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(rule_of(std::string("\xFF\xFE\x42\xD8\x41\x00", 6)), "bytes-broken"); // half a pair
  EXPECT_EQ(rule_of(std::string("\xFF\xFE\x41", 3)), "bytes-broken");
}

TEST(Encoding, BrokenBytesHaveLineColumnAndOffset) {
  Problems problems;
  EXPECT_FALSE(decode("案号,单位\n甲甲,\"乙\n,\",\xFF\n", "a.csv", problems));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "bytes-broken");
  EXPECT_EQ(problems[0].place.row, 3);
  EXPECT_EQ(problems[0].place.column, 3);
  EXPECT_EQ(problems[0].place.byte, 29);
  EXPECT_EQ(problems[0].found, "FF 0A");
}

TEST(Encoding, TwoEncodingsInOneFile) {
  EXPECT_EQ(rule_of("案件编号,省份\n\xB0\xB8\xBA\xC5,1\n"), "bytes-mixed");
  EXPECT_EQ(rule_of("\xB0\xB8\xBA\xC5,1\n案件编号,省份\n"), "bytes-mixed");
  EXPECT_EQ(rule_of("a\x80\n"), "bytes-broken");       // neither
  EXPECT_EQ(invalid_utf8("abcdefgh\xED\xA0\x80"), 8u); // a surrogate
  EXPECT_EQ(invalid_utf8("\xF4\x90\x80\x80"), 0u);     // beyond U+10FFFF
  EXPECT_EQ(invalid_utf8("案\xE6\xA1"), 3u);           // cut short
  EXPECT_EQ(invalid_utf8("案𠮷a"), std::string::npos);
}

TEST(Encoding, Normalised) {
  EXPECT_EQ(normalised(" 案　号（Ａ１）\n\xE2\x80\x8B"), "案号(A1)");
  EXPECT_EQ(identity_text("京知〔2017〕1号"), identity_text("京知[2017] １号"));
  EXPECT_NE(identity_text("京知〔2017〕1号"), identity_text("京知〔2017〕2号"));
  EXPECT_EQ(trimmed("　 a b\t"), "a b");
  EXPECT_EQ(trimmed("　"), "");
}

TEST(Encoding, Digest) {
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"); // FIPS 180-4 examples
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

std::vector<std::vector<std::string>> cells(const std::string& text) {
  Problems problems;
  std::vector<std::vector<std::string>> result;
  for (const CsvRow& row : split_csv(text, "a.csv", problems))
    result.push_back(row.fields);
  return result;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, LineEndsQuotesAndSeparators) {
  const Rows expected = {{"a", "b"}, {"1", "2"}};
  for (const char* text : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "a,b\n\n1,2\n\n", "a;b\n1;2\n",
                           "a\tb\n1\t2\n", "sep=;\r\na;b\r\n1;2\r\n", "\"a\",\"b\"\n1,\"2\""}) {
    EXPECT_EQ(cells(text), expected) << text;
  }
  EXPECT_EQ(cells("a,b\n\"x \"\"y\"\" z\",\"\"\n"), (Rows{{"a", "b"}, {"x \"y\" z", ""}}));
  EXPECT_EQ(cells("a,b\nx\"y,\n"), (Rows{{"a", "b"}, {"x\"y", ""}}));
}

TEST(Csv, LinesArePhysical) {
  Problems problems;
  const auto rows = split_csv("a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\r\n", "a.csv", problems);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_EQ(rows[1].fields[1], "x\r\ny");
  EXPECT_EQ(rows[2].line, 5);
  EXPECT_TRUE(problems.empty());
}

TEST(Csv, Faults) {
  const auto fault = [](const std::string& text) {
    Problems problems;
    split_csv(text, "a.csv", problems);
    return problems.empty() ? Problem{} : problems.front();
  };
  const Problem open = fault("a,b\n1,\"2\n3,4\n");
  EXPECT_EQ(open.rule, "quote-unterminated");
  EXPECT_EQ(open.place.row, 2);
  EXPECT_EQ(open.place.column, 2);
  EXPECT_EQ(fault("a,b\n\"1\"x,2\n").rule, "quote-misplaced");
  const Problem nul = fault(std::string("a,b\n1,2\0,3\n", 11));
  EXPECT_EQ(nul.rule, "nul-byte");
  EXPECT_EQ(nul.place.row, 2);
  EXPECT_EQ(nul.place.column, 2);
  const Problem ragged = fault("a,b\n1\n");
  EXPECT_EQ(ragged.rule, "row-ragged");
  EXPECT_EQ(ragged.found, "1");
  EXPECT_EQ(ragged.expected, "2");
}

} // namespace
} // namespace appraise
