#include "engine/input/duplicates.h"

#include "engine/input/parallel.h"

namespace appraise {

void Duplicates::Part::add(const Batch& batch) {
  without_key_.clear();
  hashes_of_(*type_, batch, of_batch_);
  const std::uint64_t* const hashes = of_batch_.hashes.data();
  const std::uint8_t* const complete = of_batch_.complete.data();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    const std::uint64_t hash = hashes[row];
    if (complete[row] != 0) {
      lists_.add(hash >> (64 - kListBits), hash);
    } else {
      without_key_.push_back(row);
    }
  }
}

std::vector<std::uint64_t> Duplicates::twice(int threads) const {
  std::vector<std::vector<std::uint64_t>> found(kLists);
  in_parallel(kLists, threads, [&](std::size_t i) {
    HashSet seen(lists_.size(i));
    lists_.each(i, [&](std::uint64_t hash) {
      if (!seen.insert(hash)) found[i].push_back(hash);
    });
  });
  std::vector<std::uint64_t> twice;
  for (const auto& hashes : found)
    twice.insert(twice.end(), hashes.begin(), hashes.end());
  return twice;
}

Duplicates::Suspects::Suspects(const RecordType& type, HashesOf hashes_of, const std::vector<std::uint64_t>& twice)
    : type_(&type), hashes_of_(hashes_of), twice_(twice.size()) {
  for (const std::uint64_t hash : twice)
    twice_.insert(hash);
}

const std::vector<std::uint32_t>& Duplicates::Suspects::of(const Batch& batch) {
  rows_.clear();
  hashes_of_(*type_, batch, of_batch_);
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (of_batch_.complete[row] != 0 && twice_.contains(of_batch_.hashes[row])) rows_.push_back(row);
  }
  return rows_;
}

} // namespace appraise
