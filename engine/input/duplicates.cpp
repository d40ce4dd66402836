#include "engine/input/duplicates.h"

#include "engine/input/parallel.h"

#include <algorithm>
#include <cstring>

namespace appraise {

namespace {

constexpr int kBucketBits = 10; // so that a bucket's table of ten million rows stays in cache

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t hash_of(const std::string& key) {
  std::uint64_t hash = 0x9E3779B97F4A7C15u ^ key.size();
  for (std::size_t i = 0; i < key.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.data() + i, std::min<std::size_t>(8, key.size() - i));
    hash = mixed(hash ^ word, 0xD6E8FEB86659FD93u);
  }
  return mixed(hash, 0xA0761D6478BD642Fu);
}

std::size_t bucket_of(std::uint64_t hash) {
  return static_cast<std::size_t>(hash >> (64 - kBucketBits));
}

} // namespace

void Duplicates::Part::add(const Batch& batch) {
  without_key_.clear();
  for (std::uint32_t row = 0; row < batch.rows(); ++row, ++count_) {
    if (!key_of_(*type_, batch, row, key_)) {
      without_key_.push_back(row);
      continue;
    }
    hashes_.push_back(hash_of(key_));
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
  in_parallel(kBuckets, threads, [&](std::size_t bucket) {
    std::size_t count = 0;
    for (const auto& [part, first] : parts_)
      count += part.bucket_ends_[bucket + 1] - part.bucket_ends_[bucket];
    std::vector<std::pair<std::uint64_t, std::int64_t>> all;
    all.reserve(count);
    for (const auto& [part, first] : parts_) {
      for (std::uint32_t i = part.bucket_ends_[bucket]; i < part.bucket_ends_[bucket + 1]; ++i)
        all.emplace_back(part.hashes_[i], first + part.rows_[i]);
    }
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool before = i > 0 && all[i - 1].first == all[i].first;
      const bool behind = i + 1 < all.size() && all[i + 1].first == all[i].first;
      if (before || behind) found[bucket].push_back(all[i].second);
    }
  });
  std::vector<std::int64_t> suspects;
  for (const auto& rows : found)
    suspects.insert(suspects.end(), rows.begin(), rows.end());
  std::sort(suspects.begin(), suspects.end());
  return suspects;
}

} // namespace appraise
