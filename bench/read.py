"""Reading a file into provisions against bare extraction of its text, which finds no structure at all.

PDFs: pypdfium2, page by page, the extractor that the reader itself stands on. Word files: python-docx, paragraphs and
cells. Texts differ in layout (page numbers dropped, lines joined) and the reader finds more (labels, footnotes, text
boxes), so what is asserted first is that it lost nothing: every letter the peer finds, but for one in a hundred.
Reading is from bytes in memory; the disk is no part of it.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2

from bench.harness import alternate, report
from soichieu.reading import read_bytes

DATA = Path(__file__).parent.parent / "tests" / "data"
LONG = 24


def bare_pdf(data: bytes) -> str:
    """The text layer, page by page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()


def bare_docx(data: bytes) -> str:
    """The text of paragraphs and cells, in the order of the document."""
    parts: list[str] = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            # A merged cell is given once for each place it covers.
            parts.extend({cell._tc: cell.text for row in block.rows for cell in row.cells}.values())
        else:
            parts.append(block.text)
    return "\n".join(parts)


def same_letters(ours: str, peer: str) -> bool:
    """Whether every letter that the peer found was found by us too, but for one in a hundred (running heads)."""
    mine, theirs = (Counter(letter for letter in text.casefold() if letter.isalpha()) for text in (ours, peer))
    return theirs.total() > 100 and (theirs - mine).total() <= 0.01 * theirs.total()


def repeated(path: Path) -> bytes:
    """A real PDF, its pages over and over: 312 of them."""
    source, target = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    for _ in range(LONG):
        target.import_pages(source)
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def compare(case: str, files: dict[str, bytes], peer: str, bare: Callable[[bytes], str]) -> None:
    """Measure a set of files, each read whole."""

    def ours() -> dict[str, str]:
        return {name: read_bytes(data, name).text for name, data in files.items()}

    def theirs() -> dict[str, str]:
        return {name: bare(data) for name, data in files.items()}

    def same(mine: dict[str, str], other: dict[str, str]) -> bool:
        return all(same_letters(mine[name], other[name]) for name in files)

    report("read", case, peer, alternate(ours, theirs, same=same))


def main() -> None:
    """All PDFs with a text layer together and one by one, one of 312 pages, and the Word files."""
    pdfs = {path.name: path.read_bytes() for path in sorted((DATA / "hanoi").glob("*.pdf")) if "scan" not in path.name}
    words = {path.name: path.read_bytes() for path in sorted((DATA / "nd30").glob("*.docx"))}
    compare("pdf", pdfs, "pypdfium2", bare_pdf)
    for name, data in pdfs.items():
        compare(name, {name: data}, "pypdfium2", bare_pdf)
    compare("pdf-312-pages", {"long.pdf": repeated(DATA / "hanoi" / "12-2025-QD-UBND.pdf")}, "pypdfium2", bare_pdf)
    compare("docx", words, "python-docx", bare_docx)


if __name__ == "__main__":
    main()
