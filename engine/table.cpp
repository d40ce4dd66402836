#include "engine/table.h"

#include <algorithm>
#include <array>
#include <utility>

namespace appraise {

namespace {

constexpr std::array<std::pair<std::string_view, FieldType>, 8> kTypes = {{{"text", FieldType::text},
                                                                           {"category", FieldType::category},
                                                                           {"date", FieldType::date},
                                                                           {"integer", FieldType::integer},
                                                                           {"number", FieldType::number},
                                                                           {"money", FieldType::money},
                                                                           {"flag", FieldType::flag},
                                                                           {"unit", FieldType::unit}}};

std::vector<std::string> type_names() {
  std::vector<std::string> names;
  names.reserve(kTypes.size());
  for (const auto& [name, type] : kTypes)
    names.emplace_back(name);
  return names;
}

FieldType type_of(const std::string& name) {
  for (const auto& [known, type] : kTypes) {
    if (known == name) return type;
  }
  return FieldType::text;
}

// [["id", "title"], …]
std::vector<Category> read_categories(Reader& reader) {
  std::vector<Category> categories;
  const Setting* list = reader.optional("values", Setting::Kind::list);
  if (list == nullptr) return categories;
  for (const Setting& item : list->items) {
    const bool pair = item.kind == Setting::Kind::list && item.items.size() == 2 &&
                      item.items[0].kind == Setting::Kind::text && item.items[1].kind == Setting::Kind::text;
    if (!pair) {
      reader.problems().push_back(
          {.rule = "wrong-type", .place = item.place, .expected = "pair", .excerpt = item.excerpt});
      continue;
    }
    categories.push_back({item.items[0].text, item.items[1].text});
  }
  return categories;
}

Field read_field(const Setting& setting, Problems& problems) {
  Reader reader(setting, problems);
  Field field;
  field.id = reader.text("id");
  field.title = reader.text("title");
  field.type = type_of(reader.one_of("type", type_names()));
  field.categories = read_categories(reader);
  field.meaning = reader.text("meaning");
  field.reference = reader.text("reference", "");
  field.required = reader.flag("required", false);
  field.derived = reader.flag("derived", false);
  field.identifier = reader.flag("identifier", false);
  if ((field.type == FieldType::category) != !field.categories.empty()) {
    reader.problem("type", "field-values", field.id);
  }
  reader.finish();
  return field;
}

// "case_no", or "year of a_date, b_date".
KeyPart read_key_part(const Setting& setting, const RecordType& type, Problems& problems) {
  constexpr std::string_view kYearOf = "year of ";
  KeyPart part;
  part.text = setting.text;
  std::string_view rest = part.text;
  part.year = rest.substr(0, kYearOf.size()) == kYearOf;
  if (part.year) rest.remove_prefix(kYearOf.size());
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view name = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    const auto field = type.field(name);
    if (field && (!part.year || type.fields[*field].type == FieldType::date)) {
      part.fields.push_back(*field);
      continue;
    }
    std::vector<std::string> names;
    for (const Field& known : type.fields)
      names.push_back(known.id);
    problems.push_back({.rule = "field-unknown",
                        .place = setting.place,
                        .found = std::string(name),
                        .nearest = nearest_names(std::string(name), names),
                        .excerpt = setting.excerpt});
  }
  return part;
}

// claim = { same = [key parts], first_by = "date field", unless = { field = "category field", values = [ids] } }
Claim read_claim(const Setting& setting, const RecordType& type, Problems& problems) {
  Reader reader(setting, problems);
  Claim claim;
  if (const Setting* same = reader.required("same", Setting::Kind::list)) {
    for (const Setting& part : same->items)
      claim.same.push_back(read_key_part(part, type, problems));
  }
  const std::string first_by = reader.text("first_by");
  const auto date = type.field(first_by);
  if (date && type.fields[*date].type == FieldType::date) {
    claim.first_by = *date;
  } else if (!first_by.empty()) {
    reader.problem("first_by", "field-unknown", first_by, "date");
  }
  if (const Setting* unless = reader.optional("unless", Setting::Kind::table)) {
    Reader own(*unless, problems);
    const std::string name = own.text("field");
    const std::vector<std::string> values = own.texts("values");
    own.finish();
    claim.unless = type.field(name);
    if (!claim.unless || type.fields[*claim.unless].type != FieldType::category) {
      if (!name.empty()) own.problem("field", "field-unknown", name, "category");
    } else {
      const std::vector<Category>& known = type.fields[*claim.unless].categories;
      for (const std::string& value : values) {
        const auto found = std::find_if(known.begin(), known.end(), [&](const Category& c) { return c.id == value; });
        if (found == known.end()) own.problem("values", "category-unknown", value);
        claim.unless_values.push_back(found - known.begin());
      }
    }
  }
  reader.finish();
  return claim;
}

RecordType read_type(const std::string& id, const Setting& setting, Problems& problems) {
  Reader reader(setting, problems);
  RecordType type;
  type.id = id;
  type.title = reader.text("title");
  type.unit_field = reader.text("unit", "");
  type.via = reader.text("via", "");
  type.via_field = reader.text("via_field", "");
  for (const Setting* field : reader.tables("fields")) {
    type.fields.push_back(read_field(*field, problems));
    const std::string& name = type.fields.back().id;
    if (*type.field(name) + 1 != type.fields.size()) {
      problems.push_back({.rule = "field-twice", .place = field->place, .found = name, .excerpt = field->excerpt});
    }
  }
  if (const Setting* key = reader.optional("key", Setting::Kind::list)) {
    for (const Setting& part : key->items)
      type.key.push_back(read_key_part(part, type, problems));
  }
  if (const Setting* claim = reader.optional("claim", Setting::Kind::table)) {
    type.claim = read_claim(*claim, type, problems);
  }
  for (const KeyPart& part : type.key) {
    for (const std::size_t field : part.fields)
      type.fields[field].identifier = type.fields[field].identifier || type.fields[field].type == FieldType::text;
  }
  if (const auto field = type.field(type.via_field)) type.fields[*field].identifier = true;
  if (type.unit_field.empty() == type.via.empty()) reader.problem("unit", "unit-or-via", id);
  if (!type.unit_field.empty()) {
    const auto unit = type.field(type.unit_field);
    if (!unit || type.fields[*unit].type != FieldType::unit) {
      reader.problem("unit", "field-unknown", type.unit_field, "unit");
    }
  }
  if (!type.via.empty() && !type.field(type.via_field)) reader.problem("via_field", "field-unknown", type.via_field);
  reader.finish();
  return type;
}

} // namespace

std::optional<std::size_t> RecordType::field(std::string_view name) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].id == name) return i;
  }
  return std::nullopt;
}

const RecordType* RecordTypes::find(std::string_view id) const {
  const auto found = std::find_if(types.begin(), types.end(), [&](const RecordType& type) { return type.id == id; });
  return found == types.end() ? nullptr : &*found;
}

RecordTypes RecordTypes::load(const std::string& text, const std::string& file, Problems& problems) {
  const Setting root = parse_settings(text, file, problems);
  RecordTypes result;
  for (const auto& [id, setting] : root.members)
    result.types.push_back(read_type(id, setting, problems));
  for (const RecordType& type : result.types) {
    if (type.via.empty()) continue;
    const RecordType* main = result.find(type.via);
    if (main != nullptr && !main->key.empty()) continue;
    const Setting& via = *root.find(type.id)->find("via");
    problems.push_back({.rule = "record-type-unknown", .place = via.place, .found = type.via, .excerpt = via.excerpt});
  }
  return result;
}

const Table* Records::find(const std::string& type) const {
  const auto found = tables.find(type);
  return found == tables.end() ? nullptr : &found->second;
}

} // namespace appraise
