#!/usr/bin/python3
"""The program against the independent recomputation, figure by figure; and the recomputation against hand calculations.

    python3 test_recompute.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import sys
import tempfile
import tomllib
import unittest
from datetime import date
from fractions import Fraction
from pathlib import Path

import common
import recompute
import recompute_sql
from recompute import Appraisal
from recompute_days import deadline, months_after, rolled, working_days_after
from recompute_indicators import Span
from recompute_records import Bad, to_date, to_number

MONTHS_3 = {"limit": 3, "unit": "months", "extension": 1, "extension_unit": "months",
            "excluded": ["announcement", "appraisal", "suspension"]}
SCHEME = {"rounding": {"places": 2}, "when_empty": "zero"}
FAR = date(2016, 12, 31)


def day(text):
    return date.fromisoformat(text)


class Deadlines(unittest.TestCase):
    """The dates of the statutes' notes, and of the worked example in the conventions."""

    def due(self, event, approved=None, excluded=(), as_of=FAR):
        return deadline(MONTHS_3, day(event), approved and day(approved), list(excluded), as_of).isoformat()

    def test_plain(self):
        self.assertEqual(self.due("2015-11-30"), "2016-02-29")
        self.assertEqual(self.due("2016-07-01"), "2016-10-08")  # 10-01 to 10-07 are holidays, 10-08 a make-up Saturday
        self.assertEqual(working_days_after(day("2017-09-29"), 5), day("2017-10-12"))
        self.assertEqual(self.due("2017-01-10"), "2017-04-10")

    def test_excluded(self):
        appraisal = (day("2017-04-01"), day("2017-04-12"), "appraisal")
        hearing = (day("2017-04-01"), day("2017-04-12"), "hearing")
        self.assertEqual(self.due("2017-02-28", excluded=[appraisal]), "2017-06-09")
        self.assertEqual(self.due("2017-02-28", excluded=[hearing]), "2017-05-31")  # not allowed; 05-28 to 05-30 are holidays
        # 2016-03-01 + 3 months = 06-01. Two overlapping spans are 10 days, → 06-11; a third begins on 06-11, 5 days → 06-16.
        spans = [(day("2016-04-01"), day("2016-04-06"), "appraisal"), (day("2016-04-05"), day("2016-04-10"), "suspension"),
                 (day("2016-06-11"), day("2016-06-15"), "announcement")]
        self.assertEqual(self.due("2016-03-01", excluded=spans), "2016-06-16")
        late = [*spans[:2], (day("2016-06-12"), day("2016-06-16"), "announcement")]  # begins after 06-11: no longer helps
        self.assertEqual(self.due("2016-03-01", excluded=late), "2016-06-12")  # a Sunday, worked for the Dragon Boat holiday
        # Open since 05-30, still open on the as-of day: 06-30 counted, 32 days.
        still = [(day("2016-05-30"), None, "suspension")]
        self.assertEqual(self.due("2016-03-01", excluded=still, as_of=day("2016-06-30")), "2016-07-04")  # 07-03 is a Sunday

    def test_extension(self):
        self.assertEqual(self.due("2015-11-30", approved="2016-02-29"), "2016-03-29")  # added to the unrolled base
        self.assertEqual(self.due("2015-11-30", approved="2016-03-01"), "2016-02-29")  # too late
        self.assertEqual(self.due("2016-07-01", approved="2016-10-08"), "2016-11-01")  # on the rolled day; base is 10-01

    def test_months(self):
        self.assertEqual(months_after(day("2016-01-31"), 1), day("2016-02-29"))
        self.assertEqual(months_after(day("2016-12-15"), 24), day("2018-12-15"))
        self.assertEqual(rolled(day("2016-10-01")), day("2016-10-08"))


