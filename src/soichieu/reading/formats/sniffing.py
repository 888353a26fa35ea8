"""The outside of a file: what it is by its bytes."""

from __future__ import annotations

import io
import zipfile

from ..errors import ZIP_FAULTS, DamagedFile, ProtectedFile, UnsupportedFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GET_ANEW = "Get the file again from its sender, or open it in Word and save it anew"


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
_DATA = frozenset(
    ("xml", "json", "js", "css", "eml", "msg", "ics", "vcf", "sql", "py", "sh", "bat", "ini", "cfg", "yaml", "yml")
    + ("log", "tex", "srt", "rdf", "gpx", "kml", "geojson")
)
"""Endings of text files that are no documents."""


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def sniff(data: bytes, name: str) -> str:
    """The format by content, and by the name's ending only where the content does not tell.

    One of docx, odt, doc, rtf, pdf, html, md, txt. Raises for what is certainly none of them.
    """
    head = data[:1024]
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if b"%PDF-" in head:
        return "pdf"
    if data.startswith(OLE):
        return _ole_kind(data, name)
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if ending in ("docx", "docm", "doc", "odt", "pdf", "xlsx", "xls"):
        raise DamagedFile(
            f"the bytes are not those of a .{ending} file: it is damaged, or named wrongly",
            remedy=GET_ANEW,
            name=name,
            place="byte 0",
        )
    if data.startswith(_PICTURES) or data[4:12] in (b"ftypheic", b"ftypmif1") or data[8:12] == b"WEBP":
        raise UnsupportedFile(
            "it is a picture of a page, not a text",
            remedy="Recognise the letters elsewhere (OCR), check them, and give the text or the .docx",
            name=name,
        )
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    _refuse_other_text(start, ending, name)
    if start.startswith((b"<!doctype html", b"<html")) or ending in ("html", "htm", "xhtml"):
        return "html"
    return "md" if ending in ("md", "markdown") else "txt"


def _refuse_other_text(start: bytes, ending: str, name: str) -> None:
    """Text that is no document: drawings, tables, data. By what it begins with, else by the ending of its name."""
    if ending == "svg" or start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        raise UnsupportedFile(
            "it is a drawing (.svg), not a text", remedy="Give the document it was drawn for", name=name
        )
    if ending in ("csv", "tsv"):
        raise _workbook(name)
    xml = start.startswith(b"<?xml") and b"<html" not in start and ending not in ("html", "htm", "xhtml")
    if xml or ending in _DATA:
        kind = "xml" if xml else ending
        raise UnsupportedFile(
            f"a .{kind} file holds data or a program, not a document",
            remedy="Give the document itself: .docx, .pdf, .odt, .rtf, .txt or .html",
            name=name,
        )


def _ole_kind(data: bytes, name: str) -> str:
    if _stream("EncryptedPackage") in data or _stream("EncryptionInfo") in data:
        raise _protected(name)
    if _stream("WordDocument") in data:
        if _locked_doc(data):
            raise _protected(name)
        return "doc"
    if _stream("PowerPoint Document") in data:
        raise _slides(name)
    if _stream("Workbook") in data or _stream("Book") in data:
        raise _workbook(name)
    raise DamagedFile(
        "it is an old Office file in which no Word document is found: cut short, or of another program",
        remedy=GET_ANEW,
        name=name,
    )


def _locked_doc(data: bytes) -> bool:
    """Whether an old Word file says that it is encrypted: a flag in the head of its main stream (FIB), which begins
    with A5EC on a sector of 512 bytes."""
    for place in range(512, min(len(data), 1 << 22), 512):
        if data[place : place + 2] == b"\xec\xa5":
            return bool(int.from_bytes(data[place + 10 : place + 12], "little") & 0x0100)
    return False


def _protected(name: str) -> ProtectedFile:
    return ProtectedFile(
        "it is protected by a password",
        remedy="Open it in Word with the password and save a copy without one (File, Info, Protect Document)",
        name=name,
    )


def _slides(name: str) -> UnsupportedFile:
    return UnsupportedFile(
        "it is a presentation, not a document", remedy="Give the document it was made for", name=name
    )


def _workbook(name: str) -> UnsupportedFile:
    return UnsupportedFile(
        "it is a workbook, not a document",
        remedy="Give the document itself; an office's tracking sheet is taken over on its own page, or with"
        " soichieu open-book",
        name=name,
    )


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """The package; raises ``DamagedFile`` when it has no readable directory."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAULTS as error:
        raise DamagedFile(
            "its end is missing or damaged: the file was probably cut short while it was copied or sent",
            remedy=GET_ANEW,
            name=name,
            place=f"after byte {len(data):,}",
        ) from error


def _zip_kind(data: bytes, name: str) -> str:
    package = open_zip(data, name)
    names = set(package.namelist())
    if "word/document.xml" in names or any(part.startswith("word/") for part in names):
        return "docx"
    if any(part.startswith("xl/") for part in names):
        raise _workbook(name)
    if any(part.startswith("ppt/") for part in names):
        raise _slides(name)
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return _open_document(package, name)
    if "[Content_Types].xml" in names:
        raise DamagedFile(
            "it is an Office file without a document in it", remedy=GET_ANEW, name=name, place="word/document.xml"
        )
    raise UnsupportedFile(
        "it is a .zip archive, not a document", remedy="Unpack it and give the document inside", name=name
    )


def _open_document(package: zipfile.ZipFile, name: str) -> str:
    """Of OpenDocument files only texts are documents, and only those without a password."""
    try:
        kind = package.read("mimetype")[:80] if "mimetype" in package.namelist() else b""
        locked = b"encryption-data" in package.read("META-INF/manifest.xml")[:1_000_000]
    except ZIP_FAULTS:
        return "odt"  # what is damaged is told where it is read
    if b"spreadsheet" in kind:
        raise _workbook(name)
    if b"presentation" in kind:
        raise _slides(name)
    if locked:
        raise _protected(name)
    return "odt"
