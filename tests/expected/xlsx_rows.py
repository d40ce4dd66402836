"""What a workbook must give: read by openpyxl, and by a second, plain walk over its XML with Python's standard library.

The two readings are compared cell for cell by make.py; where openpyxl differs from what Excel shows, make.py names the
reason. Text of a cell: numbers to 15 digits (canonical.number_text); dates YYYY-MM-DD, with a time of day YYYY-MM-DD
HH:MM:SS, a time alone HH:MM:SS, elapsed time ([h]) as its number; TRUE, FALSE; errors as they are; formulas by the result
that the file holds.
"""
import datetime, posixpath, re, warnings, zipfile
import xml.etree.ElementTree as ET
from fractions import Fraction

import openpyxl
from openpyxl.utils import column_index_from_string

from canonical import number_text
from csv_rows import Refused

BUILT_IN_DATES = {14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
                  20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
                  **{i: "yyyy/m/d" for i in (*range(27, 37), *range(50, 59))},
                  **{i: "h:mm" for i in (32, 33, 34, 35, 55, 56)}}


def date_kind(code):
    """"date", "time" (of day alone), "elapsed" or None, by the first section of a number format"""
    section, bare, i = [], [], 0
    while i < len(code):
        c = code[i]
        if c == '"':
            i = code.find('"', i + 1)
            if i < 0:
                break
        elif c in "\\_*":
            i += 1
        elif c == "[":
            end = code.find("]", i)
            inside = code[i + 1:end].lower()
            if inside and set(inside) in ({"h"}, {"m"}, {"s"}):
                return "elapsed"
            i = end if end > 0 else i
        elif c == ";":
            break
        else:
            bare.append(c)
        i += 1
    bare = re.sub(r"(?i)general|G/通用格式", "", "".join(bare))
    if re.search(r"(?i)[hs]", bare) and not re.search(r"(?i)[yd]|mmm", bare):
        return "time"
    return "date" if re.search(r"(?i)[ymdhs]", bare) else None


def serial_text(serial, epoch1904, kind):
    """A day count as Excel shows it, to the second. Below one it is a time of day, unless 1904-01-01 may be meant."""
    seconds = int(Fraction(serial) * 86400 + Fraction(1, 2)) if serial >= 0 else -1
    if seconds < 0:
        return number_text(serial)
    days, rest = divmod(seconds, 86400)
    time = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    if days == 0 and (kind == "time" or not epoch1904):
        return time
    if epoch1904:
        day = datetime.date(1904, 1, 1) + datetime.timedelta(days)
    elif days == 60:  # the 29 February 1900 that Excel counts
        return "1900-02-29" + (f" {time}" if rest else "")
    else:
        day = datetime.date(1899, 12, 31 if days < 60 else 30) + datetime.timedelta(days)
    return day.isoformat() + (f" {time}" if rest else "")