class Cells(unittest.TestCase):
    def test_dates(self):
        for text in ("2016-01-05", "2016/1/5", "2016.1.5", "2016年1月5日", "２０１６/1/05"):
            self.assertEqual(to_date(text), day("2016-01-05"), text)
        for text in ("2016-02-30", "2016-13-01", "2016年4月", "2016-1/5", "42374", "去年"):
            self.assertIsInstance(to_date(text), Bad, text)

    def test_numbers(self):
        self.assertEqual([to_number(text) for text in ("70.75", "-3", "+0.5")], [Fraction(283, 4), -3, Fraction(1, 2)])
        for text in ("三万元", "约40", "1e3", "1.", ".5", "-", "1/2"):
            self.assertIsInstance(to_number(text), Bad, text)


class Arithmetic(unittest.TestCase):
    def test_rounding(self):
        for text, expected in (("1.005", "1.01"), ("1.0049", "1"), ("-1.005", "-1.01"), ("2.5", "2.5")):
            self.assertEqual(recompute.rounded(Fraction(text), 2), Fraction(expected))

    def test_median(self):
        self.assertEqual(recompute.median([30, 10, 20]), 20)
        self.assertEqual(recompute.median([40, 10, 21, 30]), Fraction(51, 2))
        self.assertEqual(recompute.median([7]), 7)

    def test_ranks(self):
        self.assertEqual(recompute.ranks([5, 9, None, 9, 1]), [3, 1, None, 1, 4])
        self.assertEqual(recompute.ranks_in_groups([5, 9, None, 9, 1], list("abbab")), [2, 1, None, 1, 2])

    def test_growth(self):
        pro_rata = {"each": 1, "step": Fraction("0.1"), "steps": "pro rata", "floor": 0}
        whole = dict(pro_rata, steps="whole", each=Fraction("0.5"))
        self.assertEqual(recompute.growth(12, 8, pro_rata), 5)
        self.assertEqual(recompute.growth(40, 0, pro_rata), 390)
        self.assertEqual(recompute.growth(7, 8, pro_rata), 0)
        self.assertEqual(recompute.growth(13, 10, whole), Fraction("1.5"))  # exactly on a step
        self.assertEqual(recompute.growth(139, 100, whole), Fraction("1.5"))

    def test_bands(self):
        bands = tomllib.loads("bands = [{at = 0.9, points = 10}, {at = 0.1, points = 2}, {below = true, points = 1}]",
                              parse_float=Fraction)["bands"]
        at_or_above, above = ({"edge": edge, "bands": bands} for edge in ("at or above", "above"))
        self.assertEqual(recompute.in_bands(Fraction(9, 10), at_or_above), 10)
        self.assertEqual(recompute.in_bands(Fraction(1, 10), at_or_above), 2)
        self.assertEqual(recompute.in_bands(Fraction(9, 10), above), 2)
        self.assertEqual(recompute.in_bands(Fraction(1, 10), above), 1)

    def score(self, scoring, figure, denominator=1, state="value", terms=(), **item):
        value = recompute.Value(state, Fraction(figure) * denominator, Fraction(denominator))
        terms = [(Fraction(each), recompute.Value("value", Fraction(number))) for each, number in terms]
        result = recompute.score_item({"scoring": scoring} | item, SCHEME, value, recompute.EMPTY, terms)
        return result.points if result.points is not None else result.state

    def test_rules(self):
        linear = {"rule": "linear", "from": 100, "to": 30}
        self.assertEqual(self.score(linear, 65, points=5), Fraction("2.5"))
        self.assertEqual(self.score(linear, 30, points=5), 5)
        self.assertEqual(self.score(linear, 20, points=5), 5)
        self.assertEqual(self.score(linear, 100, points=5), 0)
        self.assertEqual(self.score(linear, 101, points=5), 0)
        within = {"rule": "range", "low": Fraction("0.2"), "high": Fraction("0.6")}
        self.assertEqual([self.score(within, Fraction(n, 100), points=4) for n in (19, 20, 60, 61)], [0, 4, 4, 0])
        lost = {"rule": "deduction", "full": 4, "each": 1}
        self.assertEqual(self.score(lost, 3, points=4, terms=[("0.5", 1)]), Fraction("0.5"))
        self.assertEqual(self.score(lost, 0, state="empty", points=4, when_empty="full", terms=[("0.5", 1)]), Fraction("3.5"))
        self.assertEqual(self.score(lost, 5, points=4), 0)
        self.assertEqual(self.score(lost, 0, state="empty", points=4, when_empty="full"), 4)
        for state, expected in (("empty", "no cases"), ("value", 4)):  # full marks for nothing only where there was something
            some = [recompute.EMPTY, recompute.Value(state)]
            scored = recompute.score_item({"scoring": lost, "points": 4, "when_empty": "full"}, SCHEME, recompute.EMPTY, provided=some)
            self.assertEqual(scored.points or scored.state, expected)
        self.assertEqual(self.score({"rule": "bonus", "each": Fraction("0.05"), "cap": 3}, 61, points=3), 3)
        self.assertEqual(self.score({"rule": "manual"}, Fraction("1.8"), points=2), Fraction("1.8"))
        self.assertEqual(self.score(linear, 50, denominator=4, points=5, min_denominator=5), "too few")
        self.assertEqual(self.score(linear, 0, state="empty", points=5, min_denominator=5), "no cases")


