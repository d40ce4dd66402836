// Work on several threads, with results that do not depend on them: work(0) … work(count − 1) each fill a place of
// their own.
//
//   in_parallel(files.size(), threads, [&](std::size_t i) { results[i] = read(files[i]); });
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace appraise {

// The first failure by its place, not by time, is thrown again.
template <typename Work> void in_parallel(std::size_t count, int threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> failures(count);
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (int t = 1; t < threads && static_cast<std::size_t>(t) < count; ++t)
    others.emplace_back(run);
  run();
  for (std::thread& other : others)
    other.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

} // namespace appraise
