"""What the reader says of a file, in the language of the page.

The reader is a library that knows no catalogue: it says its sentences in English. Each stands here as it says it, with
places for what it fills in; a test holds them up against its source, so that none is forgotten.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from soichieu.reading import UnreadableFile

PROBLEMS = (
    gettext_noop("the file has %(n)s bytes, more than %(most)s"),
    gettext_noop("the file is empty"),
    gettext_noop("the text has %(n)s characters, more than %(most)s"),
    gettext_noop("its tables have more than %(n)s cells"),
    gettext_noop("it has no main text part"),
    gettext_noop("the document holds no text (perhaps only pictures)"),
    gettext_noop("the bytes are not text in a known encoding. %(why)s"),
    gettext_noop("the file holds no text"),
    gettext_noop("it holds %(n)s parts, more than %(most)s: it looks like a zip bomb and was not unpacked"),
    gettext_noop(
        "it says it unpacks to %(n)s bytes, more than %(most)s: it looks like a zip bomb and was not unpacked"
    ),
    gettext_noop(
        "part %(part)s unpacks to more than %(n)s times its size: it looks like a zip bomb and was not unpacked"
    ),
    gettext_noop("part %(part)s unpacks beyond %(n)s bytes: it looks like a zip bomb and was not unpacked"),
    gettext_noop("its parts are encrypted"),
    gettext_noop("this part cannot be unpacked (%(why)s)"),
    gettext_noop("this part is not whole XML (%(why)s)"),
    gettext_noop("a .%(kind)s file is read through LibreOffice, which is not on this machine"),
    gettext_noop("LibreOffice did not turn it into .docx within %(n)s s"),
    gettext_noop("LibreOffice could not turn it into .docx (%(why)s)"),
    gettext_noop("the bytes are not those of a .%(kind)s file: it is damaged, or named wrongly"),
    gettext_noop("it is a picture of a page, not a text"),
    gettext_noop("it is protected by a password"),
    gettext_noop("it is an old Office file in which no Word document is found: cut short, or of another program"),
    gettext_noop("it is a workbook, not a document"),
    gettext_noop("it is a presentation, not a document"),
    gettext_noop("it is a drawing (.svg), not a text"),
    gettext_noop("a .%(kind)s file holds data or a program, not a document"),
    gettext_noop("its end is missing or damaged: the file was probably cut short while it was copied or sent"),
    gettext_noop("it is an Office file without a document in it"),
    gettext_noop("it is a .zip archive, not a document"),
    gettext_noop("the page holds no text"),
    gettext_noop("it is no whole HTML page (%(why)s)"),
    gettext_noop("the page shows no text without its scripts"),
    gettext_noop("it is encrypted: a password is needed to open it"),
    gettext_noop("it cannot be opened as a PDF: it is cut short or damaged"),
    gettext_noop("it has %(n)s pages, more than %(most)s"),
    gettext_noop("its text is longer than %(n)s characters"),
    gettext_noop("it has no pages"),
    gettext_noop("none of its pages can be read"),
    gettext_noop("its %(n)s pages are pictures without a text layer: a scan"),
)
WHYS = (
    gettext_noop(
        "The file holds control characters that text does not have: it is not a text file. Check that its name ends as"
        " its kind demands (.docx, .pdf, .xlsx …)."
    ),
    gettext_noop("The file is binary, not text. Check that its name ends as its kind demands (.docx, .pdf, .xlsx …)."),
    gettext_noop(
        "Byte %(n)s is not UTF-8, and read as windows-1258, TCVN3 or VNI too few words are Vietnamese (%(share)s of"
        " %(words)s at best). Open the file where it was made and save it as UTF-8."
    ),
    gettext_noop(
        "The file begins with the mark of %(encoding)s but byte %(n)s does not fit it: it is probably cut off. Get it"
        " again from its sender, or save it anew as UTF-8."
    ),
    gettext_noop(
        "no Unicode mark; read as %(encoding)s, in which %(share)s of %(words)s accented words are Vietnamese syllables"
    ),
    gettext_noop("its byte order mark says %(encoding)s"),
    gettext_noop("no mark; every other byte is that of UTF-16"),
    gettext_noop("UTF-8 cut off inside its last character"),
    gettext_noop("ASCII with typographic marks of windows-1252"),
)
"""What the letters of a file say of its encoding, within another sentence."""

REMEDIES = (
    gettext_noop("Save it without pictures, or split it and read its parts"),
    gettext_noop("Choose the file that holds the document"),
    gettext_noop("Split the document and read its parts"),
    gettext_noop("Split the tables and read the parts"),
    gettext_noop("Open it in Word and save it anew as .docx"),
    gettext_noop("Give the document with its text; letters in pictures must be recognised elsewhere first (OCR)"),
    gettext_noop("Save the file as UTF-8 text, or give the .docx or .pdf it was made from"),
    gettext_noop("Do not open it; ask its sender. A real document can be saved anew in Word and given again"),
    gettext_noop("Save a copy without a password and give that"),
    gettext_noop("Get the file again from its sender, or open it in Word and save it anew"),
    gettext_noop("Open it in Word or LibreOffice and save it as .docx, or install LibreOffice (soffice)"),
    gettext_noop("Open it there by hand and save it as .docx"),
    gettext_noop("Recognise the letters elsewhere (OCR), check them, and give the text or the .docx"),
    gettext_noop("Open it in Word with the password and save a copy without one (File, Info, Protect Document)"),
    gettext_noop(
        "Give the document itself; an office's tracking sheet is taken over on its own page, or with soichieu open-book"
    ),
    gettext_noop("Unpack it and give the document inside"),
    gettext_noop("Give the document it was made for"),
    gettext_noop("Give the document it was drawn for"),
    gettext_noop("Give the document itself: .docx, .pdf, .odt, .rtf, .txt or .html"),
    gettext_noop("Save the page with its text"),
    gettext_noop("Save the page anew"),
    gettext_noop("Save the page as text from the browser"),
    gettext_noop("Open it with the password and save or print a copy without one"),
    gettext_noop("Open it, print it to a new PDF, and give that"),
    gettext_noop("Split it and read its parts"),
    gettext_noop(
        "Recognise the letters elsewhere (OCR), have a person compare them with the picture, and give the text: a"
        " .docx, a .txt, or the PDF with its text layer"
    ),
)
PLACES = (
    gettext_noop("byte %(n)s"),
    gettext_noop("after byte %(n)s"),
    gettext_noop("page %(n)s"),
    gettext_noop("%(part)s, line %(n)s"),
)
REMARKS = (
    gettext_noop(
        "Table %(table)s, row %(row)s: “%(words)s” stands where the number belongs: its cells look shifted; check this"
        " row."
    ),
    gettext_noop(
        "Table %(table)s, row %(row)s: it has another number of cells than the head; they were read from the left;"
        " check this row."
    ),
    gettext_noop(
        "Table %(table)s, row %(row)s: its words are those of the row above: one cell is joined over both; check this"
        " row."
    ),
    gettext_noop("Table %(table)s, row %(row)s: it has no number; taken as a row of its own."),
    gettext_noop("Table %(table)s, row %(row)s: “%(words)s” stands in a group's row and was left out."),
    gettext_noop("Table %(table)s, row %(row)s: it repeats the end of the row above and was left out: “%(words)s”."),
    gettext_noop("Table %(table)s, row %(row)s: it has no number and goes on with row above."),
    gettext_noop("Table %(table)s, row %(row)s: it sums up the rows above and was left out."),
    gettext_noop("Table %(table)s, row %(row)s: it has no number and goes on with row %(number)s."),
    gettext_noop(
        "Table %(table)s, row %(row)s: the lead reads “%(words)s”, a time: columns look shifted; check this row."
    ),
    gettext_noop(
        "Table %(table)s, row %(row)s: the output reads “%(words)s”, a time, and the deadline is empty: check this row."
    ),
    gettext_noop(
        "Table %(table)s, row %(row)s: the deadline reads “%(words)s”, a body: columns look shifted; check this row."
    ),
    gettext_noop("Table %(table)s has no head of its own; read with that of the table before it."),
    gettext_noop("%(n)s footnotes stand at the end of the text, away from the words they explain."),
    gettext_noop("%(n)s endnotes stand at the end of the text, away from the words they explain."),
    gettext_noop(
        "The letters look like %(encoding)s (an old font such as .VnTime): open the file in Word, convert it to Unicode"
        " and give it again."
    ),
    gettext_noop("Encoding %(encoding)s (guessed: %(why)s); check the letters."),
    gettext_noop("Encoding %(encoding)s (by its mark: %(why)s); check the letters."),
    gettext_noop("Encoding guessed as %(encoding)s: %(why)s"),
    gettext_noop("Encoding %(encoding)s, as the page declares; check the letters."),
    gettext_noop("Read through LibreOffice from .%(kind)s; automatic numbers are those it wrote."),
    gettext_noop("%(n)s page numbers were left out."),
    gettext_noop("%(n)s page numbers and running heads were left out."),
    gettext_noop("Pages that could not be read: %(pages)s."),
    gettext_noop("Pages without text (pictures, or empty): %(pages)s; nothing of them was read."),
    gettext_noop(
        "Many letters have no Unicode meaning (fonts in the PDF are not mapped): compare the text with the page."
    ),
    gettext_noop("%(label)s at character %(n)s does not continue the numbering before it."),
    gettext_noop("A paragraph broken at character %(n)s was put together (%(words)s…)."),
    gettext_noop("Labels that occur twice were told apart by ~2, ~3 …: %(labels)s."),
    gettext_noop("Number %(number)s is damaged; read as %(fixed)s (%(why)s)."),
    gettext_noop("Number %(number)s is in no known form."),
    gettext_noop("The number is left blank in the text (%(words)s)."),
    gettext_noop("The date of the document is not given."),
    gettext_noop("The date of the document is incomplete (%(words)s)."),
)
_HOLE = re.compile(r"%\\?\((\w+)\\?\)s")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@cache
def _patterns(sentences: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(_HOLE.sub(r"(?P<\1>.*?)", re.escape(sentence)), re.DOTALL), sentence) for sentence in sentences
    )


def told(said: str, sentences: tuple[str, ...] = REMARKS) -> str:
    """A sentence of the reader in the language of the page; one that is not known here stays as it was said."""
    for pattern, sentence in _patterns(sentences):
        found = pattern.fullmatch(said)
        if found:
            values = found.groupdict().items()
            return str(_(sentence)) % {
                name: told(value, WHYS) if name == "why" and sentences is not WHYS else _figures(value)
                for name, value in values
            }
    return said


def _figures(value: str) -> str:
    """Figures that are grouped by commas, grouped as the language of the page groups them."""
    return _GROUPED.sub(".", value) if (get_language() or "vi").startswith("vi") else value


def unreadable(error: UnreadableFile) -> str:
    """Why a file cannot be read, where in it, and what to do, as one message."""
    where = ", ".join(part for part in (error.name, told(error.place, PLACES)) if part)
    problem = told(error.problem, PROBLEMS)
    message = f"{where}: {problem}" if where else problem[:1].upper() + problem[1:]
    return f"{message.removesuffix('.')}. {told(error.remedy, REMEDIES)}."
