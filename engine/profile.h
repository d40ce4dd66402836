// What is computed and where the time goes, for `--profile`.
//
//   The engine has no clock: who asks brings one, and without a profile nothing is timed. A stage is timed at most once
//   a batch, never for a row. Threads side by side add up. Times are another each time and plans are not; neither
//   stands in a result.
//
//   Profile profile(nanoseconds_of_some_clock);
//   { const Timed timed(&profile, Stage::program); … }
//   profile.nanoseconds(Stage::program)
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace appraise {

enum class Stage {
  load,     // declarations, roster, scheme
  read,     // bytes to typed batches
  keys,     // hashes of what rows are compared by
  checks,   // rules over rows
  identity, // keys over all rows, a second look at those that may stand twice; side records; records at two units
  derive,   // derived columns
  program,  // conditions and values of a batch
  counters,
  banks,
  figures, // threads merged, units rolled up, figures made
  score,
  render,
  write
};
inline constexpr std::size_t kStages = static_cast<std::size_t>(Stage::write) + 1;

// The plan of one record type: how many of each there are once equal ones are one.
struct PlanShape {
  std::string type;
  std::vector<std::string> columns;         // that conditions and values look at, in the order of names
  std::size_t steps = 0;                    // sub-conditions, and the arithmetic in them
  std::size_t counters = 0;                 // of each unit
  std::map<std::string, std::size_t> banks; // by what they keep
  std::int64_t rows = 0;                    // that went through
};

class Profile {
public:
  using Clock = std::int64_t (*)(); // nanoseconds since some moment

  explicit Profile(Clock clock) : clock_(clock) {}
  std::int64_t now() const { return clock_(); }
  void add(Stage stage, std::int64_t nanoseconds) { spent_[static_cast<std::size_t>(stage)] += nanoseconds; }
  std::int64_t nanoseconds(Stage stage) const { return spent_[static_cast<std::size_t>(stage)]; }

  std::vector<PlanShape> plans;

private:
  Clock clock_;
  std::array<std::atomic<std::int64_t>, kStages> spent_{};
};

// One stage after another, to the end of the block; `profile` may be null.
class Timed {
public:
  Timed(Profile* profile, Stage stage) : profile_(profile) { next(stage); }
  ~Timed() { stop(); }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

  void next(Stage stage) {
    if (profile_ == nullptr) return;
    const std::int64_t now = profile_->now();
    end(now);
    stage_ = stage;
    from_ = now;
  }
  void stop() { // until the next
    if (profile_ != nullptr && stage_) end(profile_->now());
  }

private:
  void end(std::int64_t now) {
    if (stage_) profile_->add(*stage_, now - from_);
    stage_.reset();
  }

  Profile* profile_;
  std::optional<Stage> stage_;
  std::int64_t from_ = 0;
};

} // namespace appraise
