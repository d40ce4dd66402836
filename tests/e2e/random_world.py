"""Random record types with their rows, units and parameters: what conditions are written over (random_language.py)."""
from datetime import date, timedelta
from fractions import Fraction

NAMES = ["甲", "甲公司", "乙", "a'b", 'a"b', "x, y", "㐀〇", "𠮷", "A", "a", "Ａ", "100%", "a\\b", "--", "多\n行", "NULL", "yes",
         "7"]
KINDS = [("red", "红"), ("green", "绿"), ("dark blue", "深蓝"), ("it's", "其他")]
YEAR = date(2016, 1, 1), date(2016, 12, 31)
HALF = date(2016, 1, 1), date(2016, 6, 30)
NO_MONTHS = date(2016, 2, 27), date(2016, 11, 15)
FEW = ("visits", "faults", "courses", "tries")  # integers that are small


class Field:
    def __init__(self, name, kind, values=(), derived=False):
        self.name, self.kind, self.values, self.derived = name, kind, list(values), derived


class Parameter:
    """values: (from, text), by day."""

    def __init__(self, name, kind, *values):
        self.name, self.kind, self.values = name, kind, values


class Type:
    def __init__(self, name, fields, unit=None, via=None, via_field=None, key=()):
        self.name, self.fields, self.unit, self.via, self.via_field, self.key = name, fields, unit, via, via_field, key

    def field(self, name):
        return next(field for field in self.fields if field.name == name)


