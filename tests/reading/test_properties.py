"""What holds for every text: spans, ids, and that hostile bytes end in a refusal or a reading."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soichieu.reading import Limits, Reading, UnreadableFile, read_bytes, read_file

from .making import DATA, DIRECTIVES

REAL = sorted([*DIRECTIVES.iterdir(), *(DATA / "nd30").glob("*.docx"), *(DATA / "hanoi").glob("*UBND.pdf")])
LABELS = st.sampled_from(
    ["I. ", "II- ", "A- ", "1. ", "2. ", "1.1. ", "2.1- ", "a) ", "đ) ", "- ", "+ ", "Điều 1. ", "Điều 2. ", "Chương I",
     "Mục 2", "PHỤ LỤC", "Phụ lục II", "Nơi nhận:", "TM. ỦY BAN", "KT. CHỦ TỊCH", "Nguyễn Văn A", "Số: 1/KH-UBND",
     "“", "(i) ",
     "Kế hoạch này phổ biến đến chi bộ.", "QUYẾT ĐỊNH:", "NGHỊ QUYẾT", "*", "_____", "(Kèm theo Quyết định)", "./.", ""]
)  # fmt: skip
WORDS = st.text(alphabet="aăâbđê ôơưxyÀỦ.,;:“”\"'()-–0123456789ivIXV\u00a0\t", max_size=60)
TEXTS = st.lists(st.tuples(LABELS, WORDS), min_size=1, max_size=40).map(
    lambda lines: "\n".join(label + words for label, words in lines)
)
QUICK = Limits(file_bytes=5_000_000, unpacked_bytes=20_000_000, pages=60, characters=400_000)
MOST_SECONDS = 20.0


def check(found: Reading) -> None:
    ids = [item.id for item in found.provisions]
    assert len(ids) == len(set(ids))
    place = 0
    for leaf in found.leaves():
        source = leaf.source
        assert place <= source.start <= source.end <= len(found.text), leaf.id
        assert not found.text[place : source.start].strip(), leaf.id
        assert source.start <= source.text_start <= source.text_end <= source.end, leaf.id
        place = source.end
    assert not found.text[place:].strip()
    known: set[str] = set()
    for item in found.provisions:
        assert item.parent is None or item.parent in known, item.id
        assert 0 <= item.confidence <= 1
        known.add(item.id)
    json.dumps(found.to_json())


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_leaves_cover_every_letter_of_real_documents_once(path: Path) -> None:
    check(read_file(path))


@given(TEXTS, st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_leaves_cover_every_letter_of_any_text_once(text: str, name: str) -> None:
    try:
        found = read_bytes(text.encode("utf-8"), name)
    except UnreadableFile:
        return
    check(found)


@given(TEXTS)
def test_reading_again_gives_the_same(text: str) -> None:
    try:
        first = read_bytes(text.encode("utf-8"), "a.txt")
    except UnreadableFile:
        return
    assert first.to_json() == read_bytes(text.encode("utf-8"), "a.txt").to_json()


def test_a_sentence_is_found_at_its_place() -> None:
    for name in ("57-NQ-TW.txt", "03-NQ-CP.md"):
        found = read_file(DIRECTIVES / name)
        for item in found.provisions:
            if item.kind == "sentence" and "\n" not in found.text[item.source.text_start : item.source.text_end]:
                own = found.text[item.source.text_start : item.source.text_end]
                assert own.replace("*", "") == item.text, item.id


SEEDS = [
    (DATA / "nd30" / "Phuluc4.docx").read_bytes(),
    (DATA / "hanoi" / "11-2025-NQ-HDND.pdf").read_bytes(),
    (DIRECTIVES / "03-NQ-CP-annex-2-tasks.md").read_bytes(),
    (DATA / "nd30" / "Phuluc2.doc").read_bytes(),
]
NAMES = ["a.docx", "a.pdf", "a.md", "a.doc"]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[bytes, str]:
    """A real file with bytes changed, cut out, doubled, or its end gone."""
    index = draw(st.integers(0, len(SEEDS) - 1))
    data = bytearray(SEEDS[index])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(1, 400))
        match draw(st.sampled_from(["set", "flip", "cut", "double", "end", "insert"])):
            case "set":
                data[at : at + length] = bytes([draw(st.integers(0, 255))]) * min(length, len(data) - at)
            case "flip":
                if data:
                    data[at % len(data)] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at : at + length]
            case "double":
                data[at:at] = data[at : at + length]
            case "end":
                del data[at:]
            case "insert":
                data[at:at] = draw(st.binary(max_size=60))
    return bytes(data), draw(st.sampled_from([NAMES[index], "a.txt", "a"]))


@given(damaged())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example])
def test_damaged_files_are_read_or_refused_and_nothing_else(case: tuple[bytes, str]) -> None:
    data, name = case
    before = time.perf_counter()
    try:
        check(read_bytes(data, name, limits=QUICK))
    except UnreadableFile as error:
        assert error.remedy and error.problem
    assert time.perf_counter() - before < MOST_SECONDS


@given(st.binary(max_size=600), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableFile):
        check(read_bytes(data, name, limits=QUICK))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000, "a)" * 20_000, "- " * 30_000, "I. " * 20_000, "1." * 30_000, "*" * 60_000,
        "[" * 30_000 + "]" * 30_000,
        "“" * 30_000, "Điều " * 20_000, "|" * 60_000, "# " * 20_000, "\n".join("- a" for _ in range(8_000)),
        "`" * 40_000,
        "\n".join(" " * (n % 50) + "- a" for n in range(5_000)), "<" * 30_000, "Bộ Y tế, " * 8_000, "số " * 30_000,
        "\n".join(f"| {n} | b | c |" if n != 1 else "|---|---|---|" for n in range(5_000)), "1.1.1.1." * 10_000,
    ],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_tedious_texts_take_bounded_time(text: str, name: str) -> None:
    before = time.perf_counter()
    with contextlib.suppress(UnreadableFile):
        check(read_bytes(text.encode("utf-8"), name))
    assert time.perf_counter() - before < MOST_SECONDS
