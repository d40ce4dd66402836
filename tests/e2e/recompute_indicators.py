"""The indicators in Python, one function per indicator under its own name, each written from its definition in words.

A count's function says whether a row is counted. A share's gives OUT for a row outside the denominator, else whether it is met:
True, False or None (unknown, hence not met). Those of sums, means, medians and distinct counts give OUT or the row's value.

Logic is three-valued, as in SQL: None is "unknown". A comparison with an empty cell is unknown; a row whose condition is not
true is left out.
"""
from dataclasses import dataclass
from datetime import date

from recompute_days import at_most, days_between, months_after, working_days_after


@dataclass(frozen=True)
class Span:
    first: date
    last: date

    def holds(self, day):
        return day is not None and self.first <= day <= self.last


INDICATORS = {}  # id → (measure, record type, with descendants, function)
OUT = object()   # a row that the indicator leaves out


def indicator(measure, of, descendants=True):
    return lambda function: INDICATORS.setdefault(function.__name__, (measure, of, descendants, function))[3]


DISPUTES = ("infringement", "other dispute")
RULED = ("infringement found", "infringement not found", "request rejected")  # the three formal decisions (处理决定)


def a_case(case):
    return case["relation"] != "assistance"  # 协助不是案件; no entry: an ordinary case


def in_year(case, span):
    """Disputes belong to the year of docketing, counterfeit cases to the year of closing."""
    return span.holds(case["docketed_date"] if case["case_type"] in DISPUTES else case["closed_date"])


# 力度

@indicator("count", "cases")
def disputes_handled(case, span):
    return case["case_type"] in DISPUTES and span.holds(case["docketed_date"]) and a_case(case)


@indicator("count", "cases")
def infringement_docketed(case, span):
    return case["case_type"] == "infringement" and span.holds(case["docketed_date"]) and a_case(case)


@indicator("count", "cases")
def other_disputes_docketed(case, span):
    return case["case_type"] == "other dispute" and span.holds(case["docketed_date"]) and a_case(case)


@indicator("count", "cases")
def disputes_by_own_office(case, span):
    return case["handled_by"] == "own office" and disputes_handled(case, span)


@indicator("count", "cases")
def counterfeit_closed(case, span):
    return case["case_type"] == "counterfeit" and span.holds(case["closed_date"]) and a_case(case)


@indicator("count", "cases")
def exhibition_cases(case, span):
    return case["channel"] == "exhibition" and in_year(case, span) and a_case(case)


@indicator("count", "cases")
def ecommerce_cases(case, span):
    return case["channel"] == "e-commerce" and in_year(case, span) and a_case(case)


@indicator("count", "cases")
def key_channel_cases(case, span):
    return case["channel"] in ("e-commerce", "exhibition", "customs") and in_year(case, span) and a_case(case)


@indicator("count", "cases")
def cases_transferred_out(case, span):
    return case["relation"] == "transferred out" and span.holds(case["transferred_date"])


@indicator("count", "cases")
def transfers_accepted(case, span):
    docketed = case["docketed_date"] is not None
    return case["relation"] == "transferred in" and span.holds(case["transferred_date"]) and docketed


@indicator("count", "cases")
def cross_region_cases(case, span):
    return case["cross_region"] and span.holds(case["docketed_date"])


@indicator("count", "cases")
def supervised_closed(case, span):
    return case["supervised_by"] in ("national", "provincial") and span.holds(case["closed_date"])


@indicator("count", "cases")
def infringement_decisions(case, span):
    return case["case_type"] == "infringement" and case["outcome"] in RULED and span.holds(case["decided_date"])


@indicator("count", "cases")
def penalty_decisions(case, span):
    return case["case_type"] == "counterfeit" and case["outcome"] == "penalty" and span.holds(case["decided_date"])


@indicator("count", "cases")
def case_disclosures(case, span):
    return span.holds(case["published_date"])


@indicator("count", "cases")
def administrative_suits(case, span):
    return case["review_kind"] == "suit" and span.holds(case["review_date"])


@indicator("count", "cases")
def administrative_suits_won(case, span):
    return administrative_suits(case, span) and case["review_result"] == "upheld"


@indicator("count", "cases")
def criminal_transfers(case, span):
    return case["suspected_crime"] and span.holds(case["criminal_transfer_date"])


@indicator("distinct", "cases")
def county_offices_active(case, span):
    return case["county_office"] if case["county_office"] and span.holds(case["docketed_date"]) else OUT


# 水平

@indicator("mean", "file_reviews")
def file_review_mean(review, span):
    return review["score"] if span.holds(review["reviewed_date"]) else OUT


@indicator("share", "cases")
def decision_share(case, span):
    closed = case["case_type"] == "infringement" and case["handled_by"] == "own office" and span.holds(case["closed_date"])
    return case["outcome"] in RULED if closed and case["outcome"] is not None else OUT


