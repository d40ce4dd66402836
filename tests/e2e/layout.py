"""Words of a PDF with their boxes, and what may not be wrong with them.

A box of pdftotext is as high as the font's ascent and descent, which for Chinese fonts is half as much again as the size; the
middle three quarters hold all the ink, and those may not overlap. Browsers write glyphs as pictures (Type 3 fonts) whose boxes are
as high as the font's tallest glyph, 2.6 sizes; measured on the page, the ink is in the middle 45 hundredths. pdftotext drops a word whose beginning lies off the page
altogether; that no label is missing shows that this is not so.
"""
import html, re, subprocess
from collections import namedtuple

Word = namedtuple("Word", "page x1 y1 x2 y2 text")
Page = namedtuple("Page", "width height")

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
HAN = re.compile(r"^[\u4e00-\u9fff]+$")
CHART_WIDTH = 156 / 25.4 * 72
LEAST_SIZE = 7.0

# By what wrote the PDF: how high a box is, in sizes; which part of it, in the middle, holds the ink.
Writer = namedtuple("Writer", "height ink")
CHART = Writer(1.448, 0.75)
OFFICE = Writer(1.05, 0.75)
BROWSER = Writer(2.6, 0.45)


def read(pdf):
    """The pages and words of a PDF file, as pdftotext sees them."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    pages, words = [], []
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        page, word = PAGE.search(line), WORD.search(line)
        if page:
            pages.append(Page(*map(float, page.groups())))
        elif word:
            words.append(Word(len(pages) - 1, *map(float, word.groups()[:4]), html.unescape(word.group(5))))
    return pages, words


def ink(word, writer):
    cut = (word.y2 - word.y1) * (1 - writer.ink) / 2
    return word.x1, word.y1 + cut, word.x2, word.y2 - cut


def overlaps(words, writer):
    """Pairs of words of one page that cover each other by more than half a point each way."""
    found, active = [], []
    for word in sorted(words, key=lambda w: (w.page, ink(w, writer)[1])):
        x1, y1, x2, y2 = ink(word, writer)
        active = [other for other in active if other.page == word.page and ink(other, writer)[3] > y1 + 0.5]
        for other in active:
            a1, _, a2, _ = ink(other, writer)
            if min(x2, a2) - max(x1, a1) > 0.5:
                found.append((other, word))
        active.append(word)
    return found


def size(word, writer):
    """The size of the font: a Han character is as wide as it is high; of other words the height tells."""
    if HAN.match(word.text):
        return (word.x2 - word.x1) / len(word.text)
    return (word.y2 - word.y1) / writer.height


def labelled(label, words):
    """Whether the label stands on the page, whole or broken into lines."""
    texts = {word.text for word in words}
    if label in texts or any(label in text for text in texts):
        return True
    return any(label[:i] in texts and (label[i:] in texts or any(
        label[i:j] in texts and label[j:] in texts for j in range(i + 1, len(label)))) for i in range(1, len(label)))


def faults(pages, words, labels=(), writer=CHART, least=LEAST_SIZE):
    """All that is wrong with the pages, one sentence each."""
    found = [] if words else ["no words at all"]
    for a, b in overlaps(words, writer):
        found.append(f"page {a.page + 1}: “{a.text}” and “{b.text}” overlap")
    for word in words:
        page = pages[word.page]
        x1, y1, x2, y2 = ink(word, writer)
        if x1 < -0.5 or y1 < -0.5 or x2 > page.width + 0.5 or y2 > page.height + 0.5:
            found.append(f"page {word.page + 1}: “{word.text}” leaves the page")
        if "###" in word.text:
            found.append(f"page {word.page + 1}: a column is too narrow for its number: {word.text}")
        if "\ufffd" in word.text or "\u25af" in word.text or any(ord(c) < 32 for c in word.text):
            found.append(f"page {word.page + 1}: missing glyph in “{word.text}”")
        if size(word, writer) < least - 0.05:
            found.append(f"page {word.page + 1}: “{word.text}” is {size(word, writer):.1f} pt high, at least {least} wanted")
    if writer is CHART:
        for page in pages:
            if abs(page.width - CHART_WIDTH) > 0.3:
                found.append(f"page is {page.width:.1f} pt wide, not 156 mm")
    for label in labels:
        if not labelled(label, words):
            found.append(f"unit without a label: {label}")
    return found


def fonts_not_embedded(pdf):
    lines = subprocess.run(["pdffonts", str(pdf)], capture_output=True, check=True).stdout.decode("utf-8", "replace").splitlines()
    return [line.split()[0] for line in lines[2:] if not re.search(r"\byes (yes|no) +(yes|no)\b", line)]