def unescape(text):
    """_xHHHH_ is a character that XML cannot hold."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def local(tag):
    return tag.rpartition("}")[2]


def text_of(node):
    """White space around it counts only where xml:space says so, as in Excel."""
    text = node.text or ""
    kept = node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return unescape(text if kept else text.strip(" \t\r\n"))


def texts(node):
    """Rich text joined, phonetic runs left out."""
    result = ""
    for child in node:
        if local(child.tag) == "t":
            result += text_of(child)
        elif local(child.tag) == "r":
            result += "".join(text_of(t) for t in child if local(t.tag) == "t")
    return result


def filled(rows):
    """{row: {column: text}} → lists of cells, without the empty ones at the end of a row"""
    result = []
    for _, row in sorted(rows.items()):
        last = max((column for column, text in row.items() if text), default=0)
        result.append([row.get(column, "") for column in range(1, last + 1)])
    return result


class Walk:
    """The sheets of a workbook by the standard library alone: Walk(path).sheets is [(name, hidden, rows)]"""

    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)
        self.names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self.archive.namelist()}
        book_path = next((t for kind, t in self.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")
        book, relations = self.part(book_path), self.relations(book_path)
        self.epoch1904 = any(n.get("date1904") in ("1", "true") for n in book.iter() if local(n.tag) == "workbookPr")
        by_kind = {kind: target for kind, target in relations.values()}
        self.strings = [texts(si) for si in self.part(by_kind["sharedStrings"])] if "sharedStrings" in by_kind else []
        self.styles = self.read_styles(by_kind.get("styles"))
        self.sheets = []
        for sheet in book.iter():
            if local(sheet.tag) != "sheet":
                continue
            link = next((v for k, v in sheet.attrib.items() if local(k) == "id"), None)
            kind, target = relations.get(link, (None, None))
            if kind == "worksheet":
                self.sheets.append((sheet.get("name"), sheet.get("state", "visible") != "visible", self.rows(target)))

    def part(self, path):
        return ET.fromstring(self.archive.read(self.names[path.lower()]))

    def relations(self, path):
        folder, name = posixpath.split(path)
        where = posixpath.join(folder, "_rels", name + ".rels")
        if where.lower() not in self.names:
            return {}
        result = {}
        for node in self.part(where):
            target = node.get("Target").replace("\\", "/")
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            result[node.get("Id")] = (node.get("Type").rpartition("/")[2], target)
        return result

    def read_styles(self, path):
        if path is None or path.lower() not in self.names:
            return []
        root, codes, styles = self.part(path), {}, []
        for node in root.iter():
            if local(node.tag) == "numFmt" and node.get("numFmtId"):
                codes[int(node.get("numFmtId"))] = node.get("formatCode", "")
            elif local(node.tag) == "cellXfs":
                for xf in node:
                    number = int(xf.get("numFmtId", 0))
                    styles.append(number)
        return [date_kind(codes.get(n, BUILT_IN_DATES.get(n, ""))) for n in styles]

    def rows(self, path):
        rows, at = {}, 0
        data = next((n for n in self.part(path) if local(n.tag) == "sheetData"), ())
        for row in data:
            if local(row.tag) != "row":
                continue
            at = int(row.get("r", at + 1))
            cells, column = rows.setdefault(at, {}), 0
            for cell in row:
                if local(cell.tag) != "c":
                    continue
                name = cell.get("r")
                column = column_index_from_string(re.match("[A-Za-z]+", name)[0]) if name else column + 1
                cells[column] = self.text(cell)
        return filled(rows)

    def text(self, cell):
        kind, value, inline = cell.get("t", "n"), None, None
        for node in cell:
            if local(node.tag) == "v":
                value = node.text or ""
            elif local(node.tag) == "is":
                inline = texts(node)
        if kind == "inlineStr":
            return inline if inline is not None else unescape(value or "")
        if value is None or value == "":
            return ""
        if kind == "s":
            return self.strings[int(value)]
        if kind == "str":
            return unescape(value)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}[value]
        if kind == "e":
            return value
        if kind == "d":
            day, _, time = value.rstrip("Z").partition("T")
            if ":" in day:
                return day.partition(".")[0]
            time = time.partition(".")[0]
            return day + (f" {time}" if time.strip("0:") else "")
        style = int(cell.get("s") or 0)
        dates = self.styles[style] if style < len(self.styles) else None
        if dates in ("date", "time"):
            return serial_text(Fraction(value), self.epoch1904, dates)
        return number_text(value)


def openpyxl_text(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.timedelta):
        return number_text(value / datetime.timedelta(1))
    if isinstance(value, (datetime.datetime, datetime.date)):
        value = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
        value = (value + datetime.timedelta(microseconds=500000)).replace(microsecond=0)
        return value.strftime("%Y-%m-%d" if value.time() == datetime.time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, (int, float)):
        return number_text(value)
    return str(value)


def by_openpyxl(path):
    """[(name, hidden, rows)] as openpyxl reads the file"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with open(path, "rb") as stream:  # a name without .xlsx would be refused
            book = openpyxl.load_workbook(stream, data_only=True)
        result = []
        for sheet in book.worksheets:
            rows = {}
            for (row, column), cell in sheet._cells.items():  # iter_rows() would make every cell of a sparse sheet
                rows.setdefault(row, {})[column] = openpyxl_text(cell)
            result.append((sheet.title, sheet.sheet_state != "visible", filled(rows)))
        return result
