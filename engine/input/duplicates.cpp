#include "engine/input/duplicates.h"

#include "engine/hash.h"
#include "engine/input/parallel.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr int kBucketBits = 10; // so that a bucket's table of ten million rows stays in cache

std::size_t bucket_of(std::uint64_t hash) {
  return static_cast<std::size_t>(hash >> (64 - kBucketBits));
}

} // namespace

void Duplicates::Part::add(const Batch& batch) {
  without_key_.clear();
  hashes_of_(*type_, batch, of_batch_);
  for (std::uint32_t row = 0; row < batch.rows(); ++row, ++count_) {
    if (of_batch_.complete[row] == 0) {
      without_key_.push_back(row);
      continue;
    }
    hashes_.push_back(of_batch_.hashes[row]);
    rows_.push_back(count_);
  }
}

// Sorts the rows by bucket.
void Duplicates::Part::end() {
  bucket_ends_.assign((std::size_t{1} << kBucketBits) + 1, 0);
  for (const std::uint64_t hash : hashes_)
    ++bucket_ends_[bucket_of(hash) + 1];
  for (std::size_t i = 1; i < bucket_ends_.size(); ++i)
    bucket_ends_[i] += bucket_ends_[i - 1];
  std::vector<std::uint32_t> next(bucket_ends_.begin(), bucket_ends_.end() - 1);
  std::vector<std::uint64_t> hashes(hashes_.size());
  std::vector<std::uint32_t> rows(rows_.size());
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    const std::uint32_t at = next[bucket_of(hashes_[i])]++;
    hashes[at] = hashes_[i];
    rows[at] = rows_[i];
  }
  hashes_.swap(hashes);
  rows_.swap(rows);
}

void Duplicates::join(Part part) {
  const std::int64_t first = rows_;
  rows_ += part.count_;
  parts_.push_back({std::move(part), first});
}

std::vector<std::int64_t> Duplicates::suspects(int threads) const {
  constexpr std::size_t kBuckets = std::size_t{1} << kBucketBits;
  std::vector<std::vector<std::int64_t>> found(kBuckets);
  const auto each_of = [&](std::size_t bucket, const auto& take) {
    for (const auto& [part, first] : parts_) {
      for (std::uint32_t i = part.bucket_ends_[bucket]; i < part.bucket_ends_[bucket + 1]; ++i)
        take(part.hashes_[i], first + part.rows_[i]);
    }
  };
  in_parallel(kBuckets, threads, [&](std::size_t bucket) {
    std::size_t count = 0;
    for (const auto& [part, first] : parts_)
      count += part.bucket_ends_[bucket + 1] - part.bucket_ends_[bucket];
    HashSet seen;
    seen.start(count);
    std::vector<std::uint64_t> again;
    each_of(bucket, [&](std::uint64_t hash, std::int64_t) {
      if (!seen.insert(hash)) again.push_back(hash);
    });
    if (again.empty()) return; // as nearly always
    std::sort(again.begin(), again.end());
    each_of(bucket, [&](std::uint64_t hash, std::int64_t row) {
      if (std::binary_search(again.begin(), again.end(), hash)) found[bucket].push_back(row);
    });
  });
  std::vector<std::int64_t> suspects;
  for (const auto& rows : found)
    suspects.insert(suspects.end(), rows.begin(), rows.end());
  std::sort(suspects.begin(), suspects.end());
  return suspects;
}

} // namespace appraise
