"""What may be registered, by whom, who sees it, and what it says when it may not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from soichieu.documents import commands, files, hashes, keys, queries, words
from soichieu.documents.listing import REGISTER
from soichieu.documents.models import Document, StoredFile
from soichieu.organisation.askers import NotAllowed
from soichieu.reading import UnreadableFile

DAY = dt.date(2025, 1, 9)


def _register(asker, **changes):
    given = {"number": "07/QĐ-BTN", "issuer": "Bộ Thử nghiệm", "signed_on": DAY, **changes}
    return commands.register_document(asker, **given)


def test_it_registers_by_number_and_date_alone(house):
    document = _register(house.askers["bo"])
    assert document.kind == "QĐ"
    assert queries.edition(house.askers["bo"], document) is None


@pytest.mark.parametrize("printed", ["07/QĐ-BTN", "7/QĐ-BTN", "Số: 07/QĐ-BTN", "07 / QĐ-BTN"])
def test_it_refuses_the_same_document_however_its_number_is_printed(house, printed):
    _register(house.askers["bo"])
    with pytest.raises(ValidationError) as refused:
        _register(house.askers["bo"], number=printed)
    assert "number" in refused.value.message_dict


def test_it_takes_the_same_number_of_another_term(house):
    _register(house.askers["bo"], number="12-NQ/TW", issuer="Bộ Chính trị", signed_on=dt.date(2017, 6, 3))
    _register(house.askers["bo"], number="12-NQ/TW", issuer="Bộ Chính trị", signed_on=dt.date(2022, 3, 16))
    assert len(queries.by_number(house.askers["bo"], "12/NQ/TW")) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "quyết định"}, "number"),
        ({"issuer": "  "}, "issuer"),
        ({"signed_on": dt.date(2999, 1, 1)}, "signed_on"),
        ({"classification": "secret", "title": "Một đề án"}, "classification"),
        ({"classification": "secret", "public": True}, "classification"),
    ],
)
def test_it_names_the_field_that_is_wrong(house, changes, field):
    with pytest.raises(ValidationError) as refused:
        _register(house.askers["bo"], **changes)
    assert list(refused.value.message_dict) == [field]
    assert not Document.objects.exists()


def test_a_classified_document_keeps_no_text(house, nq57_bytes):
    document = _register(house.askers["bo"], classification="secret")
    with pytest.raises(ValidationError):
        commands.read_edition(house.askers["bo"], document, nq57_bytes, "a.txt")


def test_it_registers_nothing_when_the_file_cannot_be_read(house):
    with pytest.raises(UnreadableFile):
        _register(house.askers["bo"], file=(b"PK\x03\x04 broken", "a.docx"))
    assert not Document.objects.exists()


def test_an_asker_without_a_role_registers_nothing(house):
    import dataclasses

    with pytest.raises(NotAllowed):
        _register(dataclasses.replace(house.askers["bo"], roles=frozenset({"observer"})))


def test_a_document_is_seen_by_its_subtree_upwards_and_by_those_it_reached(house):
    document = _register(house.askers["cuc-a"])
    assert queries.visible_documents(house.askers["cuc-a"]).get() == document
    assert queries.visible_documents(house.askers["bo"]).get() == document
    assert not queries.visible_documents(house.askers["cuc-b"]).exists()
    commands.receive(house.askers["cuc-b"], document=document, unit=house.units["cuc-b"], received_on=DAY)
    assert queries.visible_documents(house.askers["cuc-b"]).get() == document


def test_a_public_document_is_seen_by_all(house):
    _register(house.askers["cuc-a"], public=True)
    assert queries.visible_documents(house.askers["cuc-b"]).exists()


def test_a_unit_does_not_record_the_receipt_of_another(house):
    document = _register(house.askers["bo"], public=True)
    with pytest.raises(NotAllowed):
        commands.receive(house.askers["cuc-a"], document=document, unit=house.units["cuc-b"], received_on=DAY)
    commands.receive(house.askers["bo"], document=document, unit=house.units["cuc-b"], received_on=DAY)


def test_it_is_not_received_before_it_was_signed(house):
    document = _register(house.askers["bo"])
    with pytest.raises(ValidationError):
        commands.receive(
            house.askers["bo"], document=document, unit=house.units["bo"], received_on=DAY - dt.timedelta(1)
        )


def test_a_link_is_recorded_once_and_not_backwards(house):
    asker = house.askers["bo"]
    old, new = _register(asker), _register(asker, number="8/QĐ-BTN", signed_on=DAY + dt.timedelta(5))
    first = commands.link_documents(asker, source=new, target=old, relation="implements")
    assert commands.link_documents(asker, source=new, target=old, relation="implements") == first
    with pytest.raises(ValidationError):
        commands.link_documents(asker, source=old, target=new, relation="replaces")
    assert [link.relation for link in queries.links_of(asker, old)] == ["implements"]


def test_the_same_bytes_are_stored_once_and_found_changed(db):
    first, second = files.store(b"one text", "a.txt"), files.store(b"one text", "b.txt")
    assert first == second and StoredFile.objects.count() == 1
    assert hashes.text_hash_of("file", first.sha256) == first.sha256
    files.path_of(first.sha256).write_bytes(b"another text")
    assert hashes.text_hash_of("file", first.sha256) != first.sha256
    files.path_of(first.sha256).unlink()
    assert hashes.text_hash_of("file", first.sha256) is None


def test_it_refuses_an_empty_file_and_one_that_is_too_large(db, settings):
    settings.MAX_FILE_BYTES = 10
    for data in (b"", b"more than ten bytes"):
        with pytest.raises(ValidationError):
            files.store(data, "a.txt")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "served"),
    [
        (b"<script>1</script>", "a.html", files.UNKNOWN),
        (b"<svg onload='x'/>", "a.svg", files.UNKNOWN),
        (b"not a pdf", "a.pdf", files.UNKNOWN),
        (b"%PDF-1.7", "a.txt", files.PDF),
        (b"text", "a.txt", files.PLAIN),
    ],
)
def test_nothing_that_a_browser_would_run_is_served_as_such(db, data, name, served):
    assert files.served_as(files.store(data, name)) == served


def test_a_name_of_a_file_holds_no_path(db):
    assert files.store(b"x", "../../etc/pass\x00wd.txt").name == "passwd.txt"


def test_hashes_follow_the_stored_words_and_not_the_column(nq57):
    edition = nq57.editions.get()
    sentence = edition.provisions.get(citation="III.2.-3.s1")
    kept = {"edition": hashes.text_hash_of("edition", edition.pk), "provision": sentence.text_hash}
    assert hashes.text_hash_of("provision", sentence.pk) == kept["provision"]
    type(sentence).objects.filter(pk=sentence.pk).update(text=sentence.text + " ")
    assert hashes.text_hash_of("provision", sentence.pk) != kept["provision"]
    assert hashes.text_hash_of("edition", edition.pk) != kept["edition"]


@pytest.mark.parametrize("column", ["source_text", "reading", "file"])
def test_the_hash_of_an_edition_is_over_all_that_it_shows(nq57, column):
    edition = nq57.editions.get()
    kept = hashes.text_hash_of("edition", edition.pk)
    other = {"source_text": edition.source_text + " ", "reading": {**edition.reading, "x": 1}, "file": None}
    type(edition).objects.filter(pk=edition.pk).update(**{column: other[column]})
    assert hashes.text_hash_of("edition", edition.pk) != kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Số: 07/QĐ-BTN", "07/QĐ-BTN"),
        ("số 07/QĐ-BTN", "07/QĐ-BTN"),
        ("Số:  /QĐ-BTN", "/QĐ-BTN"),
        ("số liệu công bố ngày 9-12-2022", "số liệu công bố ngày 9-12-2022"),
    ],
)
def test_only_the_mark_of_a_number_is_left_out(given, kept):
    assert keys.printed(given) == kept


@pytest.mark.parametrize("damaged", ["118/KH-ĐUCA", "118-KH/DUCA", "118–KH/ĐUCA", "118 - KH / ĐUCA", "0118-KH/ĐUCA"])
def test_damaged_numbers_share_the_key_of_the_whole_one(damaged):
    assert keys.number_key(damaged) == keys.number_key("118-KH/ĐUCA")


def test_a_kind_written_out_is_the_kind_of_its_abbreviation(house):
    for number, kind in (("1/BC-BT", ""), ("Tin 2", "báo cáo"), ("Tin 3", "Báo  cáo"), ("Tin 4", "bài báo")):
        _register(house.askers["bo"], number=number, kind=kind)
    assert sorted(Document.objects.values_list("kind", flat=True)) == ["BC", "BC", "BC", "bài báo"]
    # Books from before know both; the filter offers the kind once and keeps all of it.
    Document.objects.filter(number="Tin 2").update(kind="báo cáo")
    [of_kind] = [one for one in REGISTER.filters if one.key == "kind"]
    assert dict(of_kind.choices()) == {"BC": "Báo cáo", "bài báo": "bài báo"}
    assert of_kind.narrow(Document.objects.all(), frozenset({"BC"})).count() == 3


def test_a_place_without_a_number_is_named_in_the_language_of_the_page():
    with translation.override("vi"):
        places = ("head", "preamble.1.s1", "preamble2.1", "signature", "1.s1", "II.3.a")
        named = {one: words.place(one) for one in places}
    assert named == {
        "head": "Phần đầu văn bản", "preamble.1.s1": "Phần mở đầu 1, câu 1", "preamble2.1": "Phần mở đầu 2.1",
        "signature": "Chữ ký", "1.s1": "1.s1", "II.3.a": "II.3.a",
    }  # fmt: skip
