"""The register from the command line: what it prints, and exit code 2 with a reason for what cannot be used."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from soichieu.documents.models import Document, Edition
from tests.documents.conftest import DIRECTIVES


@pytest.fixture
def run(db):
    from soichieu.cli.documents import documents

    def call(*words: str):
        return CliRunner().invoke(documents, list(words))

    return call


NQ57 = ("--number", "57-NQ/TW", "--issuer", "Bộ Chính trị", "--date", "22-12-2024", "--public")
FILE = str(DIRECTIVES / "57-NQ-TW.txt")


def test_it_registers_shows_searches_and_lists(run):
    done = run("register", *NQ57, "--file", FILE)
    assert done.exit_code == 0, done.output
    assert "189 provisions" in done.output
    assert "III.2.-3.s1" in run("show", "57/NQ-TW").output
    shown = json.loads(run("show", "57-NQ/TW", "--format", "json").output)
    assert shown["date"] == "2024-12-22" and len(shown["provisions"]) == 189
    assert "III.3.-2.s3" in run("search", "dat hiem").output
    assert [one["number"] for one in json.loads(run("list", "--format", "json").output)] == ["57-NQ/TW"]


def test_a_second_reading_says_what_is_to_be_looked_at_again(run, tmp_path):
    run("register", *NQ57, "--file", FILE)
    changed = tmp_path / "57.txt"
    text = (DIRECTIVES / "57-NQ-TW.txt").read_text().replace("khu công nghiệp công nghệ số", "khu công nghệ số")
    changed.write_text(text)
    done = run("read", str(changed), "--number", "57-NQ/TW")
    assert done.exit_code == 0 and "to look at again: III.6.-3.s2 (changed)" in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("register", "--number", "x", "--issuer", "Bộ", "--date", "1-1-2025"), "number"),
        (("register", *NQ57[:4], "--date", "31-2-2025"), "31-2-2025"),
        (("register", *NQ57, "--file", "/no/such/file"), "/no/such/file"),
        (("register", *NQ57, "--unit", "khong-co"), "khong-co"),
        (("register", *NQ57, "--unit", "khong-co"), "`soichieu units search`"),
        (("show", "99-NQ/TW"), "no such document"),
        (("read", FILE, "--number", "99-NQ/TW"), "no such document"),
        (("receive", "99-NQ/TW", "--unit", "x", "--on", "1-1-2025"), "no such document"),
        (("list", "--as", "khong-co"), "khong-co"),
    ],
)
def test_bad_input_ends_with_2_and_names_it(run, words, said):
    done = run(*words)
    assert done.exit_code == 2 and said in done.output
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["empty.txt", "short.docx", "scan.pdf"])
def test_a_file_that_cannot_be_read_registers_nothing(run, tmp_path, name):
    from tests.conftest import __file__ as here

    data = {"empty.txt": b"", "short.docx": b"PK\x03\x04 cut short"}
    path = tmp_path / name
    if name == "scan.pdf":
        from pathlib import Path

        path = Path(here).parent / "data" / "hanoi" / "12-2025-NQ-HDND-scan.pdf"
    else:
        path.write_bytes(data[name])
    done = run("register", *NQ57, "--file", str(path))
    assert done.exit_code == 2 and path.name in done.output, done.output
    assert not Document.objects.exists() and not Edition.objects.exists()


def test_two_documents_of_one_number_are_both_named(run):
    for day, issuer in (("3-6-2017", "Ban Chấp hành Trung ương"), ("16-3-2022", "Bộ Chính trị")):
        run("register", "--number", "12-NQ/TW", "--issuer", issuer, "--date", day)
    done = run("show", "12-NQ/TW")
    assert done.exit_code == 2 and "3-6-2017" in done.output and "16-3-2022" in done.output
    assert run("show", "12-NQ/TW", "--date", "16-3-2022").exit_code == 0


def test_it_records_links_and_receipts(run, house):
    run("register", *NQ57)
    run("register", "--number", "03/NQ-CP", "--issuer", "Chính phủ", "--date", "9-1-2025")
    assert run("link", "03/NQ-CP", "implements", "57-NQ/TW").exit_code == 0
    done = run("receive", "03/NQ-CP", "--unit", "cuc-a", "--on", "10-1-2025", "--as", "cuc-a-van-thu")
    assert done.exit_code == 2, "the post does not see it and must not learn of it"
    assert run("receive", "03/NQ-CP", "--unit", "cuc-a", "--on", "10-1-2025").exit_code == 0
    assert "03/NQ-CP" in run("list", "--as", "cuc-a-van-thu").output