class World:
    """Record types, units and rows of one home. Fields that hand-written conditions name are always there."""

    def __init__(self, random, rows, far=False, period=YEAR):
        self.random, self.far = random, far
        self.period = period
        self.base = (date(2015, 1, 1), date(2015, 12, 31))
        edges = [*self.period, *self.base, date(2016, 2, 29), date(2015, 2, 28), date(2016, 10, 1), date(2016, 10, 8)]
        self.days = edges + [day + timedelta(n) for day in edges for n in (-1, 1)]
        self.days += [date(2016, month, 28) for month in range(1, 13)]
        self.days += [date(2015, 1, 1) + timedelta(random.randrange(731)) for _ in range(30)]
        self.texts = random.sample(NAMES, 8)
        self.make_parameters()
        self.make_units()
        self.make_types()
        self.rows = {type.name: [] for type in self.types}
        main = self.types[0]
        for number in range(rows):
            self.rows[main.name].append(self.row(main, f"案〔{number % 7}〕{number}号" if number % 2 else f"N{number}"))
        for type in self.types[1:]:
            if type.via:
                for record in list(self.rows[main.name]):
                    for _ in range(random.choice((0, 0, 1, 1, 1, 2))):
                        self.rows[type.name].append(self.row(type, record[main.key[-1]]))
            elif type.name == "measured":
                self.rows[type.name] = [self.measured(type) for _ in range(random.choice((0, rows // 2, rows // 2)))]
            else:
                self.rows[type.name] = [self.row(type, f"P{number}") for number in range(rows // 2)]

    def make_parameters(self):
        old, new, end, later = date(2010, 1, 1), date(2016, 3, 1), date(2016, 12, 31), date(2017, 1, 1)
        self.parameters = [
            Parameter("allowed_days", "whole", (old, "30")),
            Parameter("months_given", "whole", (old, "3"), (new, "2")),
            Parameter("threshold", "number", (old, "2.5"), (new, "-1.234")),
            Parameter("amount", "number", (old, "100")),
            Parameter("begins_on", "date", (old, "2015-02-28"), (end, "2016-02-29")),
            Parameter("whoever", "text", (old, self.texts[0]), (end, "a'b")),
            Parameter("nobody", "text", (old, "")),
            Parameter("shade", "shade", (old, "红"), (later, "green")),
            Parameter("last_shade", "shade", (old, "it's"), (new, "绿"))]

    def make_units(self):
        random, self.parents = self.random, {"900000": None}
        for number in range(1, random.randint(4, 9)):
            self.parents[f"9{number:02}000"] = random.choice(list(self.parents))
        self.units = list(self.parents)
        self.paths = {}
        for unit in self.units:
            self.paths[unit], at = [], unit
            while at:
                self.paths[unit].append(at)
                at = self.parents[at]

    def extra(self, prefix):
        random, found = self.random, []
        for number in range(random.randint(0, 5)):
            kind = random.choice(["text", "category", "date", "integer", "number", "money", "flag"])
            values = [(f"v{i}", f"值{i}") for i in range(random.choice((1, 2, 70)))] if kind == "category" else ()
            found.append(Field(f"{prefix}_{number}", kind, values, derived=random.random() < 0.15))
        return found

    def make_types(self):
        random = self.random
        main = [Field("number", "text"), Field("place", "unit"), Field("opened", "date"), Field("decided", "date"),
                Field("closed", "date"), Field("colour", "category", KINDS), Field("colour_before", "category", KINDS),
                Field("who", "text"), Field("against", "text"), Field("joint", "flag"), Field("online", "flag"),
                Field("visits", "integer"), Field("seizures", "integer"), Field("score", "number"), Field("fine", "money")]
        if random.random() < 0.5:
            main.append(Field("partner", "unit"))
        side = [Field("review_of", "text"), Field("reviewed", "date"), Field("mark", "number"), Field("reviewer", "text"),
                Field("grade", "category", KINDS), Field("faults", "integer"), Field("accepted", "flag")]
        people = [Field("certificate", "text"), Field("office", "unit"), Field("joined", "date"), Field("name", "text"),
                  Field("hours", "number"), Field("level", "category", KINDS[:3]), Field("courses", "integer"),
                  Field("active", "flag")]
        key = random.choice((["number"], ["place", "number"], ["place", "year of opened, decided", "number"]))
        self.types = [Type("cases", main + self.extra("more"), unit="place", key=key),
                      Type("reviews", side + self.extra("side"), via="cases", via_field="review_of"),
                      Type("people", people + self.extra("own"), unit="office", key=random.choice(([], ["certificate"])))]
        figures = [Field("indicator", "text"), Field("whose", "unit"), Field("from_date", "date"), Field("to_date", "date"),
                   Field("value", "number"), Field("source", "text"), Field("note", "text"), Field("sure", "flag"),
                   Field("tries", "integer"), Field("sort", "category", KINDS)]
        self.types.append(Type("measured", figures, unit="whose"))
        if random.random() < 0.5:
            second = [Field("visit_of", "text"), Field("visited", "date"), Field("length", "integer"), Field("cost", "money"),
                      Field("visitor", "text"), Field("paid", "flag"), Field("why", "category", KINDS[:2])]
            self.types.append(Type("visits_made", second, via="cases", via_field="visit_of"))
        for type in self.types:
            random.shuffle(type.fields)

    def value(self, field):
        random = self.random
        if field.derived or random.random() < 0.15:
            return None
        if field.kind == "text":
            return random.choice(self.texts)
        if field.kind == "category":
            return random.choice(field.values)[0]
        if field.kind == "date":
            return random.choice(self.days)
        if field.kind == "flag":
            return random.random() < 0.5
        if field.kind == "unit":
            return random.choice(self.units)
        if field.name in FEW:
            return Fraction(random.randrange(13))
        if self.far and random.random() < 0.2:
            return Fraction(random.choice((10**9, 4 * 10**9, 10**12 + 1, 9 * 10**13)))
        if field.kind == "integer":
            return Fraction(random.choice((0, 1, 2, 3, 5, 7, 12, 63, 64, random.randrange(100), 4095, 4096, 5000)))
        hundredths = random.choice((0, 1, 250, 700, 10000, -325, random.randrange(100_000), -random.randrange(100)))
        return Fraction(abs(hundredths) if field.kind == "money" else hundredths, 100)

    def row(self, type, number):
        row = {field.name: self.value(field) for field in type.fields}
        if type.unit:
            row[type.unit] = self.random.choice(self.units)
        row[type.via_field or next(name for name in ("number", "certificate") if name in row)] = number
        return row

    def measured(self, type):
        """A figure of some unit in some span: none, one or two of each."""
        row = {field.name: self.value(field) for field in type.fields} | {"whose": self.random.choice(self.units)}
        start, end = self.random.choice((self.period, self.period, self.base, (self.period[0], self.base[1])))
        return row | {"indicator": self.random.choice(("m0", "m1", "m2", "m3")), "from_date": start, "to_date": end}

    # What the records are once they are read

    def counted(self):
        """Type → its rows that count, each with `unit`, `record`, `sides`."""
        main = self.types[0]
        found = {}
        year = any(part.startswith("year of") for part in main.key)
        for type in self.types:
            rows = self.rows[type.name]
            if type is main:
                rows = [row for row in rows if not year or row["opened"] or row["decided"]]
                by_number = {row["number"]: row for row in rows}
                for row in rows:
                    row["sides"] = {other.name: [] for other in self.types if other.via}
            if type.via:
                rows = [row for row in rows if row[type.via_field] in by_number]
                for row in rows:
                    row["record"] = by_number[row[type.via_field]]
                    row["record"]["sides"][type.name].append(row)
                    row["unit"] = row["record"][main.unit]
            else:
                for row in rows:
                    row["unit"] = row[type.unit]
            found[type.name] = rows
        return found
