"""The demonstration exports as plain rows, read with Python's csv alone: which row stands where, and which counts.

Heads are the titles of indicators/fields.toml; rows are dicts of text by field id. It knows planted.csv and nothing else of the
generator.
"""
import csv
import io
import tomllib
from collections import defaultdict


def decode(data):
    """(text, encoding) as the bytes say: BOM, else UTF-8, else GB18030."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8"), "UTF-8 BOM"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("gb18030"), "GB18030"


def iso(text):
    """2016/1/5 and 2016-01-05 are the same day."""
    parts = text.replace("/", "-").split("-")
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])]) if len(parts) == 3 else text


class Exports:
    def __init__(self, folder, source):
        self.folder = folder
        with open(source / "indicators" / "fields.toml", "rb") as file:
            self.types = tomllib.load(file)
        with open(folder / "planted.csv", encoding="utf-8", newline="") as file:
            self.planted = list(csv.DictReader(file))
        self.planted_at = {(row["file"], int(row["row"])) for row in self.planted}
        self.encodings, self.newlines = {}, {}
        self.rows = defaultdict(list)  # record type → rows; "@" = (file, line)
        for path in sorted(folder.glob("20*/*.csv")):
            self._read(path)

    def type_of(self, path):
        return "cases" if path.stem.startswith(("cases-", "open-")) else path.stem

    def _read(self, path):
        name = path.relative_to(self.folder).as_posix()
        text, self.encodings[name] = decode(path.read_bytes())
        self.newlines[name] = "\r\n" if "\r\n" in text else "\n"
        fields = [one for one in self.types[self.type_of(path)]["fields"] if not one.get("derived")]
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert next(reader) == [one["title"] for one in fields], name
        dates = [at for at, one in enumerate(fields) if one["type"] == "date"]
        ids = [one["id"] for one in fields]
        before = reader.line_num
        for cells in reader:
            at, before = (name, before + 1), reader.line_num
            if len(cells) == len(fields):
                for column in dates:
                    cells[column] = iso(cells[column])
            row = dict(zip(ids, (cell.replace("\r\n", "\n") for cell in cells)))
            row["@"], row["cells"] = at, len(cells)
            self.rows[self.type_of(path)].append(row)

    def sound(self, name):
        return [row for row in self.rows[name] if row["@"] not in self.planted_at]

    def case_key(self, row):
        day = row["docketed_date"] or row["requested_date"] or row["discovered_date"]
        return row["unit"], day[:4], row["case_type"], row["case_no"]

    def cases(self):
        """One row per case: the export of the later year replaces."""
        standing = {}
        for row in sorted(self.sound("cases"), key=lambda row: row["@"][0][:4]):
            standing[self.case_key(row)] = row
        return list(standing.values())
