// Names to columns, literals to values, kinds to every node. All mistakes of a condition are reported in one go.
#include "engine/predicate/condition_tree.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace appraise {

namespace {

using Node = Condition::Node;

constexpr std::int64_t kLargestScale = 1'000'000'000;

// The words of fields.toml, which is what an author has before him.
const char* kind_name(Kind kind) {
  switch (kind) {
  case Kind::truth: return "flag";
  case Kind::number: return "number";
  case Kind::date: return "date";
  case Kind::text: return "text";
  case Kind::category: return "category";
  case Kind::unit: return "unit";
  case Kind::none: break;
  }
  return "";
}

Kind kind_of(FieldType type) {
  switch (type) {
  case FieldType::text: return Kind::text;
  case FieldType::category: return Kind::category;
  case FieldType::date: return Kind::date;
  case FieldType::integer:
  case FieldType::number:
  case FieldType::money: return Kind::number;
  case FieldType::flag: return Kind::truth;
  case FieldType::unit: return Kind::unit;
  }
  return Kind::none;
}

Kind kind_of(Setting::Kind kind) {
  return kind == Setting::Kind::number ? Kind::number : kind == Setting::Kind::date ? Kind::date : Kind::text;
}

bool same_categories(const Node& a, const Node& b) {
  return std::equal(a.categories.begin(), a.categories.end(), b.categories.begin(), b.categories.end(),
                    [](const Category& x, const Category& y) { return x.id == y.id; });
}

class Checker {
public:
  Checker(const std::string& text, const RecordType& type, const RecordTypes& types, const Place& place,
          Problems& problems)
      : text_(text), type_(type), types_(types), place_(place), problems_(problems) {}

  void check(Node& node) {
    for (auto& child : node.children)
      check(*child);
    const bool joins = node.op == NodeOp::both || node.op == NodeOp::either;
    for (const auto& child : node.children) {
      if (child->kind == Kind::none && !joins) return; // its own problem is told already
    }
    switch (node.op) {
    case NodeOp::field: name(node); break;
    case NodeOp::parameter: break; // made of a name, below
    case NodeOp::number: node.kind = Kind::number; break;
    case NodeOp::date:
    case NodeOp::period_start:
    case NodeOp::period_end: node.kind = Kind::date; break;
    case NodeOp::text: node.kind = Kind::text; break;
    case NodeOp::flag: node.kind = Kind::truth; break;
    case NodeOp::equal:
    case NodeOp::unequal:
    case NodeOp::less:
    case NodeOp::less_equal:
    case NodeOp::greater:
    case NodeOp::greater_equal: comparison(node); break;
    case NodeOp::in_list: membership(node); break;
    case NodeOp::in_period:
    case NodeOp::in_base:
      if (need(*node.children[0], Kind::date)) node.kind = Kind::truth;
      break;
    case NodeOp::is_missing:
      if (node.children[0]->op == NodeOp::field) {
        node.kind = Kind::truth;
      } else {
        wrong(*node.children[0], source(*node.children[0]), "field");
      }
      break;
    case NodeOp::both:
    case NodeOp::either:
    case NodeOp::negate:
      if (need_all(node, Kind::truth)) node.kind = Kind::truth;
      break;
    case NodeOp::add:
    case NodeOp::subtract:
    case NodeOp::multiply:
    case NodeOp::divide:
    case NodeOp::minus: arithmetic(node); break;
    case NodeOp::days:
    case NodeOp::working_days:
      if (need_all(node, Kind::date)) node.kind = Kind::number;
      break;
    case NodeOp::after: after(node); break;
    }
  }

private:
  std::string source(const Node& node) const { return text_.substr(node.offset, node.length); }
  Problem& report(const char* rule, const Node& node, std::string found, std::string expected) {
    problems_.push_back(condition_problem(rule, text_, node.offset, place_, std::move(found), std::move(expected)));
    return problems_.back();
  }
  void wrong(const Node& node, std::string found, std::string expected) {
    report("condition-type", node, std::move(found), std::move(expected));
  }
  std::string described(const Node& node) const { return source(node) + ": " + kind_name(node.kind); }
  bool need(const Node& node, Kind kind) {
    if (node.kind == kind) return true;
    if (node.kind == Kind::none) return false; // told already
    wrong(node, described(node), kind == Kind::truth ? "truth" : kind_name(kind));
    return false;
  }
  bool need_all(const Node& node, Kind kind) {
    bool good = true;
    for (const auto& child : node.children)
      good = need(*child, kind) && good;
    return good;
  }

