"""The form in which two readings of a table are compared: `rows` and `cells` that hold something, and a SHA-256 over them.

A row's trailing empty cells are dropped and rows with no cell left are skipped; the digest is over UTF-8, 0x1F behind
each cell and 0x1E behind each row.
"""
import hashlib
from decimal import Decimal


def canonical(rows):
    kept = []
    for row in rows:
        row = list(row)
        while row and not row[-1]:
            row.pop()
        if row:
            kept.append(row)
    return kept


def figures(rows):
    """(rows, cells, sha256) of rows of text."""
    kept, digest = canonical(rows), hashlib.sha256()
    for row in kept:
        for cell in row:
            digest.update(cell.encode("utf-8", "surrogatepass") + b"\x1f")
        digest.update(b"\x1e")
    return len(kept), sum(1 for row in kept for cell in row if cell), digest.hexdigest()


def number_text(value):
    """The 15 significant digits that Excel keeps, in plain decimal notation for 1e-9 <= |x| < 1e21."""
    value = float(value)
    if value == 0:
        return "0"
    short = "%.15g" % value
    if not 1e-9 <= abs(value) < 1e21:
        return short
    text = format(Decimal(short), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
