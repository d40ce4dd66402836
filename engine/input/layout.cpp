#include "engine/input/input.h"
#include "engine/settings.h"

#include <algorithm>
#include <filesystem>

namespace appraise {

namespace {

std::vector<std::string> field_names(const RecordType& type) {
  std::vector<std::string> names;
  for (const Field& field : type.fields)
    names.push_back(field.id);
  return names;
}

void read_spellings(Reader& reader, const Field* field, LayoutField& result) {
  const Setting* table = reader.optional("spellings", Setting::Kind::table);
  if (table == nullptr || field == nullptr) return;
  std::vector<std::string> ids;
  for (const Category& category : field->categories)
    ids.push_back(category.id);
  Reader spellings(*table, reader.problems());
  for (const auto& [spelling, value] : table->members) {
    const std::string id = spellings.text(spelling);
    // A unit is looked for in the roster when a cell has the spelling.
    const bool free = field->type == FieldType::unit || field->type == FieldType::text;
    if (free || std::find(ids.begin(), ids.end(), id) != ids.end()) {
      result.spellings.emplace(spelling, id);
    } else {
      spellings.problem(spelling, "unknown-value", id, {}, nearest_names(id, ids));
    }
  }
}

LayoutField read_field(const Setting& setting, const RecordType& type, Problems& problems) {
  Reader reader(setting, problems);
  LayoutField result;
  result.field = reader.text("field");
  const auto index = type.field(result.field);
  if (!index && !result.field.empty()) {
    reader.problem("field", "field-unknown", result.field, {}, nearest_names(result.field, field_names(type)));
  }
  const Field* field = index ? &type.fields[*index] : nullptr;
  result.heads = reader.texts("heads");
  if (field != nullptr) result.heads.push_back(field->title);
  read_spellings(reader, field, result);
  if (const Setting* form = reader.optional("form", Setting::Kind::table)) {
    result.form = NumberForm::load(*form, problems);
    if (field != nullptr && field->type != FieldType::text) {
      reader.problem("form", "form-of-no-text", field->id, "text");
    }
  }
  result.always = reader.text("always", "");
  if (!result.always.empty() && field != nullptr && field->type == FieldType::category) {
    const bool known = std::any_of(field->categories.begin(), field->categories.end(), [&](const Category& category) {
      return category.id == result.always || category.title == result.always;
    });
    if (!known) reader.problem("always", "unknown-value", result.always);
  }
  reader.finish();
  return result;
}

} // namespace

const LayoutField* Layout::field(std::string_view field_id) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const LayoutField& known) { return known.field == field_id; });
  return found == fields.end() ? nullptr : &*found;
}

Layout Layout::load(const std::string& text, const std::string& file, const RecordTypes& types, Problems& problems) {
  Layout layout;
  layout.file = file;
  layout.id = std::filesystem::path(file).stem().string();
  const std::size_t before = problems.size();
  const Setting root = parse_settings(text, file, problems);
  if (root.members.empty() && problems.size() > before) return layout;
  Reader reader(root, problems);
  layout.type = reader.text("type");
  reader.text("title", "");
  layout.ignored = reader.texts("ignored");
  layout.missing = reader.texts("missing");
  if (layout.type == "*") {
    reader.finish();
    return layout;
  }
  const RecordType* type = types.find(layout.type);
  if (type == nullptr) {
    std::vector<std::string> names;
    for (const RecordType& known : types.types)
      names.push_back(known.id);
    if (!layout.type.empty()) {
      reader.problem("type", "record-type-unknown", layout.type, {}, nearest_names(layout.type, names));
    }
    return layout;
  }
  for (const Setting* field : reader.tables("field"))
    layout.fields.push_back(read_field(*field, *type, problems));
  reader.finish();

  std::map<std::string, std::string> owner; // head → field
  for (const LayoutField& field : layout.fields) {
    for (const std::string& head : field.heads) {
      const auto [at, fresh] = owner.emplace(normalised(head), field.field);
      if (fresh || at->second == field.field) continue;
      problems.push_back({.rule = "layout-head-twice",
                          .place = {.file = file, .row = 1},
                          .found = head,
                          .expected = at->second + ", " + field.field});
    }
  }
  return layout;
}

std::vector<HeadMatch> match_heads(const std::vector<std::string>& heads, const Layout& layout,
                                   const RecordType& type) {
  std::map<std::string, std::string> exact; // head → field; empty: known and not needed
  std::map<std::string, std::string> loose;
  std::vector<std::string> names;
  const auto add = [&](const std::string& head, const std::string& field) {
    exact.emplace(head, field);
    loose.emplace(normalised(head), field);
    if (!field.empty()) names.push_back(head);
  };
  for (const LayoutField& field : layout.fields) {
    for (const std::string& head : field.heads)
      add(head, field.field);
  }
  for (const Field& field : type.fields) {
    add(field.title, field.id);
    exact.emplace(field.id, field.id);
    loose.emplace(normalised(field.id), field.id);
  }
  for (const std::string& head : layout.ignored)
    add(head, {});

  std::vector<HeadMatch> result;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    HeadMatch match;
    match.head = heads[i];
    match.column = static_cast<std::int64_t>(i) + 1;
    auto found = exact.find(heads[i]);
    bool known = found != exact.end();
    if (!known) {
      found = loose.find(normalised(heads[i]));
      known = found != loose.end();
      match.loose = known;
    }
    if (!known) {
      match.nearest = nearest_names(normalised(heads[i]), names);
    } else if (found->second.empty()) {
      match.ignored = true;
    } else {
      const auto field = type.field(found->second);
      match.field = found->second;
      match.ignored = field && type.fields[*field].derived; // computed here, never read
      if (match.ignored) match.field.clear();
    }
    result.push_back(std::move(match));
  }
  return result;
}

} // namespace appraise
