"""What the reader says is said in the language of the page, all of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import soichieu.reading
from soichieu.documents.told import PROBLEMS, REMARKS, REMEDIES, told, unreadable
from soichieu.reading import UnreadableFile, read_bytes

SOURCE = Path(soichieu.reading.__file__).parent
# What goes before or after a sentence of the reader where it is put together in two places.
TABLE, BOMB = "Table 7, row 7: ", ": it looks like a zip bomb and was not unpacked"
# Their holes take words of their own (footnote, endnote; is not given, is incomplete): tried below.
SPECIAL = (
    "7 7s stand at the end",
    "The date of the document 7.",
    "Encoding 7 (7: 7)",
    "it is 7 of a page",
    TABLE + "7",
)
ERRORS = {"DamagedFile", "EmptyFile", "ProtectedFile", "ScannedFile", "TooLarge", "UndecodableText",
          "UnsupportedFile"}  # fmt: skip


def spoken(node: ast.expr) -> str:
    """A literal with 7 in its holes."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", ast.Call(ast.Name(name), node.args, node.keywords)


def literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def said() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(where, sentence, the sentences that it should be among) of all that the reader says of a file."""
    for where, call in calls():
        name = getattr(call.func, "id", "")
        if name == "MissingFile":
            continue  # a path that was named on the command line
        if name in ERRORS and call.args and literal(call.args[0]) and not spoken(call.args[0]).endswith(BOMB):
            yield where, spoken(call.args[0]), PROBLEMS
        if name == "_bomb":
            yield where, spoken(call.args[0]) + BOMB, PROBLEMS
        if name == "warn":
            yield where, TABLE + spoken(call.args[1]), REMARKS
        if name in ("append", "insert") and isinstance(call.args[-1], ast.JoinedStr | ast.Constant):
            sentence = spoken(call.args[-1])
            if sentence[:1].isupper() and sentence.endswith(".") and " " in sentence and len(sentence) > 20:
                yield where, sentence, REMARKS
        for given in call.keywords:
            if given.arg == "remedy" and literal(given.value):
                yield where, spoken(given.value), REMEDIES


def test_each_sentence_of_the_reader_is_known_here() -> None:
    found = list(said())
    assert len(found) > 60
    unknown = []
    with override("vi"):
        for where, sentence, among in found:
            if told(sentence, among) == sentence and not sentence.startswith(SPECIAL):
                unknown.append(f"{where}: {sentence}")
    assert not unknown, "\n".join(unknown)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.docx", "a.docx: tệp rỗng. Hãy chọn đúng tệp có nội dung văn bản."),
        (
            b"%PDF-1.4\nbroken",
            "b.pdf",
            "b.pdf, byte 0: không mở được tệp PDF này: tệp bị cắt ngắn hoặc hỏng. Hãy mở tệp, in ra PDF mới rồi đưa bản"
            " đó lên.",
        ),
        (
            b"PK" + b"\0" * 2000,
            "c.docx",
            "c.docx, sau byte 2.002: phần cuối tệp bị thiếu hoặc hỏng: có thể tệp đã bị cắt ngắn khi sao chép hoặc gửi."
            " Hãy lấy lại tệp từ nơi gửi, hoặc mở bằng Word rồi lưu lại.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_in_vietnamese(data: bytes, name: str, expected: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, name)
    with override("vi"):
        assert unreadable(caught.value) == expected
    with override("en"):
        assert unreadable(caught.value) == f"{caught.value}."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"mot hai\x01\x02\x03\x04 ba bon", "ký tự điều khiển"),
        ("\ufeffMột".encode("utf-16-le") + b"\x00\xd8", "có thể tệp bị cắt ngắn"),
        (bytes(range(0xA1, 0xFF)) * 20, "không phải UTF-8"),
    ],
)
def test_why_letters_cannot_be_read_is_told_in_one_language(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, "a.txt")
    with override("vi"):
        said = unreadable(caught.value)
    assert words in said
    assert ".)" not in said and ".." not in said and ".)" not in str(caught.value) and ".." not in str(caught.value)
    assert not {"the", "is", "of", "file"} & set(said.replace(".", " ").split()), said


def test_how_letters_were_read_is_told_in_one_language() -> None:
    remarks = [
        "Encoding windows-1258 (guessed: no Unicode mark; read as windows-1258, in which 100% of 16 accented words are"
        " Vietnamese syllables); check the letters.",
        "Encoding utf-16-le (by its mark: its byte order mark says utf-16-le); check the letters.",
    ]
    with override("vi"):
        for one in remarks:
            assert not {"read", "says", "words", "its"} & set(told(one).split()), told(one)


def test_a_remark_is_told_in_the_language_of_the_page_and_an_unknown_one_as_it_was_said() -> None:
    with override("vi"):
        assert told("Table T1, row 5: it has no number and goes on with row above.") == (
            "Bảng T1, dòng 5: không có số thứ tự, được nối vào dòng trên."
        )
        assert told("The date of the document is incomplete (tháng 5 năm 2025).") == (
            "Ngày ban hành ghi không đầy đủ (tháng 5 năm 2025)."
        )
        assert told("Một câu khác.") == "Một câu khác."
    with override("en"):
        assert told("Table T1, row 5: it has no number and goes on with row 2.") == (
            "Table T1, row 5: it has no number and goes on with row 2."
        )
