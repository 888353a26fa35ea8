"""A text in, and what becomes of its sentences when it comes in again otherwise."""

from __future__ import annotations

import pytest

from soichieu.documents import commands, queries
from soichieu.documents.models import PendingReading, Provision

LINE = "- Có chính sách đủ mạnh khuyến khích tinh thần khởi nghiệp"  # the second bullet of III.6: one sentence


def _lines(data: bytes) -> list[str]:
    return data.decode().split("\n")


def _at(lines: list[str], start: str) -> int:
    return next(at for at, line in enumerate(lines) if line.startswith(start))


def _read(operator, document, lines: list[str]):
    return commands.read_edition(operator, document, "\n".join(lines).encode(), "57-NQ-TW.txt")


def _suspects(edition) -> set[tuple[str, str]]:
    return {(change.old_citation, change.verdict) for change in queries.suspects(edition)}


def test_it_reads_the_resolution_into_its_sections_and_bullets(nq57, operator):
    edition = queries.edition(operator, nq57)
    citations = list(edition.provisions.order_by("ordinal").values_list("citation", flat=True))
    assert [one for one in citations if one in ("I", "II", "III", "IV")] == ["I", "II", "III", "IV"]
    assert [one for one in citations if one.startswith("II.1.-") and one.count(".") == 2] == [
        f"II.1.-{n}" for n in range(1, 6)
    ]
    assert "III.2.-3.s1" in citations


def test_the_same_file_again_makes_nothing_suspect(nq57, operator, nq57_bytes):
    edition = _read(operator, nq57, _lines(nq57_bytes))
    assert edition.ordinal == 2
    assert set(edition.changes.values_list("verdict", flat=True)) == {"same"}


def test_an_inserted_bullet_makes_nothing_suspect_though_numbers_shift(nq57, operator, nq57_bytes):
    lines = _lines(nq57_bytes)
    at = _at(lines, LINE)
    lines.insert(at, "- Tổ chức giải thưởng hằng năm dành cho những sáng kiến do người dân ở cơ sở đề xuất.")
    shifted = Provision.objects.get(edition__document=nq57, citation="III.6.-2.s1").identity_id
    edition = _read(operator, nq57, lines)
    assert _suspects(edition) == set()
    assert set(edition.changes.filter(verdict="new").values_list("new_citation", flat=True)) == {
        "III.6.-2",
        "III.6.-2.s1",
    }
    assert edition.provisions.get(identity=shifted).citation == "III.6.-3.s1"


def test_a_deleted_bullet_alone_is_suspect(nq57, operator, nq57_bytes):
    lines = _lines(nq57_bytes)
    del lines[_at(lines, LINE)]
    edition = _read(operator, nq57, lines)
    assert _suspects(edition) == {("III.6.-2", "gone"), ("III.6.-2.s1", "gone")}
    assert not edition.changes.filter(verdict="new").exists()


@pytest.mark.parametrize(
    "target", ["- Có cơ chế, chính sách hỗ trợ hình thành", "4. Phát triển, trọng dụng", "- Đẩy mạnh tiêu dùng"]
)
def test_a_moved_bullet_makes_nothing_suspect(nq57, operator, nq57_bytes, target):
    lines = _lines(nq57_bytes)
    bullet = lines.pop(_at(lines, LINE))
    lines.insert(_at(lines, target) + 1, bullet)
    edition = _read(operator, nq57, lines)
    assert _suspects(edition) == set()
    assert not edition.changes.filter(verdict="new").exists()
    assert edition.changes.filter(verdict="moved").exists()


def test_a_reworded_bullet_is_suspect_with_its_sentence_and_nothing_above_it(nq57, operator, nq57_bytes):
    lines = _lines(nq57_bytes)
    at = _at(lines, LINE)
    lines[at] = lines[at].replace(
        "Có chính sách đủ mạnh khuyến khích", "Ban hành trước năm 2027 chính sách khuyến khích"
    )
    before = Provision.objects.get(edition__document=nq57, citation="III.6.-2.s1").identity_id
    edition = _read(operator, nq57, lines)
    assert _suspects(edition) == {("III.6.-2", "changed"), ("III.6.-2.s1", "changed")}
    assert edition.provisions.get(citation="III.6.-2.s1").identity_id == before


def test_one_reworded_sentence_of_a_long_bullet_leaves_its_neighbours_alone(nq57, operator, nq57_bytes):
    lines = _lines(nq57_bytes)
    at = _at(lines, "- Có cơ chế, chính sách hỗ trợ hình thành")
    lines[at] = lines[at].replace("Phát triển một số khu công nghiệp", "Phát triển ít nhất năm khu công nghiệp")
    edition = _read(operator, nq57, lines)
    assert _suspects(edition) == {("III.6.-3", "changed"), ("III.6.-3.s2", "changed")}


def test_who_begins_to_mend_twice_has_one_draft_until_it_is_touched(nq57, operator, house):
    edition = nq57.editions.get()
    first = commands.start_mending(operator, edition)
    assert commands.start_mending(operator, edition).pk == first.pk
    assert PendingReading.objects.count() == 1
    touched = [{"kind": "retitle", "citation": "I", "values": {"heading": "QUAN ĐIỂM"}}]
    commands.add_corrections(operator, first, touched, version=first.version)
    assert commands.start_mending(operator, edition).pk != first.pk
