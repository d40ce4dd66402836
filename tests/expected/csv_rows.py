"""What a CSV file must give, by Python's csv module and the rules of encoding and separator, which it has no word on.

Encoding: byte-order mark (of GB18030 too), else strict UTF-8, else strict GB18030, else an error. Separator: a first line `sep=`, else the
comma, else tab or semicolon when the first line has no comma outside quotes. Python reads in its strict dialect: text
behind a closing quote and an unclosed quote are errors for it too, but it does not say where: fault_place() does.
"""
import csv, io, re

csv.field_size_limit(1 << 30)


class Refused(Exception):
    """rule, and where it is broken: line, column (0: not said), byte (-1: not said)"""

    def __init__(self, rule, line=0, column=0, byte=-1):
        super().__init__(rule, line, column, byte)
        self.rule, self.line, self.column, self.byte = rule, line, column, byte


def place(text, at, separator):
    """Line and column of the table at an offset of the text (bytes of one unit each, or characters)."""
    line = column = 1
    quoted, start = False, True
    for i, c in enumerate(text[:at]):
        if quoted:
            quoted = c != '"'
        elif c == '"' and (start or text[i - 1] == '"'):
            quoted = True
        elif c == separator:
            column += 1
        start = not quoted and c in separator + "\r\n"
        if c == "\n" or (c == "\r" and text[i + 1:i + 2] != "\n"):
            line += 1
            column = column if quoted else 1
    return line, column


def strict(data, encoding):
    """(text, None) or (None, offset of the first byte that is refused)"""
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return None, error.start


def surely_utf8(line):
    """Valid, with two or more characters of three bytes: no line of GB18030 comes out so by accident."""
    text, bad = strict(line, "utf-8")
    return bad is None and sum(0x800 <= ord(c) < 0x10000 for c in text) >= 2


def decode(data):
    """(text, encoding) or Refused"""
    def refuse(rule, byte, before=None):
        latin = data[:byte].decode("latin-1") if before is None else before
        raise Refused(rule, *place(latin, len(latin), separator_of(before or data.decode("latin-1"))[0]), byte)

    for mark, codec, name in ((b"\xff\xfe", "utf-16-le", "UTF-16LE"), (b"\xfe\xff", "utf-16-be", "UTF-16BE"),
                              (b"\xef\xbb\xbf", "utf-8", "UTF-8 BOM"), (b"\x84\x31\x95\x33", "gb18030", "GB18030")):
        if data.startswith(mark):
            text, bad = strict(data[len(mark):], codec)
            if bad is not None:
                refuse("bytes-broken", bad + len(mark), data[len(mark):len(mark) + bad].decode(codec))
            return text, name
    text, bad = strict(data, "utf-8")
    if bad is None:
        return text, "UTF-8"
    text, bad_gb = strict(data, "gb18030")
    offset = 0
    for line in re.split(rb"(?<=[\r\n])", data):
        if surely_utf8(line):
            if offset > bad:
                refuse("bytes-mixed", offset)
            begin = max(data.rfind(b"\n", 0, bad), data.rfind(b"\r", 0, bad)) + 1
            other = strict(re.split(rb"[\r\n]", data[begin:])[0], "gb18030")[1] is None
            refuse("bytes-mixed" if other else "bytes-broken", bad)
        offset += len(line)
    if bad_gb is not None:
        refuse("bytes-broken", bad_gb)
    return text, "GB18030"


def separator_of(text):
    """(separator, what stands in front of the table)"""
    said = re.match(r'sep=([\x01-\x21\x23-\x7f])(\r\n|\r|\n|$)', text)
    if said and said[1] not in "\r\n":
        return said[1], said[0]
    outside, quoted, before = set(), False, ","
    for c in text:
        if c == '"':  # opens a cell behind any of them, or doubles
            quoted = not quoted and before in ',;\t"'
        elif not quoted:
            if c in "\r\n":
                break
            outside.add(c)
        before = c
    if "," not in outside:
        for other in "\t;":
            if other in outside:
                return other, ""
    return ",", ""


def fault_place(text, separator):
    """The first fault of quoting: (rule, line, column) of where its quote opens; None where there is none."""
    line, column, i = 1, 1, 0
    while i < len(text):
        if text[i] == '"':
            opens = line, column
            i += 1
            while True:
                if i >= len(text):
                    return ("quote-unterminated", *opens)
                if text[i] == '"':
                    if text[i + 1:i + 2] != '"':
                        break
                    i += 1
                elif text[i] == "\n" or (text[i] == "\r" and text[i + 1:i + 2] != "\n"):
                    line += 1
                i += 1
            i += 1
            if i < len(text) and text[i] not in separator + "\r\n":
                return ("quote-misplaced", *opens)
        else:
            while i < len(text) and text[i] not in separator + "\r\n":
                i += 1
        if text[i:i + 1] == separator:
            column += 1
        else:
            i += text[i:i + 2] == "\r\n"
            line, column = line + 1, 1
        i += 1
    return None


def read(data):
    """(rows, encoding, separator, widths of the rows that are not blank lines) or Refused"""
    text, encoding = decode(data)
    separator, skipped = separator_of(text)
    lines_skipped = 1 if skipped else 0
    text = text[len(skipped):]
    if not text.strip(" \t\r\n"):
        raise Refused("file-empty")
    if "\0" in text:
        line, column = place(text, text.index("\0"), separator)
        byte = data.index(b"\0") if not encoding.startswith("UTF-16") else -1
        raise Refused("nul-byte", line + lines_skipped, column, byte)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        found = fault_place(text, separator)
        if found is None:
            raise AssertionError(f"Python refuses ({error}) what fault_place takes") from error
        raise Refused(found[0], found[1] + lines_skipped, found[2]) from error
    assert fault_place(text, separator) is None, "fault_place refuses what Python takes"
    return rows, encoding, separator, [len(row) for row in rows if row]