  // A field, or else a parameter.
  void name(Node& node) {
    const auto found = std::find_if(types_.parameters.begin(), types_.parameters.end(),
                                    [&](const auto& parameter) { return parameter->id == node.name; });
    if (found == types_.parameters.end()) return field(node);
    node.op = NodeOp::parameter;
    node.parameter = *found;
    node.kind = kind_of(node.parameter->kind);
    for (const ParameterValue& value : node.parameter->values) {
      while (!(value.number * Number(node.scale)).is_integer())
        node.scale *= 10;
    }
    for (const ParameterValue& value : node.parameter->values)
      node.children.push_back(literal(node, value));
  }

  static std::unique_ptr<Node> literal(const Node& parameter, const ParameterValue& value) {
    auto node = std::make_unique<Node>();
    node->kind = parameter.kind;
    node->op = parameter.kind == Kind::number ? NodeOp::number
               : parameter.kind == Kind::date ? NodeOp::date
                                              : NodeOp::text;
    node->offset = parameter.offset;
    node->length = parameter.length;
    node->scale = parameter.scale;
    node->text = value.text;
    if (node->op == NodeOp::number) node->integer = (value.number * Number(node->scale)).to_integer();
    if (node->op == NodeOp::date) node->integer = value.date.days;
    return node;
  }

  void field(Node& node) {
    const std::size_t dot = node.name.find('.');
    const RecordType* type = &type_;
    std::string id = node.name;
    if (dot != std::string::npos) {
      node.other = node.name.substr(0, dot);
      id = node.name.substr(dot + 1);
      type = types_.find(node.other);
      if (type != nullptr && node.other == type_.via) {
        node.route = Route::parent;
      } else if (type != nullptr && type->via == type_.id) {
        node.route = Route::side;
      } else if (node.other != type_.id) {
        type = nullptr;
      }
    }
    const auto column = type == nullptr ? std::nullopt : type->field(id);
    if (!column) {
      unknown(node);
      return;
    }
    const Field& declared = type->fields[*column];
    node.column = *column;
    node.field_type = declared.type;
    node.title = declared.title;
    node.categories = declared.categories;
    node.kind = kind_of(declared.type);
    node.scale = declared.type == FieldType::number || declared.type == FieldType::money ? 100 : 1;
  }

  void unknown(const Node& node) {
    std::vector<std::string> names;
    std::vector<std::string> titled;
    const auto offer = [&](const RecordType& type, const std::string& prefix) {
      for (const Field& field : type.fields) {
        names.push_back(prefix + field.id);
        if (field.title == node.name) titled.push_back(prefix + field.id);
        for (const Category& category : field.categories) { // a value without its quotes
          const std::string quoted = "'" + category.id + "'";
          const bool known = std::find(titled.begin(), titled.end(), quoted) != titled.end();
          if (!known && (category.id == node.name || category.title == node.name)) titled.push_back(quoted);
        }
      }
    };
    offer(type_, "");
    for (const auto& parameter : types_.parameters) {
      names.push_back(parameter->id);
      if (parameter->title == node.name) titled.push_back(parameter->id);
    }
    const bool joined = node.name.find('.') != std::string::npos;
    for (const RecordType& other : types_.types) {
      if (joined && (other.id == type_.via || other.via == type_.id)) offer(other, other.id + ".");
    }
    Problem& problem = report("condition-unknown-name", node, node.name, type_.id);
    problem.nearest = titled.empty() ? nearest_names(node.name, names) : titled;
  }

  static bool is_text(const Node& node) {
    return node.op == NodeOp::text || (node.op == NodeOp::parameter && node.kind == Kind::text);
  }