HEAD = """case_no unit case_type handled_by requested_date docketed_date closed_date channel relation transferred_date cross_region supervised_by
    outcome decided_date published_date review_kind review_result review_date county_office""".split()
ROSTER = """code,name,short_name,level,parent_code,region_group
900000,全国,全国,country,,
900100,甲省,甲省,province,900000,东
900101,甲市,甲,city,900100,东
900102,乙市,乙,city,900100,东
"""
APPRAISAL = """
title = "test"
scheme = "templates/schemes/bureau-form/2016.toml"
roster = "roster.csv"
period = { from = 2016-01-01, to = 2016-12-31 }
[[input]]
type = "cases"
files = ["old-*.csv"]
reporting_date = 2016-01-31
[[input]]
type = "cases"
files = ["new-*.csv"]
reporting_date = 2017-01-31
[[input]]
type = "excluded_time"
files = ["excluded.csv"]
reporting_date = 2017-01-31
"""


def write_cases(path, cases, encoding="utf-8-sig"):
    lines = [",".join(HEAD)] + [",".join(str(case.get(head, "")) for head in HEAD) for case in cases]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)


class BureauForm(unittest.TestCase):
    """The printed form's vector, 543.5 points, from rows: 52 cases of 2016, 47 closed in time."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
        (self.folder / "appraisal.toml").write_text(APPRAISAL, encoding="utf-8")

    def rows(self):
        common = {"unit": "900101", "handled_by": "本局"}
        old = [common | {"case_no": f"旧{n}", "case_type": "侵权纠纷", "docketed_date": "2015-07-06", "closed_date": "2015-08-03"}
               for n in range(8)]
        new = [common | {"case_no": f"侵{n}", "case_type": "侵权纠纷", "docketed_date": "2016-03-01", "closed_date": "2016-06-01"}
               for n in range(12)]
        new += [common | {"case_no": f"假{n}", "case_type": "假冒专利", "docketed_date": "2016-03-01", "closed_date": "2016-04-01"}
                for n in range(40)]
        for case in new[:3] + new[12:14]:  # one day late
            case["closed_date"] = "2016-06-02" if case["case_type"] == "侵权纠纷" else "2016-04-05"
        for number, case in enumerate(new):
            case["channel"] = "展会" if number < 3 else "电商" if number < 13 else "一般"
        new[0] |= {"relation": "移送出", "transferred_date": "2016-05-03"}
        new[1] |= {"relation": "移送出", "transferred_date": "2016-12-31"}
        new[2] |= {"relation": "移送接收", "transferred_date": "2016-01-01"}
        new[3] |= {"cross_region": "是"}
        new[4] |= {"cross_region": "是", "supervised_by": "省局督办"}
        for case, outcome in zip(new[:5], ("认定侵权", "认定侵权", "认定不侵权", "驳回请求", "调解结案")):
            case |= {"decided_date": "2016-05-30", "outcome": outcome}
        for case in new[12:18]:
            case |= {"decided_date": "2016-03-31", "outcome": "行政处罚"}
        for case in new[12:22]:
            case |= {"published_date": "2016-04-28"}
        new[0] |= {"review_kind": "行政诉讼", "review_result": "维持", "review_date": "2016-11-11"}
        return old, new

    def appraise(self, old, new, **files):
        write_cases(self.folder / "old-1.csv", old, "gb18030")
        write_cases(self.folder / "new-1.csv", new)
        for name, text in files.items():
            (self.folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return Appraisal(self.folder / "appraisal.toml")

    def test_vector(self):
        first, second = self.appraise(*self.rows()).units
        self.assertEqual([one.points for one in first.items], [Fraction(text) for text in
                         "36 5 40 390 0.3 1.0 0.2 0.1 0.4 0.5 10 20 30 5 5".split()])
        self.assertEqual(first.items[10].value.figure(), Fraction(47, 52))
        self.assertEqual((first.total, first.rank, first.rank_in_group), (Fraction("543.5"), 1, 1))
        self.assertEqual((second.total, second.rank, {one.state for one in second.items}), (None, None, {"no cases"}))

    def test_rows_that_cannot_be_counted(self):
        old, new = self.rows()
        bad = [dict(new[5], case_no=f"坏{n}") | change for n, change in enumerate((
            {"docketed_date": "2016-02-30"}, {"unit": "999999"}, {"case_type": "不明"}, {"handled_by": ""},
            {"closed_date": "2016-02-29"}, {"requested_date": "2016-03-02"}))]
        again = dict(new[6], case_no=" 侵６", channel="进出口", cross_region="是")
        later = dict(old[0], closed_date="2016-01-04")  # the later snapshot replaces: now late, and closed in 2016
        appraisal = self.appraise(old, new + bad + [again, later])
        self.assertEqual([why for _, _, _, why in appraisal.records.uncounted],
                         ["impossible-date", "unit-unknown", "category-unknown", "value-missing", "date-order", "date-order", "duplicate-key"])
        self.assertEqual(appraisal.records.replaced, 1)
        self.assertEqual([appraisal.units[0].items[n].value.figure() for n in (0, 8, 10)], [12, 2, Fraction(47, 53)])

    def test_side_records(self):
        old, new = self.rows()
        head = "case_no,case_unit,case_year,case_type,cause,from_date,to_date\n"
        other = dict(new[0], case_type="其他纠纷", outcome="", decided_date="", closed_date="2016-04-01")
        excluded = head + """侵1,,,,鉴定,2016-04-01,2016-04-01
