#include "reports/build/parts.h"

#include <algorithm>
#include <fmt/core.h>

namespace appraise {

namespace {

struct Counts {
  std::int64_t files = 0;
  std::int64_t rows = 0;
  std::int64_t uncounted = 0;
  std::int64_t replaced = 0;
  Date last;
};

Counts counted(const Table& table) {
  Counts counts;
  for (const Source& source : table.sources) {
    ++counts.files;
    counts.rows += source.rows;
    counts.uncounted += source.uncounted;
    counts.replaced += source.replaced;
    counts.last = std::max(counts.last, source.reporting_date);
  }
  return counts;
}

class Notes {
public:
  explicit Notes(const Building& building) : building_(building) {
    table_.id = "notes";
    table_.sheet = said("sheet.notes");
    table_.title = fmt::format("{}{}", building.appraisal.title, said("sheet.notes"));
    table_.columns = {column("subject", said("sheet.subject"), 20, Role::label),
                      column("text", said("sheet.explanation"), 110, Role::plain)};
  }

  DocTable build(std::size_t exact_only) {
    add_appraisal();
    add_sources();
    if (!building_.gives_ranks())
      add("rounding", rounding());
    else
      add("ranking", said("notes.ranks only"));
    add("ties", said("notes.ties"));
    if (!building_.gives_ranks()) {
      const bool first = building_.scheme().claimed_twice == ClaimRule::first;
      add("claimed twice", said(first ? "notes.claimed first" : "notes.claimed none"));
    }
    add("states", said("notes.states"));
    add("inputs", said("notes.inputs"));
    add("exact",
        exact_only == 0 ? said("notes.exact none") : said("notes.exact", {{"count", std::to_string(exact_only)}}));
    if (!building_.scheme().note.empty()) add("readings", building_.scheme().note);
    add("trace", said("notes.trace"));
    return std::move(table_);
  }

private:
  void add(const std::string& id, const std::string& words, const std::string& head = "") {
    if (words.empty()) return;
    TableRow row;
    row.id = id + std::to_string(table_.rows.size());
    row.cells = {text_cell(head.empty() ? said("notes.head " + id) : head, Role::label), text_cell(words)};
    table_.rows.push_back(std::move(row));
  }

  void add_appraisal() {
    const Appraisal& appraisal = building_.appraisal;
    const Scheme& scheme = building_.scheme();
    if (appraisal.demo) add("demo", said("notes.demo"));
    add("title", appraisal.title);
    add("scheme", scheme.example ? said("notes.example scheme", {{"title", scheme.title}}) : scheme.title);
    std::string period = period_words(scheme.period);
    for (const Slice& base : scheme.bases)
      period += "；" + said("sheet.base period", {{"period", period_words(base)}});
    add("period", period);
    add("units", said("notes.units", {{"count", std::to_string(building_.card.units.size())}}));
    add("status", joined({appraisal.status, appraisal.classification}, "，"));
    if (appraisal.issued) add("issued", appraisal.issued->text());
    add("reference", joined(scheme.references, "；"));
  }

  void add_sources() {
    std::int64_t uncounted = 0;
    for (const auto& [id, table] : building_.records.tables) {
      if (table.sources.empty()) continue;
      const Counts counts = counted(table);
      uncounted += counts.uncounted;
      add("source",
          said("notes.source", {{"files", std::to_string(counts.files)},
                                {"rows", std::to_string(counts.rows)},
                                {"uncounted", std::to_string(counts.uncounted)},
                                {"replaced", std::to_string(counts.replaced)},
                                {"date", counts.last.text()}}),
          said("notes.head source", {{"type", table.type != nullptr ? table.type->title : id}}));
    }
    if (uncounted > 0) add("uncounted", said("notes.uncounted", {{"count", std::to_string(uncounted)}}));
  }

  std::string rounding() const {
    const Scheme& scheme = building_.scheme();
    const std::string mode = said(scheme.mode == Rounding::half_up ? "notes.half up" : "notes.half even");
    return said("notes.rounding", {{"places", std::to_string(scheme.places)}, {"mode", mode}});
  }

  const Building& building_;
  DocTable table_;
};

} // namespace

DocTable build_notes_table(const Building& building, std::size_t exact_only) {
  return Notes(building).build(exact_only);
}

} // namespace appraise
