"""Random tables from a seed, written as CSV in every encoding and form, and as workbooks by openpyxl and libxlsxwriter."""
import ctypes, datetime

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

PIECES = ["a", "Z", "0", "7", ".", "-", " ", "  ", "案", "号", "知识产权", "（北京）", "，", "；", "　", "𠮷", "😀", "é", "ß", "Ω", "﻿",
          "\u00a0", "=1+1", "@x", "#", "'", "\\", "|", "_x", "sep=", "NULL", "é"]
SEPARATORS = [",", ",", ",", ";", "\t"]
ENCODINGS = [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"", "gb18030"), (b"", "gb18030"), (b"\x84\x31\x95\x33", "gb18030"), (b"\xff\xfe", "utf-16-le"),
             (b"\xfe\xff", "utf-16-be")]


def word(random, more=()):
    return "".join(random.choice(PIECES + list(more)) for _ in range(random.choice((0, 1, 1, 2, 3, 5, 9))))


def csv_bytes(random):
    """One CSV file: ragged rows, blank lines, quotes where they must be and where they may be, all kinds of line ends."""
    separator, said = random.choice(SEPARATORS), random.random() < 0.1
    if said:
        separator = random.choice("|;,\t^")
    ends = random.choice((["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]))
    text = f"sep={separator}{random.choice(ends)}" if said else ""
    plain_only = random.random() < 0.2
    for _ in range(random.randint(1, 12)):
        if random.random() < 0.05:
            text += random.choice(ends)
        cells = []
        for _ in range(random.choice((1, 2, 3, 4, 8))):
            cell = word(random, () if plain_only else (separator, '"', "\n", "\r", "\r\n", ","))
            # A quote inside a cell that does not begin with one is a character, whatever follows.
            bare = not cell.startswith('"') and not any(c in cell for c in separator + "\r\n")
            if not bare or random.random() < 0.2 or ('"' in cell and random.random() < 0.5):
                cell = '"' + cell.replace('"', '""') + '"'
            cells.append(cell)
        text += separator.join(cells) + random.choice(ends)
    if random.random() < 0.3:
        text = text.rstrip("\r\n")
    mark, codec = random.choice(ENCODINGS)
    return mark + text.lstrip("\ufeff").encode(codec)


def value(random, control=False):
    """What a cell of a workbook may hold."""
    kind = random.random()
    if kind < 0.15:
        return None
    if kind < 0.5:
        return word(random, ("\n", "\t", "<&>", '"', "]]>") + (("\x01", "\x1f", "\r") if control else ()))
    if kind < 0.6:
        return random.choice((0, 1, -1, 42, 1000000, 123456789012345, -99999999999))
    if kind < 0.8:
        return random.choice((random.uniform(-1, 1), random.gauss(0, 1e6), random.random() * 10.0 ** random.randint(-12, 25),
                              round(random.uniform(0, 1e5), 2), 0.1 + 0.2, 5.1e17, 1e21, 1e-9, 9.5e-10))
    if kind < 0.85:
        return random.random() < 0.5
    if kind < 0.95:
        day = datetime.datetime(1904, 1, 2) + datetime.timedelta(days=random.randint(0, 60000))
        return day if random.random() < 0.6 else day + datetime.timedelta(seconds=random.randint(1, 86399))
    return datetime.time(random.randint(0, 23), random.randint(0, 59), random.randint(0, 59))


def table(random, control=False):
    """{(row, column): value}, sparse, from 1"""
    rows, columns = random.choice((1, 3, 10, 40)), random.choice((1, 3, 15, 30))
    return {(row, column): value(random, control) for row in range(1, rows + 1) for column in range(1, columns + 1)
            if random.random() < 0.8}


def by_openpyxl(random, tables, path):
    book = openpyxl.Workbook()
    if random.random() < 0.3:
        book.epoch = CALENDAR_MAC_1904
    book.remove(book.active)
    for i, cells in enumerate(tables):
        sheet = book.create_sheet(f"表 {i + 1}")
        for (row, column), what in sorted(cells.items()):
            if what is None:
                continue
            cell = sheet.cell(row, column, what)
            if isinstance(what, str):
                cell.data_type = "s"  # = at the beginning is no formula
            if isinstance(what, datetime.datetime):
                cell.number_format = random.choice(("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm:ss", "[$-804]d mmm yy"))
    book.save(path)


class XlsxWriter:
    """libxlsxwriter, through its C interface."""

    class Options(ctypes.Structure):
        _fields_ = [("constant_memory", ctypes.c_uint8), ("tmpdir", ctypes.c_char_p), ("use_zip64", ctypes.c_uint8)]

    class Datetime(ctypes.Structure):
        _fields_ = [("year", ctypes.c_int), ("month", ctypes.c_int), ("day", ctypes.c_int), ("hour", ctypes.c_int),
                    ("min", ctypes.c_int), ("sec", ctypes.c_double)]

    def __init__(self):
        self.library = ctypes.CDLL("libxlsxwriter.so.4")
        pointer, row, column = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint16
        cell = [pointer, row, column]
        for name, result, arguments in (
                ("workbook_new_opt", pointer, [ctypes.c_char_p, pointer]), ("workbook_close", ctypes.c_int, [pointer]),
                ("workbook_add_worksheet", pointer, [pointer, ctypes.c_char_p]), ("workbook_add_format", pointer, [pointer]),
                ("format_set_num_format", None, [pointer, ctypes.c_char_p]),
                ("worksheet_write_string", ctypes.c_int, [*cell, ctypes.c_char_p, pointer]),
                ("worksheet_write_number", ctypes.c_int, [*cell, ctypes.c_double, pointer]),
                ("worksheet_write_boolean", ctypes.c_int, [*cell, ctypes.c_int, pointer]),
                ("worksheet_write_datetime", ctypes.c_int, [*cell, pointer, pointer]),
                ("worksheet_write_formula_num", ctypes.c_int, [*cell, ctypes.c_char_p, pointer, ctypes.c_double]),
                ("worksheet_write_formula_str", ctypes.c_int, [*cell, ctypes.c_char_p, pointer, ctypes.c_char_p])):
            function = getattr(self.library, name)
            function.restype, function.argtypes = result, arguments

    def write(self, random, tables, path):
        call = self.library
        options = self.Options(random.random() < 0.5, None, 0)  # constant memory: strings inside the cells
        book = call.workbook_new_opt(str(path).encode(), ctypes.byref(options))
        formats = {}
        for kind, code in (("date", "yyyy-mm-dd"), ("moment", "yyyy/m/d h:mm:ss"), ("time", "hh:mm:ss")):
            formats[kind] = call.workbook_add_format(book)
            call.format_set_num_format(formats[kind], code.encode())
        for i, cells in enumerate(tables):
            sheet = call.workbook_add_worksheet(book, f"表 {i + 1}".encode())
            for (row, column), what in sorted(cells.items()):
                if what is not None and what != "":
                    error = self.cell(random, sheet, row - 1, column - 1, what, formats)
                    assert error == 0, f"libxlsxwriter: error {error} at {what!r}"
        assert call.workbook_close(book) == 0

    def cell(self, random, sheet, row, column, what, formats):
        call, formula = self.library, random.random() < 0.1
        if isinstance(what, str):
            if formula and not any(c < " " for c in what):  # it would write them as they are
                return call.worksheet_write_formula_str(sheet, row, column, b"=T(1)", None, what.encode())
            return call.worksheet_write_string(sheet, row, column, what.encode(), None)
        if isinstance(what, bool):
            return call.worksheet_write_boolean(sheet, row, column, what, None)
        if isinstance(what, datetime.datetime):
            kind = "date" if what.time() == datetime.time() else "moment"
            moment = self.Datetime(what.year, what.month, what.day, what.hour, what.minute, what.second)
            return call.worksheet_write_datetime(sheet, row, column, ctypes.byref(moment), formats[kind])
        if isinstance(what, datetime.time):
            moment = self.Datetime(0, 0, 0, what.hour, what.minute, what.second)
            return call.worksheet_write_datetime(sheet, row, column, ctypes.byref(moment), formats["time"])
        if formula:
            return call.worksheet_write_formula_num(sheet, row, column, b"=1+1", None, what)
        return call.worksheet_write_number(sheet, row, column, what, None)
