"""The outside of a file: what it is by its bytes."""

from __future__ import annotations

import io
import struct
import zipfile

from ..errors import DamagedFile, ProtectedFile, UnsupportedFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GET_ANEW = "Get the file again from its sender, or open it in Word and save it anew"


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
    for magic, what in ((b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"II*\x00", "a picture")):
        if data.startswith(magic):
            raise UnsupportedFile(
                f"it is {what} of a page, not a text",
                remedy="Recognise the letters elsewhere (OCR), check them, and give the text or the .docx",
                name=name,
            )
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or ending in ("html", "htm", "xhtml"):
        return "html"
    return "md" if ending in ("md", "markdown") else "txt"


def _ole_kind(data: bytes, name: str) -> str:
    if _stream("EncryptedPackage") in data or _stream("EncryptionInfo") in data:
        raise ProtectedFile(
            "it is protected by a password",
            remedy="Open it in Word with the password and save a copy without one (File, Info, Protect Document)",
            name=name,
        )
    if _stream("WordDocument") in data:
        return "doc"
    if _stream("Workbook") in data or _stream("Book") in data:
        raise _workbook(name)
    raise DamagedFile(
        "it is an old Office file in which no Word document is found: cut short, or of another program",
        remedy=GET_ANEW,
        name=name,
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
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError, KeyError) as error:
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
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "odt"
    if "[Content_Types].xml" in names:
        raise DamagedFile(
            "it is an Office file without a document in it", remedy=GET_ANEW, name=name, place="word/document.xml"
        )
    raise UnsupportedFile(
        "it is a .zip archive, not a document", remedy="Unpack it and give the document inside", name=name
    )
