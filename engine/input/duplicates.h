// The same key twice in one file, in eight bytes a row: what the whole of the records is too large for.
//
//   Of a row only a 64-bit hash of its key is kept. Rows of a hash that came twice are looked at a second time, in
//   their text: a hash alone proves nothing. Two different keys share one hash with a chance of rows² ÷ 2⁶⁵ (three in a
//   million for ten million rows), and then cost a look and no error; equal keys always share it. The rules are those
//   of identity.h for one snapshot.
//
//   Duplicates duplicates;
//   Duplicates::Part part(type, key_hashes); // one for each part of the file
//   part.add(batch);  duplicates.join(std::move(part));
//   Duplicates::Suspects suspects(type, key_hashes, duplicates.twice(threads));
//   for (std::uint32_t row : suspects.of(batch)) …           // to be looked at again
#pragma once

#include "engine/hash.h"
#include "engine/input/identity.h"

#include <cstdint>
#include <vector>

namespace appraise {

class Duplicates {
public:
  // Hashes of what the rows of a batch are compared by (key_hashes, claim_hashes); rows that are compared with none are
  // incomplete.
  using HashesOf = void (*)(const RecordType&, const Batch&, KeyHashes& hashes);

private:
  // Lists by the hash's upper bits, so that the table of one of them stays in cache for ten million rows.
  static constexpr int kListBits = 8;
  static constexpr std::size_t kLists = std::size_t{1} << kListBits;

public:
  class Part {
  public:
    Part(const RecordType& type, HashesOf hashes_of) : type_(&type), hashes_of_(hashes_of) {}
    void add(const Batch& batch);
    const std::vector<std::uint32_t>& without_key() const { return without_key_; } // rows of the batch added last

  private:
    friend class Duplicates;
    const RecordType* type_;
    HashesOf hashes_of_;
    HashLists lists_{kLists};
    std::vector<std::uint32_t> without_key_;
    KeyHashes of_batch_;
  };

  void join(Part part) { lists_.take(part.lists_); }
  void clear() { lists_ = HashLists(kLists); }
  // Hashes that more than one row has.
  std::vector<std::uint64_t> twice(int threads) const;

  // The rows that have one of such hashes.
  class Suspects {
  public:
    Suspects(const RecordType& type, HashesOf hashes_of, const std::vector<std::uint64_t>& twice);
    const std::vector<std::uint32_t>& of(const Batch& batch); // until asked again

  private:
    const RecordType* type_;
    HashesOf hashes_of_;
    HashSet twice_;
    KeyHashes of_batch_;
    std::vector<std::uint32_t> rows_;
  };

private:
  HashLists lists_{kLists};
};

} // namespace appraise
