#include "engine/checks/row.h"

#include "engine/input/identity.h"
#include "engine/settings.h"

#include <filesystem>
#include <fmt/core.h>

namespace appraise {

namespace {

Severity severity_of(const std::string& word) {
  if (word == "verify") return Severity::verify;
  return word == "notice" ? Severity::notice : Severity::blocking;
}

std::string shown(const RecordType& type, const Batch& batch, std::size_t field, std::size_t row) {
  const Field& declared = type.fields[field];
  if (declared.type == FieldType::text) return fmt::format("{} {}", declared.title, batch.text(field, row));
  const std::int64_t value = batch.value(field, row);
  if (value == kMissing) return declared.title;
  switch (declared.type) {
  case FieldType::date: return declared.title + " " + Date{static_cast<std::int32_t>(value)}.text();
  case FieldType::category: return declared.title + " " + declared.categories[static_cast<std::size_t>(value)].title;
  case FieldType::number:
  case FieldType::money: return declared.title + " " + Number::ratio(value, 100).text();
  default: return fmt::format("{} {}", declared.title, value);
  }
}

bool load_one(const std::string& file, const std::string& text, const RecordTypes& types, RowCheck& check,
              Problems& problems) {
  const std::size_t before = problems.size();
  const Setting root = parse_settings(text, file, problems);
  if (problems.size() > before) return false;
  Reader reader(root, problems);
  check.id = std::filesystem::path(file).stem().string();
  check.title = reader.text("title");
  check.of = reader.text("of");
  const std::string that = reader.text("that");
  check.severity = severity_of(reader.one_of("severity", {"blocking", "verify", "notice"}));
  check.reference = reader.texts("reference");
  const std::vector<std::string> shows = reader.texts("shows");
  reader.finish();
  const RecordType* type = types.find(check.of);
  if (type == nullptr) {
    if (!check.of.empty()) reader.problem("of", "record-type-unknown", check.of);
    return false;
  }
  for (const std::string& name : shows) {
    if (const auto field = type->field(name))
      check.shows.push_back(*field);
    else
      reader.problem("shows", "field-unknown", name);
  }
  if (const Setting* setting = root.find("that"); setting != nullptr && !that.empty()) {
    check.that = Condition::parse(that, *type, types, setting->place, problems);
  }
  return problems.size() == before;
}

} // namespace

std::vector<RowCheck> load_row_checks(const std::vector<std::pair<std::string, std::string>>& files,
                                      const RecordTypes& types, Problems& problems) {
  std::vector<RowCheck> checks;
  for (const auto& [file, text] : files) {
    RowCheck check;
    if (load_one(file, text, types, check, problems)) checks.push_back(std::move(check));
  }
  return checks;
}

bool apply_row_check(const RowCheck& check, Table& table, std::uint32_t b, const RowContext& context,
                     Problems& problems) {
  Batch& batch = table.batches[b];
  bool left_out = false;
  if (check.that->refuses_none(batch)) return left_out;
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (batch.alive[row] == 0 || check.that->test({&table, &batch, row}, context) != Truth::no) continue;
    std::string values;
    for (const std::size_t field : check.shows) {
      values += (values.empty() ? "" : ", ") + shown(*table.type, batch, field, row);
    }
    problems.push_back({.rule = check.id,
                        .severity = check.severity,
                        .place = place_of(table, {b, row}),
                        .found = values,
                        .expected = check.title,
                        .key = number_of(table, {b, row})});
    if (check.severity != Severity::blocking) continue;
    batch.alive[row] = 0;
    ++table.sources[batch.source].uncounted;
    left_out = true;
  }
  return left_out;
}

void apply_row_checks(const std::vector<RowCheck>& checks, Records& records, const RowContext& context,
                      Problems& problems) {
  bool left_out = false;
  for (const RowCheck& check : checks) {
    const auto found = records.tables.find(check.of);
    if (found == records.tables.end()) continue;
    for (std::uint32_t b = 0; b < found->second.batches.size(); ++b)
      left_out = apply_row_check(check, found->second, b, context, problems) || left_out;
  }
  if (left_out) leave_out_with_records(records, problems);
}

} // namespace appraise
