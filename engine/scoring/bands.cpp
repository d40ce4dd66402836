// A ladder of bands: the first band whose edge the figure reaches gives its points; the last takes everything else.
//   edge = "at or above" | "above" (edges fall from band to band, the last is { below = true }),
//          "at or below" | "below" (edges rise, the last is { above = true }); a band may have an edge rule of its own.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

const std::vector<std::string> kRising = {"at or below", "below"};
const std::vector<std::string> kFalling = {"at or above", "above"};

bool rising(const std::string& edge) {
  return edge == "at or below" || edge == "below";
}

Op comparison(const std::string& edge) {
  if (edge == "above") return Op::greater;
  if (edge == "at or below") return Op::less_equal;
  return edge == "below" ? Op::less : Op::greater_equal;
}

class Bands : public ScoringRule {
public:
  std::string name() const override { return "bands"; }

  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.word("edge", {"at or above", "above", "at or below", "below"}, {});
    Scoring& scoring = parameters.scoring();
    const std::string edge = scoring.words["edge"];
    const auto tables = reader.tables("bands");
    if (!reader.has("bands")) {
      reader.required("bands", Setting::Kind::list);
    } else if (tables.empty()) {
      reader.problem("bands", "bands-gap", "[]");
    }
    for (const Setting* table : tables) {
      Reader band_reader(*table, reader.problems());
      scoring.bands.push_back(band(band_reader, edge));
      check_points(band_reader, scoring.bands.back(), item);
      check_order(band_reader, scoring, table == tables.back());
      band_reader.finish();
      scoring.places["at" + std::to_string(scoring.bands.size())] = table->place;
    }
    return parameters.take();
  }

  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    const auto& bands = item.scoring.bands;
    return with_figure(*catalogue.find(item.indicator), "period", [&](const Expr& x) {
      Expr result = number(item, "points", bands.size(), bands.back().points);
      for (std::size_t i = bands.size() - 1; i-- > 0;) {
        const Expr met = apply(comparison(bands[i].edge), {x, number(item, "at", i + 1, bands[i].at)});
        result = choose(met, number(item, "points", i + 1, bands[i].points), result);
      }
      return result;
    });
  }

  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }

private:
  static Expr number(const Item& item, const char* name, std::size_t index, const Number& value) {
    const std::string full = name + std::to_string(index);
    return parameter(value, full, parameter_ref(item.id, full));
  }

  static Band band(Reader& reader, const std::string& edge) {
    Band band;
    band.open = reader.flag(rising(edge) ? "above" : "below", false);
    band.edge = reader.one_of("edge", rising(edge) ? kRising : kFalling, edge.empty() ? "at or above" : edge);
    if (const Setting* points = reader.required("points", Setting::Kind::number)) band.points = points->number;
    if (!band.open) {
      if (const Setting* at = reader.required("at", Setting::Kind::number)) band.at = at->number;
    } else if (const Setting* at = reader.optional("at", Setting::Kind::number)) {
      reader.problem("at", "bands-overlap", at->number.text());
    }
    return band;
  }

  static void check_points(Reader& reader, const Band& band, const Item& item) {
    if (band.points.sign() < 0) reader.problem("points", "number-range", band.points.text(), "≥ 0");
    if (item.points && band.points > *item.points) {
      reader.problem("points", "points-above-maximum", band.points.text(), item.points->text());
    }
  }

  // Edges run one way, so that no figure is met twice; only the last band is open, so that none is met by none.
  static void check_order(Reader& reader, const Scoring& scoring, bool last) {
    const Band& band = scoring.bands.back();
    if (last && !band.open) reader.problem("at", "bands-gap", band.at.text());
    if (!last && band.open) reader.problem("points", "bands-overlap", band.points.text());
    if (band.open || scoring.bands.size() < 2) return;
    const Band& before = scoring.bands[scoring.bands.size() - 2];
    if (before.open) return;
    const bool up = rising(band.edge);
    if (up ? band.at <= before.at : band.at >= before.at) {
      reader.problem("at", "bands-overlap", band.at.text(), (up ? "> " : "< ") + before.at.text());
    }
  }
};

} // namespace

const ScoringRule& bands_rule() {
  static const Bands rule;
  return rule;
}

} // namespace appraise
