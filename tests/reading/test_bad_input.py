"""What cannot be read: each with the file, the place and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from soichieu.cli.read import read as command
from soichieu.reading import (
    DamagedFile,
    EmptyFile,
    Limits,
    MissingFile,
    ProtectedFile,
    TooLarge,
    UndecodableText,
    UnreadableFile,
    UnsupportedFile,
    read_bytes,
    read_file,
)
from soichieu.reading.formats import office

from .making import DATA, docx, paragraph, pdf

DECREE = (DATA / "nd30" / "30_2020_ND_CP.docx").read_bytes()


def refused(data: bytes, name: str, kind: type[UnreadableFile], limits: Limits | None = None) -> str:
    with pytest.raises(kind) as error:
        read_bytes(data, name, limits=limits)
    assert error.value.remedy
    message = str(error.value)
    assert name in message and error.value.remedy in message
    return message


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.99])
def test_a_truncated_word_file(part: float) -> None:
    assert "cut short" in refused(DECREE[: int(len(DECREE) * part)], "cut.docx", DamagedFile)


def test_a_word_file_with_a_damaged_part() -> None:
    data = bytearray(DECREE)
    with zipfile.ZipFile(io.BytesIO(DECREE)) as package:
        info = package.getinfo("word/document.xml")
    data[info.header_offset + 200 : info.header_offset + 260] = b"\x00" * 60
    assert "word/document.xml" in refused(bytes(data), "hong.docx", DamagedFile)


def test_a_word_file_protected_by_a_password() -> None:
    names = "".join(("EncryptionInfo\0", "EncryptedPackage\0")).encode("utf-16-le")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + names + b"\x00" * 2048
    assert "password" in refused(data, "mat.docx", ProtectedFile)


def test_zip_bombs_by_ratio_by_size_and_by_a_lying_directory() -> None:
    bomb = docx(paragraph("x"), extra={"word/media/a.xml": b"\x00" * 30_000_000})
    assert "zip bomb" in refused(bomb, "bom.docx", TooLarge)
    large = docx(paragraph("x"), extra={f"word/m{number}.bin": bytes([number]) * 900_000 for number in range(9)})
    assert "zip bomb" in refused(large, "to.docx", TooLarge, Limits(unpacked_bytes=5_000_000))
    body = docx(paragraph("x " * 400_000))
    assert "zip bomb" in refused(body, "van.docx", TooLarge, Limits(unpacked_bytes=100_000, ratio=10**9))
    many = docx(paragraph("x"), extra={f"word/p{number}.xml": b"" for number in range(60)})
    assert "parts" in refused(many, "nhieu.docx", TooLarge, Limits(parts=50))


def test_entities_of_xml_are_not_expanded() -> None:
    out = io.BytesIO()
    entities = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" * 1}{"&l" + str(n - 1) + ";"}">' for n in range(1, 30))
    xml = (
        f'<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
        '2006/main"><w:body><w:p><w:r><w:t>&l29; Chữ</w:t></w:r></w:p></w:body></w:document>'
    )
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", xml)
    try:
        found = read_bytes(out.getvalue(), "thuc-the.docx")
    except UnreadableFile:
        return
    assert len(found.text) < 100


def test_empty_files() -> None:
    for name in ("rong.txt", "rong.docx", "rong.pdf", "rong.md"):
        assert "empty" in refused(b"", name, EmptyFile)
    refused(b" \n\t\n", "trang.txt", EmptyFile)
    refused("\ufeff\n".encode("utf-16"), "bom.txt", EmptyFile)
    assert "no text" in refused(docx(paragraph("")), "hinh.docx", EmptyFile)


def test_a_name_that_lies() -> None:
    refused(b"just words", "gia.docx", DamagedFile)
    refused(b"just words", "gia.pdf", DamagedFile)
    refused(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "anh.txt", UnsupportedFile)
    refused(bytes(range(256)) * 20, "nhi-phan.txt", UndecodableText)


def test_workbooks_and_archives_are_pointed_elsewhere() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert "open-book" in refused(out.getvalue(), "so.xlsx", UnsupportedFile)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "x")
    assert "Unpack" in refused(out.getvalue(), "goi.zip", UnsupportedFile)


def test_a_truncated_and_an_encrypted_pdf() -> None:
    whole = (DATA / "hanoi" / "05-2025-QD-UBND.pdf").read_bytes()
    refused(whole[:2000], "cut.pdf", UnreadableFile)
    assert "password" in refused(pdf(["Secret"], password="x"), "khoa.pdf", ProtectedFile)


def test_a_pdf_beyond_the_limits() -> None:
    assert "pages" in refused(pdf(["x"] * 5), "dai.pdf", TooLarge, Limits(pages=4))
    assert "bytes" in refused(pdf(["x"]), "to.pdf", TooLarge, Limits(file_bytes=100))


def test_three_hundred_pages_are_read() -> None:
    page = "Article {n}. Title {n}\n1. The ministry shall report by June of the following year, all of it.\n2. Done."
    data = pdf(["\n".join(["National plan", page.format(n=n), f"Page {n} of 300"]) for n in range(1, 301)])
    found = read_bytes(data, "ba-tram.pdf")
    articles = [item.label for item in found.provisions if item.kind == "article"]
    assert articles == [f"Article {n}." for n in range(1, 301)]
    assert "Page 7 of 300" not in found.text and found.text.count("National plan") == 0
    assert found.provisions[-1].source.page == 300


def test_three_hundred_real_pages_are_read() -> None:
    source = pypdfium2.PdfDocument(DATA / "hanoi" / "12-2025-QD-UBND.pdf")
    target = pypdfium2.PdfDocument.new()
    for _ in range(24):
        target.import_pages(source)
    out = io.BytesIO()
    target.save(out)
    found = read_bytes(out.getvalue(), "dai.pdf")
    assert len(found.provisions) > 7_000
    assert sum(item.kind == "article" for item in found.provisions) == 24 * 6


def test_a_ruled_table_in_a_pdf_is_a_table() -> None:
    text = "\n".join(
        [
            "No    Task                 Lead",
            "",
            "1     Publish the data      Ministry",
            "",
            "2     Train officers        Agency",
        ]
    )
    lines = [(55, y, 300, y) for y in (795, 770, 742, 714)] + [(x, 714, x, 795) for x in (55, 78, 180, 300)]
    found = read_bytes(pdf([text + "\n\n\n\nArticle 1. After the table."], lines=lines), "bang.pdf")
    assert len(found.tables) == 1
    assert [item.label for item in found.provisions if item.kind == "article"] == ["Article 1."]


def test_old_formats_without_libreoffice_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    data = (DATA / "nd30" / "Phuluc2.doc").read_bytes()
    assert "LibreOffice" in refused(data, "cu.doc", UnsupportedFile)
    assert ".docx" in refused(b"{\\rtf1 x}", "cu.rtf", UnsupportedFile)


@pytest.mark.libreoffice
def test_old_formats_are_read_through_libreoffice() -> None:
    old = read_file(DATA / "nd30" / "Phuluc2.doc")
    new = read_file(DATA / "nd30" / "Phuluc2.docx")
    assert [item.id for item in old.provisions] == [item.id for item in new.provisions]
    assert "LibreOffice" in old.warnings[0]


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(MissingFile):
            read_file(path)


def test_the_command_ends_with_two_and_names_file_place_and_remedy(tmp_path: Path) -> None:
    bad = tmp_path / "cut.docx"
    bad.write_bytes(DECREE[:20_000])
    result = CliRunner().invoke(command, [str(bad)])
    assert result.exit_code == 2
    assert "cut.docx" in result.stderr and "cut short" in result.stderr and "Get the file again" in result.stderr
    assert result.stdout == ""
    assert CliRunner().invoke(command, [str(tmp_path / "none.txt")]).exit_code == 2


def _open_document(kind: str, manifest: str = "<manifest/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", "<x/>")
        package.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _zip_with(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, "<x/>")
    return out.getvalue()


def _old_office(stream: str, flags: int = 0) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    fib = (b"\xec\xa5\xc1\x00" + b"\0" * 6 + flags.to_bytes(2, "little")).ljust(512, b"\0")
    return head + fib + stream.encode("utf-16-le") + b"\0" * 512


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "name", "kind", "says"),
    [
        (SVG, "so-do.svg", UnsupportedFile, "drawing"),
        (b'<?xml version="1.0"?>\n' + SVG, "so-do.txt", UnsupportedFile, "drawing"),
        (b"\xef\xbb\xbfTT,T\xc3\xaan\n1,A\n", "ds.csv", UnsupportedFile, "workbook"),
        (b"TT\tT\xc3\xaan\n1\tA\n", "ds.TSV", UnsupportedFile, "workbook"),
        (b'{"a": 1}', "ds.json", UnsupportedFile, ".json"),
        (b'<?xml version="1.0"?><gpx/>', "ds.txt", UnsupportedFile, ".xml"),
        (b"GIF89a" + b"\0" * 40, "a.gif", UnsupportedFile, "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", UnsupportedFile, "picture"),
        (_open_document("spreadsheet"), "ds.ods", UnsupportedFile, "workbook"),
        (_open_document("presentation"), "ds.odp", UnsupportedFile, "presentation"),
        (_open_document("text", "<m><encryption-data/></m>"), "mat.odt", ProtectedFile, "password"),
        (_zip_with("ppt/presentation.xml"), "tc.pptx", UnsupportedFile, "presentation"),
        (_zip_with("xl/workbook.xml"), "bang.xlsx", UnsupportedFile, "workbook"),
        (_old_office("PowerPoint Document"), "tc.ppt", UnsupportedFile, "presentation"),
        (_old_office("Workbook"), "bang.xls", UnsupportedFile, "workbook"),
        (_old_office("WordDocument", 0x0100), "mat.doc", ProtectedFile, "password"),
    ],
)
def test_what_is_no_document_is_named_and_refused(data: bytes, name: str, kind: type, says: str) -> None:
    assert says in refused(data, name, kind)


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("part", ["mimetype", "META-INF/manifest.xml", "content.xml"])
def test_a_package_whose_parts_were_changed_is_damaged_however_it_is_packed(part: str, packing: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<x/>" * 50)
        package.writestr("META-INF/manifest.xml", "<manifest/>" * 50)
        begin = package.getinfo(part).header_offset + 30 + len(part)
    data = bytearray(out.getvalue())
    data[begin : begin + 8] = b"\xff" * 8
    refused(bytes(data), "hong.odt", DamagedFile)


@pytest.mark.parametrize("name", ["cong-van-15.2025", "VB", "ke-hoach.text", "ghi.md"])
def test_text_under_any_other_name_is_still_read(name: str) -> None:
    assert read_bytes("1. Các đơn vị báo cáo.".encode(), name).provisions


def test_an_old_word_file_without_a_password_is_not_taken_for_a_locked_one() -> None:
    from soichieu.reading.formats.sniffing import sniff

    for path in sorted((DATA / "nd30").glob("*.doc")):
        assert sniff(path.read_bytes(), path.name) == "doc"
