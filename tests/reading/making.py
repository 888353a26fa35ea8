"""Files made for the tests: Word documents from XML, PDFs from text. No library of ours is used to make them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

HERE = Path(__file__).parent.parent
DIRECTIVES = HERE.parent / "src" / "soichieu" / "demo" / "data" / "directives"
DATA = HERE / "data"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def paragraph(text: str = "", *, number: str = "", level: int = 0, style: str = "", bold: bool = False) -> str:
    """A w:p; ``number`` is a w:numId."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r>{look}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in text.split("\n")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(text: str = "", *, span: int = 1, merge: str = "", bold: bool = False, number: str = "") -> str:
    """A w:tc; ``merge`` is restart or continue."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>"
    inner = "".join(paragraph(part, bold=bold, number=number) for part in text.split("|"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def level(index: int, form: str, text: str, *, start: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def docx(body: str, *, numbering: str = "", styles: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A .docx around a body of w:p and w:tbl."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        if numbering:
            package.writestr("word/numbering.xml", f"<w:numbering {NS}>{numbering}</w:numbering>")
        if styles:
            package.writestr("word/styles.xml", f"<w:styles {NS}>{styles}</w:styles>")
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return out.getvalue()


def pdf(pages: list[str], *, lines: list[tuple[float, float, float, float]] | None = None, password: str = "") -> bytes:
    """A PDF with one text object per line, in ASCII (Helvetica), and ruled lines on every page."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    ruled = "".join(f"{x1} {y1} m {x2} {y2} l S\n" for x1, y1, x2, y2 in lines or [])
    for index, text in enumerate(pages):
        shown = "".join(
            "(" + line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ") Tj T*\n"
            for line in text.split("\n")
        )
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET\n{ruled}".encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    encrypt = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + "o" * 32 + ") /U (" + "u" * 32 + ") /P -4 >> "
        if password
        else ""
    )
    ids = "/ID [(aaaaaaaaaaaaaaaa) (aaaaaaaaaaaaaaaa)] " if password else ""
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {encrypt}{ids}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
