"""Working days and statutory deadlines, for recompute.py.

The event day is day 0. An extension adds to the unrolled base and counts only if approved on or before the deadline that holds
without it. Excluded days that the clock allows are added; then the day rolls forward, once, to a working day.
"""
import csv
from bisect import bisect_left
from datetime import date, timedelta
from functools import lru_cache

from recompute_records import SOURCE, toml

EXCEPTIONS = {}
with open(SOURCE / "templates" / "parameters" / "workdays.csv", encoding="utf-8-sig", newline="") as _file:
    for _row in csv.DictReader(_file):
        EXCEPTIONS[date.fromisoformat(_row["date"])] = _row["kind"] == "makeup_workday"
WORKING = [day for day in (date(min(EXCEPTIONS).year, 1, 1) + timedelta(n)
                           for n in range((max(EXCEPTIONS).year - min(EXCEPTIONS).year + 1) * 366))
           if EXCEPTIONS.get(day, day.weekday() < 5) and day.year <= max(EXCEPTIONS).year]


def rolled(day):
    """The day itself when it is a working day, else the first one after it. A make-up Saturday is a working day."""
    return WORKING[bisect_left(WORKING, day)]


def working_days_after(day, count):
    """The event day is day 0: the count-th working day after it."""
    return None if day is None else WORKING[bisect_left(WORKING, day + timedelta(1)) + count - 1]


def months_after(day, count):
    """The same day of the month, clamped to the month's end."""
    if day is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue


def days_between(first, last):
    return None if first is None or last is None else (last - first).days


def at_most(a, b):
    return None if a is None or b is None else a <= b


CLOCKS = toml(SOURCE / "templates" / "parameters" / "clocks.toml")["clock"]


@lru_cache(maxsize=None)
def clock_for(sets, case_type, outcome, procedure, day):
    """The national clock in force on the day; one that names the case's procedure goes before one that names none."""
    fitting = [clock for clock in CLOCKS
               if clock.get("sets") == sets and clock["place"] == "national" and clock.get("matter", "") in ("", case_type)
               and clock.get("from", day) <= day <= clock.get("to", day)
               and outcome in clock.get("outcomes", [outcome]) and clock.get("procedure", "") in ("", procedure)]
    fitting.sort(key=lambda clock: clock.get("procedure", "") == "")
    return fitting[0] if fitting and fitting[0].get("computable", True) else None


def add(day, count, unit):
    if unit == "months":
        return months_after(day, count)
    return working_days_after(day, count) if unit == "working days" else day + timedelta(count)


def pushed(base, event, excluded, as_of):
    """Walks the excluded intervals by date; each adds its days, until the first that begins after the unrolled deadline."""
    clipped = sorted((max(first, event + timedelta(1)), as_of if last is None else last) for first, last in excluded)
    merged = []
    for first, last in clipped:
        if last < first:
            continue
        if merged and first <= merged[-1][1] + timedelta(1):
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    for first, last in merged:
        if first > base:
            break
        base += timedelta((last - first).days + 1)
    return base


def deadline(clock, event, approved, excluded, as_of):
    allowed = [(first, last) for first, last, cause in excluded if cause in clock.get("excluded", [])]
    base = add(event, clock["limit"], clock["unit"])
    plain = rolled(pushed(base, event, allowed, as_of))
    if approved is None or not clock.get("extension") or approved > plain:
        return plain
    return rolled(pushed(add(base, clock["extension"], clock["extension_unit"]), event, allowed, as_of))


def closing_deadline(case, as_of):
    """National limit for closing; none where no clock is in force on the day of docketing."""
    docketed = case["docketed_date"]
    if docketed is None:
        return None
    clock = clock_for("closing_deadline", case["case_type"], case["outcome"], case["procedure"], docketed)
    return deadline(clock, docketed, case["extension_approved_date"], case["excluded"], as_of) if clock else None


def publication_deadline(case):
    """20 working days after a decision that finds infringement (stop order) or a penalty decision."""
    decided = case["decided_date"]
    if decided is None or case["outcome"] not in ("infringement found", "penalty"):
        return None
    clock = clock_for("publication_deadline", case["case_type"], case["outcome"], case["procedure"], decided)
    return deadline(clock, decided, None, [], decided) if clock else None