侵0,,,,鉴定,2016-04-01,2016-04-01
侵0,乙,2016,其他纠纷,鉴定,2016-04-01,2016-04-01
侵 ０,甲市,2016,其他纠纷,鉴定,2016-04-01,2016-04-01
侵9999,,,,鉴定,2016-04-01,
"""
        appraisal = self.appraise(old, new + [other], excluded=excluded)
        self.assertEqual([why for *_, why in appraisal.records.uncounted], ["record-ambiguous", "record-unknown", "record-unknown"])
        self.assertEqual(appraisal.units[0].items[10].value.figure(), Fraction(48, 52))  # 侵1 is in time now

    def test_roll_up(self):
        values = self.appraise(*self.rows()).values
        year = Span(day("2016-01-01"), day("2016-12-31"))
        self.assertEqual({code: value.numerator for code, value in values.of("disputes_handled", year).items()},
                         {"900000": 12, "900100": 12, "900101": 12, "900102": 0})


# Units and items of each run: no fewer figures than these give may have been compared.
RUNS = {"demo-year": (32, 23), "demo-cities": (11, 15), "demo-all-cities": (110, 15), "published": (32, 6)}


SOURCE = common.SOURCE
KNOWN = {}  # what was read, for appraisals of the same inputs


class TheDemonstrationYear(unittest.TestCase):
    """The exports as they are read here: the published national totals, and the planted rows alone uncounted."""

    @classmethod
    def setUpClass(cls):
        cls.ours = Appraisal(common.demo_year() / "appraisal.toml", KNOWN)

    def test_national_totals(self):
        published = {"infringement_docketed": (20351, 14202), "other_disputes_docketed": (508, 405),
                     "counterfeit_closed": (28057, 21237), "ecommerce_cases": (13127, 7644), "exhibition_cases": (2860, 2743)}
        for name, figures in published.items():
            found = tuple(self.ours.values.of(name, self.ours.spans[span])["900000"].numerator for span in ("period", "base1"))
            self.assertEqual(found, figures, name)

    def test_planted_rows(self):
        with open(common.demo_year() / "exports" / "planted.csv", encoding="utf-8-sig", newline="") as file:
            planted = sorted((row["file"].rpartition("/")[2], int(row["row"]), row["kind"]) for row in csv.DictReader(file))
        self.assertEqual(len(planted), 40)
        self.assertEqual(sorted(line for _, *line in self.ours.records.uncounted), [list(line) for line in planted])

    def test_sql_counts_alike(self):
        run = json.loads((common.run_folder("demo-year") / "values.json").read_text("utf-8"))
        listed = json.loads(common.appraise("indicators", "list", "--json").stdout)
        seen, wrong = recompute_sql.compare(self.ours, run, listed)
        self.assertGreater(seen, 5000)
        self.assertEqual(wrong, [])


class AgainstTheProgram(unittest.TestCase):
    def test_every_figure(self):
        wrong, total = [], 0
        for name, (units, items) in RUNS.items():
            folder = SOURCE / "fixtures" / "published" if name == "published" else common.demo_year()
            ours = Appraisal(folder / common.APPRAISALS.get(name, "appraisal.toml"), KNOWN)
            self.assertEqual((len(ours.units), len(ours.scheme["item"])), (units, items), name)
            result = recompute.Comparison(ours, common.run_folder(name))
            print(f"{name}: {units} units × {items} items, {result.seen} figures compared, {len(result.wrong)} differ")
            every_value = len(ours.roster.codes) * len(set(result.indicators())) * len(ours.spans) * 2
            self.assertGreaterEqual(result.seen, units * (items * 4 + 6) + every_value, name)
            wrong += [f"{name}: {line}" for line in result.wrong]
            total += result.seen
        print("\n".join(wrong[:50]))
        self.assertEqual(len(wrong), 0, f"{len(wrong)} of {total} figures differ")

    def test_a_difference_is_seen(self):
        """One hundredth of a point and one row, changed in a copy of a run, are two differences."""
        run, copy = common.run_folder("demo-cities"), Path(self.enterContext(tempfile.TemporaryDirectory()))
        scorecard, values = (json.loads((run / name).read_text("utf-8")) for name in ("scorecard.json", "values.json"))
        item = next(line for line in scorecard["units"][3]["items"] if line["points"] is not None)
        item["points"] = str(float(item["points"]) + 0.01)
        next(line for line in values["values"] if line["state"] == "value")["counted"] += 1
        (copy / "scorecard.json").write_text(json.dumps(scorecard), "utf-8")
        (copy / "values.json").write_text(json.dumps(values), "utf-8")
        result = recompute.Comparison(Appraisal(common.demo_year() / "cities.toml", KNOWN), copy)
        self.assertEqual(len(result.wrong), 2, result.wrong)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
