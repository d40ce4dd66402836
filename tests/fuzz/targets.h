// What the fuzzers feed their bytes to, and what must hold whatever the bytes are: an end in bounded memory, blocks
// that are what grid.h says, faults with a name and a place, and the same result by every way of reading. What does not
// hold ends the process with its words on stderr, so that the fuzzer keeps the bytes; kept ones are read again by
// tests/unit/fuzz_finds_test.cpp.
#pragma once

#include <string_view>

namespace appraise::fuzz {

void csv(std::string_view bytes);      // the first byte says the size of the buffer
void xlsx(std::string_view bytes);     // a workbook, or parts of one that are put together here
void encoding(std::string_view bytes); // UTF-8, GB18030 beside the C library's, UTF-16
void headers(std::string_view bytes);  // a table's first rows, as CSV

} // namespace appraise::fuzz
