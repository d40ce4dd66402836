// The same key twice in one file, in twelve bytes a row: what the whole of the records is too large for.
//
//   A row is kept as a 64-bit hash of its key and its place in the file. Rows of equal hash are looked at a second
//   time, in their text: a hash alone proves nothing. Two different keys share one hash with a chance of rows² ÷ 2⁶⁵
//   (three in a million for ten million rows), and then cost a look and no error; equal keys always share it. The rules
//   are those of identity.h for one snapshot.
//
//   Duplicates duplicates;
//   Duplicates::Part part(type, key_hashes); // one for each part of the file
//   part.add(batch);  duplicates.join(std::move(part));
//   for (std::int64_t row : duplicates.suspects()) …   // rows to look at again, counted from 0, in order
#pragma once

#include "engine/input/identity.h"

#include <cstdint>
#include <string>
#include <vector>

namespace appraise {

class Duplicates {
public:
  // Hashes of what the rows of a batch are compared by (key_hashes, claim_hashes); rows that are compared with none are
  // incomplete.
  using HashesOf = void (*)(const RecordType&, const Batch&, KeyHashes& hashes);

  class Part {
  public:
    Part(const RecordType& type, HashesOf hashes_of) : type_(&type), hashes_of_(hashes_of) {}
    void add(const Batch& batch);
    void end(); // no more rows: may run beside other parts
    const std::vector<std::uint32_t>& without_key() const { return without_key_; } // rows of the batch added last

  private:
    friend class Duplicates;
    const RecordType* type_;
    HashesOf hashes_of_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::uint32_t> rows_; // within the part
    std::vector<std::uint32_t> bucket_ends_;
    std::vector<std::uint32_t> without_key_;
    std::uint32_t count_ = 0;
    KeyHashes of_batch_;
  };

  void join(Part part); // in the order of the file
  void clear() { parts_.clear(), rows_ = 0; }
  std::vector<std::int64_t> suspects(int threads) const;

private:
  struct Joined {
    Part part;
    std::int64_t first_row;
  };
  std::vector<Joined> parts_;
  std::int64_t rows_ = 0;
};

} // namespace appraise