@indicator("share", "cases")
def published_on_time_rate(case, span):
    due = case["publication_deadline"]
    return at_most(case["published_date"], due) if span.holds(due) and case["handled_by"] == "own office" else OUT


@indicator("count", "cases")
def suits_lost(case, span):
    return administrative_suits(case, span) and case["review_result"] == "reversed"


@indicator("count", "cases")
def reconsiderations_reversed(case, span):
    ended = case["review_kind"] == "reconsideration" and span.holds(case["review_date"])
    return ended and case["review_result"] == "reversed"


# 效率

def has_limit(case):
    ours = case["handled_by"] == "own office" and case["case_type"] in ("infringement", "counterfeit")
    return ours and case["closing_deadline"] is not None  # no clock, no verdict


@indicator("share", "cases")
def closed_on_time_rate(case, span):
    """Closed in the span, or overdue and still open at its end."""
    if not has_limit(case):
        return OUT
    closed, due = case["closed_date"], case["closing_deadline"]
    still_open = closed is None or closed > span.last
    overdue = case["docketed_date"] <= span.last and due <= span.last and still_open
    return at_most(closed, due) if span.holds(closed) or overdue else OUT


@indicator("share", "cases")
def closed_cases_on_time_rate(case, span):
    """The printed form's reading: only what was closed."""
    closed = has_limit(case) and span.holds(case["closed_date"])
    return at_most(case["closed_date"], case["closing_deadline"]) if closed else OUT


@indicator("quantile", "cases")
def median_handling_days(case, span):
    closed = case["case_type"] == "infringement" and case["handled_by"] == "own office" and span.holds(case["closed_date"])
    days = days_between(case["docketed_date"], case["closed_date"])
    return days if closed and days is not None else OUT


@indicator("share", "cases")
def docketing_on_time_rate(case, span):
    """Infringement requests since the 2015 measures whose five working days end in the span: docketed or refused in them."""
    requested = case["requested_date"]
    ours = case["case_type"] == "infringement" and case["handled_by"] == "own office"
    if not ours or requested is None or requested < date(2015, 7, 1):
        return OUT
    due = working_days_after(requested, 5)
    if not span.holds(due):
        return OUT
    docketed, refused = at_most(case["docketed_date"], due), at_most(case["refused_date"], due)
    return True if docketed or refused else None if None in (docketed, refused) else False


@indicator("share", "leads")
def lead_handling_rate(lead, span):
    """Hand-overs of the span that have had thirty days by its end."""
    sent = lead["sent_date"]
    if lead["lead_kind"] != "platform hand-over" or not span.holds(sent) or days_between(sent, span.last) < 30:
        return OUT
    return at_most(days_between(sent, lead["handled_date"]), 30)


# 规范

@indicator("share", "inspections")
def random_inspection_share(inspection, span):
    counts = span.holds(inspection["inspected_date"]) and inspection["inspection_kind"] != "complaint-led"
    return inspection["inspection_kind"] == "random" if counts else OUT


@indicator("share", "inspections")
def trace_complete_rate(inspection, span):
    counts = span.holds(inspection["inspected_date"]) and inspection["inspection_kind"] == "random"
    return inspection["trace_complete"] if counts else OUT


@indicator("mean", "supervision", descendants=False)
def responsibility_check_score(check, span):
    counts = check["check_kind"] == "responsibility" and span.holds(check["checked_date"])
    return check["score"] if counts and check["score"] is not None else OUT


# 能力

@indicator("count", "officers")
def officers_on_duty(officer, span):
    return officer["joined_date"] <= span.last and (officer["left_date"] is None or officer["left_date"] > span.last)


@indicator("sum", "officers")
def training_hours(officer, span):
    counts = officers_on_duty(officer, span) and officer["training_hours"] is not None
    return officer["training_hours"] if counts else OUT


@indicator("share", "officers")
def certificate_check_rate(officer, span):
    """Valid on the last day, and checked within the two years before it."""
    if not officers_on_duty(officer, span):
        return OUT
    valid = at_most(span.last, officer["valid_to"])
    checked = at_most(span.last, months_after(officer["checked_date"], 24))
    return False if valid is False or checked is False else None if None in (valid, checked) else True


RATIOS = {  # numerator, denominator, per
    "disputes_per_officer": ("disputes_by_own_office", "officers_on_duty", 1),
    "counterfeit_per_officer": ("counterfeit_closed", "officers_on_duty", 1),
    "training_hours_per_officer": ("training_hours", "officers_on_duty", 1),
    "invention_infringement_per_10000": ("published_infringement_invention", "valid_inventions", 10000),
}
MEASURED = {"quality_system", "valid_inventions", "published_infringement", "published_infringement_invention",
            "published_infringement_utility_model", "published_infringement_design", "published_other_disputes",
            "published_counterfeit"}
