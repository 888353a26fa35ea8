"""The register's pages, as people of the fictitious ministry use them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from soichieu.documents import commands, panels
from soichieu.documents.models import Document, Edition, PendingReading
from soichieu.documents.panels import Filling, Margin
from tests.baselines import assert_query_baseline

SMALL = (
    "BỘ THỬ NGHIỆM\nSố: 15/KH-BTN\nHà Nội, ngày 05 tháng 3 năm 2025\n\nKẾ HOẠCH\nTriển khai chuyển đổi số\n\n"
    "I. MỤC TIÊU\n1. Hoàn thành số hóa hồ sơ trước ngày 30/6/2025.\nII. NHIỆM VỤ\n"
    "1. Cục A xây dựng kho dữ liệu. Cục B rà soát.\n"
    "2. Các đơn vị báo cáo hằng quý.\n"
)


@pytest.fixture
def clerk(house, sign_in):
    return sign_in(house.accounts["bo"])


def _file(text: str = SMALL, name: str = "ke-hoach.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def _upload(clerk) -> PendingReading:
    answer = clerk.post(reverse("documents:new"), {"file": _file()})
    assert answer.status_code == 302, answer.content.decode()
    return PendingReading.objects.get()


FACTS = {"number": "15/KH-BTN", "signed_on": "5-3-2025", "issuer": "Bộ Thử nghiệm", "title": "Triển khai chuyển đổi số"}


def test_a_file_becomes_a_registered_document(clerk):
    pending = _upload(clerk)
    page = clerk.get(reverse("documents:upload", args=[pending.pk])).content.decode()
    assert 'value="15/KH-BTN"' in page and 'value="5-3-2025"' in page and "Cục B rà soát." in page
    answer = clerk.post(reverse("documents:upload-confirm", args=[pending.pk]), FACTS, follow=True)
    document = Document.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("documents:document", args=[document.pk])
    assert "Cục A xây dựng kho dữ" in answer.content.decode()
    assert not PendingReading.objects.exists()


def test_a_wrong_field_loses_nothing_that_was_typed(clerk):
    pending = _upload(clerk)
    typed = {**FACTS, "signed_on": "31-2-2025", "signer": "Nguyễn Văn Thử"}
    answer = clerk.post(reverse("documents:upload-confirm", args=[pending.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="31-2-2025"' in page and 'value="Nguyễn Văn Thử"' in page
    assert not Document.objects.exists() and PendingReading.objects.exists()


def test_an_unreadable_file_is_told_at_its_field_and_nothing_is_kept(clerk):
    bad = SimpleUploadedFile("hong.docx", b"PK\x03\x04 cut short")
    answer = clerk.post(reverse("documents:new"), {"file": bad, "title": "Tên đã gõ"})
    assert answer.status_code == 422 and "Tên đã gõ" in answer.content.decode()
    assert not PendingReading.objects.exists()


def test_number_and_date_alone_are_enough(clerk):
    answer = clerk.post(reverse("documents:new"), FACTS, follow=True)
    assert answer.status_code == 200 and Document.objects.get().number == "15/KH-BTN"


def _place(clerk, pending, at, act="mend", version=None, **changes):
    pending.refresh_from_db()
    page = clerk.get(reverse("documents:upload", args=[pending.pk]), {"at": at})
    form = page.context["node_form"]
    data = {**form.initial, **changes, "at": at, "act": act, "version": version or pending.version}
    return clerk.post(reverse("documents:upload-place", args=[pending.pk]), data)


def test_a_place_is_mended_split_merged_moved_and_left_out(clerk):
    pending = _upload(clerk)
    texts = lambda: {one["id"]: one["text"] for one in commands.mended_tree(_fresh(pending))}  # noqa: E731
    before = texts()
    assert _place(clerk, pending, "II", heading="NHIỆM VỤ CHỦ YẾU", nature="solution").status_code == 302
    assert _place(clerk, pending, "II.1.s1", text="Cục A xây dựng || kho dữ liệu.").status_code == 302
    assert texts()["II.1.s2"] == "kho dữ liệu." and texts()["II.1.s3"] == "Cục B rà soát."
    assert _place(clerk, pending, "II.1.s2", act="merge").status_code == 302
    assert texts() == before
    assert _place(clerk, pending, "II.2", act="drop").status_code == 302
    assert "II.2.s1" not in texts()
    assert _place(clerk, pending, "I.1", parent="II", after="II.1").status_code == 302
    assert texts()["II.1~2.s1"].startswith("Hoàn thành")
    back = {"act": "back", "version": _fresh(pending).version}
    clerk.post(reverse("documents:upload-place", args=[pending.pk]), back)
    assert "I.1.s1" in texts()
    clerk.post(reverse("documents:upload-confirm", args=[pending.pk]), FACTS)
    edition = Edition.objects.get()
    assert edition.provisions.get(citation="II").heading == "NHIỆM VỤ CHỦ YẾU"
    assert edition.provisions.get(citation="II.1.s1").nature == "solution"
    assert edition.corrections.count() == 5


def test_a_level_is_mended(clerk):
    pending = _upload(clerk)
    assert _place(clerk, pending, "II.2", kind="clause").status_code == 302
    assert [one["kind"] for one in commands.mended_tree(_fresh(pending)) if one["id"] == "II.2"] == ["clause"]


def _fresh(pending):
    return PendingReading.objects.get(pk=pending.pk)


def test_two_windows_on_one_upload_lose_nothing(clerk):
    pending = _upload(clerk)
    first_version = pending.version
    _place(clerk, pending, "I", heading="MỤC TIÊU CHUNG")
    answer = _place(clerk, pending, "II", version=first_version, heading="Tiêu đề gõ ở cửa sổ kia")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Tiêu đề gõ ở cửa sổ kia" in page
    assert f'name="version" value="{_fresh(pending).version}"' in page
    assert [one["values"] for one in _fresh(pending).corrections] == [{"heading": "MỤC TIÊU CHUNG"}]


@pytest.fixture
def registered(house, clerk):
    return commands.register_document(
        house.askers["bo"], number="15/KH-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 3, 5),
        file=(SMALL.encode(), "ke-hoach.txt"),
    )  # fmt: skip


def test_two_people_mending_one_edition_lose_nothing(clerk, registered):
    uploads = []
    for place, words in (
        ("I", {"heading": "MỤC TIÊU CHUNG"}),
        ("II.2.s1", {"text": "Các đơn vị báo cáo hằng tháng."}),
    ):
        clerk.post(reverse("documents:mend", args=[registered.pk, 1]))
        uploads.append(PendingReading.objects.order_by("-pk").first())
        _place(clerk, uploads[-1], place, **words)
    clerk.post(reverse("documents:upload-confirm", args=[uploads[0].pk]))
    answer = clerk.post(reverse("documents:upload-confirm", args=[uploads[1].pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("documents:upload", args=[uploads[1].pk])
    assert registered.editions.count() == 2
    clerk.post(reverse("documents:upload-confirm", args=[uploads[1].pk]))
    newest = registered.editions.order_by("-ordinal").first()
    assert newest.ordinal == 3
    assert newest.provisions.get(citation="I").heading == "MỤC TIÊU CHUNG"
    assert newest.provisions.get(citation="II.2.s1").text == "Các đơn vị báo cáo hằng tháng."


def test_corrections_are_laid_over_a_new_reading_and_lost_ones_are_told(house, registered):
    asker = house.askers["bo"]
    first = registered.editions.get()
    corrections = [
        {"kind": "retitle", "citation": "II", "values": {"heading": "NHIỆM VỤ CHỦ YẾU"}},
        {"kind": "nature", "citation": "II.2.s1", "values": {"nature": "organisation"}},
    ]
    commands.mend(asker, first, corrections)
    again = commands.read_edition(asker, registered, SMALL.replace("2. Các", "2. Mọi").encode(), "ke-hoach.txt")
    assert again.provisions.get(citation="II").heading == "NHIỆM VỤ CHỦ YẾU"
    assert any("II.2.s1" in warning for warning in again.warnings)


def test_the_sheet_shows_each_sentence_with_its_number_and_its_answer(clerk, registered, monkeypatch):
    sentence = registered.editions.get().provisions.get(citation="II.1.s2")

    def fill(request, document, edition):
        return Filling(margin={sentence.identity_id: Margin("<b>12</b> trên 63", "hole")})

    monkeypatch.setattr(panels, "_fillers", [fill])
    page = clerk.get(reverse("documents:document", args=[registered.pk])).content.decode()
    assert 'id="II.1.s2"' in page and 'class="sn hole"' in page
    assert "trên 63" in page


def test_a_permalink_leads_to_the_sentence_where_it_stands_now(clerk, registered, house):
    key = registered.editions.get().provisions.get(citation="II.1.s1").identity.key
    moved = SMALL.replace("1. Cục A", "1. Thành lập tổ công tác liên ngành.\n2. Cục A").replace("\n2. Các", "\n3. Các")
    commands.read_edition(house.askers["bo"], registered, moved.encode(), "ke-hoach.txt")
    answer = clerk.get(reverse("documents:place", args=[key]))
    assert answer.url == reverse("documents:edition", args=[registered.pk, 2]) + "#II.2.s1"


def test_two_editions_are_compared(clerk, registered, house):
    text = SMALL.replace("hằng quý", "hằng tháng")
    commands.read_edition(house.askers["bo"], registered, text.encode(), "ke-hoach.txt")
    page = clerk.get(reverse("documents:compare", args=[registered.pk])).content.decode()
    assert "<mark>" in page and "tháng" in page


def test_a_file_is_saved_and_not_run(clerk, house):
    html = commands.register_document(
        house.askers["bo"], number="1/QĐ-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 2),
        file=("<html><body><p>I. MỤC TIÊU</p><p>1. Một việc.</p><script>1</script></body></html>".encode(), "a.html"),
    )  # fmt: skip
    answer = clerk.get(reverse("documents:file", args=[html.editions.get().file_id]), {"show": "1"})
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_addressed_to_a_unit_is_not_there_for_it(house, sign_in, registered):
    stranger = sign_in(house.accounts["cuc-b"])
    edition = registered.editions.get()
    key = edition.provisions.first().identity.key
    for url in (
        reverse("documents:document", args=[registered.pk]),
        reverse("documents:edition", args=[registered.pk, 1]),
        reverse("documents:compare", args=[registered.pk]),
        reverse("documents:file", args=[edition.file_id]),
        reverse("documents:place", args=[key]),
    ):
        assert stranger.get(url).status_code == 404, url
    assert "15/KH-BTN" not in stranger.get(reverse("documents:register")).content.decode()
    for name in ("receive", "link", "read"):
        assert stranger.post(reverse(f"documents:{name}", args=[registered.pk])).status_code == 404


def test_an_upload_is_its_uploaders_alone(house, clerk, sign_in):
    pending = _upload(clerk)
    stranger = sign_in(house.accounts["cuc-b"])
    assert stranger.get(reverse("documents:upload", args=[pending.pk])).status_code == 404
    for name in ("upload-place", "upload-confirm", "upload-discard"):
        assert stranger.post(reverse(f"documents:{name}", args=[pending.pk])).status_code == 404


def test_a_unit_that_holds_the_paper_records_its_receipt_and_sees_it(house, sign_in, registered):
    clerk_b = sign_in(house.accounts["cuc-b"])
    answer = clerk_b.post(reverse("documents:new"), FACTS)
    page = answer.content.decode()
    assert answer.status_code == 422 and reverse("documents:receive-by-number") in page
    given = {**{k: FACTS[k] for k in ("number", "issuer", "signed_on")}, "receive-received_on": "6-3-2025"}
    assert clerk_b.post(reverse("documents:receive-by-number"), given).status_code == 302
    assert clerk_b.get(reverse("documents:document", args=[registered.pk])).status_code == 200


def test_the_list_filters_sorts_and_exports(clerk, registered, house):
    commands.register_document(
        house.askers["bo"],
        number="9/TB-BTN",
        issuer="Bộ Thử nghiệm",
        signed_on=dt.date(2025, 4, 1),
        title="Kết luận họp",
    )
    url = reverse("documents:register")
    assert "15/KH-BTN" not in clerk.get(url, {"q": "ket luan"}).content.decode()
    assert "9/TB-BTN" not in clerk.get(url, {"has_text": "1"}).content.decode()
    assert clerk.get(url, {"sort": "-number", "export": "csv"}).status_code == 200
    page = clerk.get(url, {"kind": "KH", "signed_on-from": "1-3-2025"}).content.decode()
    assert "15/KH-BTN" in page and "9/TB-BTN" not in page


def test_small_forms_keep_what_was_typed(clerk, registered):
    answer = clerk.post(
        reverse("documents:link", args=[registered.pk]), {"link-relation": "implements", "link-number": "99-NQ/TW"}
    )
    assert answer.status_code == 422 and 'value="99-NQ/TW"' in answer.content.decode()
    answer = clerk.post(reverse("documents:receive", args=[registered.pk]), {"receive-received_on": "1-1-2020"})
    assert answer.status_code == 422 and 'value="1-1-2020"' in answer.content.decode()


def test_search_shows_the_place_with_its_words_marked(clerk, registered):
    page = clerk.get(reverse("documents:search"), {"q": "kho du lieu"}).content.decode()
    assert "II.1.s1" in page and "<mark>kho</mark>" in page


@pytest.mark.parametrize(
    ("name", "maximum"),
    [("register", 25), ("document", 40), ("compare", 25), ("search", 25), ("new", 20), ("upload", 20)],
)
def test_a_page_costs_no_more_queries_than_it_did(clerk, registered, house, name, maximum):
    commands.read_edition(house.askers["bo"], registered, SMALL.replace("quý", "tháng").encode(), "ke-hoach.txt")
    pending = commands.start_upload(house.askers["bo"], SMALL.encode(), "ke-hoach.txt", document=registered)
    args = {"document": [registered.pk], "compare": [registered.pk], "upload": [pending.pk]}
    url = reverse(f"documents:{name}", args=args.get(name)) + ("?q=kho" if name == "search" else "")
    clerk.get(url)
    with assert_query_baseline(f"documents-{name}", maximum=maximum):
        assert clerk.get(url).status_code == 200


def test_why_a_file_cannot_be_read_is_said_in_vietnamese(clerk):
    answer = clerk.post(reverse("documents:new"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")})
    assert answer.status_code == 422
    assert "a.pdf, byte 0: không mở được tệp PDF này: tệp bị cắt ngắn hoặc hỏng." in answer.content.decode()