  // Turns a text, or every text of a parameter, into the position of a category value.
  bool category_value(Node& literal, const Node& field) {
    if (literal.op == NodeOp::parameter) {
      literal.kind = Kind::category;
      return std::all_of(literal.children.begin(), literal.children.end(),
                         [&](const auto& value) { return category_value(*value, field); });
    }
    const auto found = std::find_if(field.categories.begin(), field.categories.end(), [&](const Category& category) {
      return category.id == literal.text || category.title == literal.text;
    });
    if (found == field.categories.end()) {
      std::vector<std::string> names;
      std::string declared;
      for (const Category& category : field.categories) {
        names.push_back(category.id);
        names.push_back(category.title);
        declared += (declared.empty() ? "" : ", ") + category.id;
      }
      Problem& problem = report("condition-unknown-value", literal, literal.text, declared);
      problem.nearest = nearest_names(literal.text, names);
      return false;
    }
    literal.kind = Kind::category;
    literal.integer = found - field.categories.begin();
    literal.text = found->id;
    literal.title = found->title;
    return true;
  }

  void comparison(Node& node) {
    Node& left = *node.children[0];
    Node& right = *node.children[1];
    if (left.kind == Kind::category && is_text(right)) {
      if (!category_value(right, left)) return;
    } else if (right.kind == Kind::category && is_text(left)) {
      if (!category_value(left, right)) return;
    }
    if (!need(right, left.kind)) return;
    const bool ordered = left.kind == Kind::number || left.kind == Kind::date;
    if (!ordered && node.op != NodeOp::equal && node.op != NodeOp::unequal) {
      wrong(left, described(left), "=, !=");
      return;
    }
    if (left.kind == Kind::category && left.op == NodeOp::field && right.op == NodeOp::field &&
        !same_categories(left, right)) {
      wrong(right, right.name, "same-values");
      return;
    }
    node.kind = Kind::truth;
  }

  void membership(Node& node) {
    const Node& subject = *node.children[0];
    if (subject.kind == Kind::truth || subject.kind == Kind::unit) {
      wrong(subject, described(subject), "listed");
      return;
    }
    bool good = true;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      Node& value = *node.children[i];
      if (value.op == NodeOp::field) {
        report("condition-syntax", value, source(value), "literal");
        good = false;
      } else if (subject.kind == Kind::category && is_text(value)) {
        good = category_value(value, subject) && good;
      } else {
        good = need(value, subject.kind) && good;
      }
    }
    if (good) node.kind = Kind::truth;
  }

  void arithmetic(Node& node) {
    if (!need_all(node, Kind::number)) return;
    const std::int64_t left = node.children[0]->scale;
    const std::int64_t right = node.children.size() > 1 ? node.children[1]->scale : 1;
    node.scale = left;
    if (node.op == NodeOp::multiply) node.scale = left * right;
    if (node.op == NodeOp::add || node.op == NodeOp::subtract) node.scale = std::lcm(left, right);
    if (node.op == NodeOp::divide) {
      const Node& divisor = *node.children[1];
      if (divisor.op != NodeOp::number || divisor.integer == 0) {
        wrong(divisor, source(divisor), "divisor");
        return;
      }
      if (divisor.integer > kLargestScale) {
        report("condition-too-fine", divisor, source(divisor), {});
        return;
      }
      node.scale = left * divisor.integer;
    }
    if (node.scale > kLargestScale) {
      report("condition-too-fine", node, source(node), {});
      return;
    }
    node.kind = Kind::number;
  }

  void after(Node& node) {
    if (!need(*node.children[0], Kind::date) || !need(*node.children[1], Kind::number)) return;
    if (node.children[1]->scale != 1) {
      wrong(*node.children[1], source(*node.children[1]), "integer");
      return;
    }
    const Node& count = *node.children[1];
    const bool below_one = count.op == NodeOp::number ? count.integer < 1 : is_negative(count);
    if (node.step == Step::working_days && below_one) {
      wrong(count, source(count), "1, 2, 3 …");
      return;
    }
    node.kind = Kind::date;
  }
  static bool is_negative(const Node& node) {
    return node.op == NodeOp::minus && node.children[0]->op == NodeOp::number;
  }

  const std::string& text_;
  const RecordType& type_;
  const RecordTypes& types_;
  const Place& place_;
  Problems& problems_;
};

} // namespace

bool check_condition(Node& root, const std::string& text, const RecordType& type, const RecordTypes& types,
                     const Place& place, Problems& problems) {
  const std::size_t before = problems.size();
  Checker(text, type, types, place, problems).check(root);
  return problems.size() == before;
}

} // namespace appraise
