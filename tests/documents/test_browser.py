"""The register in a real browser: both languages, both widths, on paper; mending with and without script."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from soichieu.documents import commands, panels
from soichieu.documents.models import Document, PendingReading
from soichieu.documents.panels import Filling, Margin
from tests.documents.conftest import DIRECTIVES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shelf(house, nq57_bytes):
    """The real resolution in two editions, its annex with a table, one without text, and an upload that waits."""
    asker = house.askers["bo"]

    def register(number, day, issuer, **more):
        return commands.register_document(
            asker, number=number, issuer=issuer, signed_on=dt.date.fromisoformat(day), **more
        )

    first = register(
        "57-NQ/TW",
        "2024-12-22",
        "Bộ Chính trị",
        title="Về đột phá phát triển khoa học",
        file=(nq57_bytes, "57-NQ-TW.txt"),
    )
    changed = nq57_bytes.replace("khu công nghiệp công nghệ số".encode(), "khu công nghệ số".encode())
    commands.read_edition(asker, first, changed, "57-NQ-TW.txt")
    annex = register("03/NQ-CP", "2025-01-09", "Chính phủ", title="Ban hành Chương trình hành động")
    commands.read_edition(asker, annex, (DIRECTIVES / "03-NQ-CP.md").read_bytes(), "03-NQ-CP.md")
    tasks = register("3/QĐ-BTN", "2025-01-09", "Chính phủ", title="Phụ lục II")
    commands.read_edition(
        asker, tasks, (DIRECTIVES / "03-NQ-CP-annex-2-tasks.md").read_bytes(), "03-NQ-CP-annex-2-tasks.md"
    )
    bare = register("118-KH/ĐUCA", "2022-05-25", "Đảng ủy Công an Trung ương")
    commands.link_documents(asker, source=annex, target=first, relation="implements")
    waiting = commands.start_upload(asker, nq57_bytes, "57-NQ-TW.txt", document=first)
    return {"first": first, "annex": annex, "tasks": tasks, "bare": bare, "waiting": waiting}


def _pages(shelf) -> dict[str, str]:
    first = shelf["first"].pk
    return {
        "register": reverse("documents:register"),
        "directive": reverse("documents:document", args=[first]),
        "directive-cites": reverse("documents:document", args=[shelf["annex"].pk]),
        "directive-table": reverse("documents:document", args=[shelf["tasks"].pk]),
        "directive-bare": reverse("documents:document", args=[shelf["bare"].pk]),
        "directive-older": reverse("documents:edition", args=[first, 1]),
        "compare": reverse("documents:compare", args=[first]),
        "search": reverse("documents:search") + "?q=chuyen+doi+so",
        "new": reverse("documents:new"),
        "upload": reverse("documents:upload", args=[shelf["waiting"].pk]) + "?at=III.1.-1.s2",
    }


def _answers(request, document, edition):
    """A margin as a room above would fill it."""
    if edition is None:
        return Filling()
    places = edition.provisions.filter(kind="sentence", citation__startswith="III.1").values_list("identity", flat=True)
    from django.utils.safestring import mark_safe

    tones = ["full", "hole", "open", ""]
    return Filling(
        margin={
            key: Margin(mark_safe(f"<span><b>{40 + at}</b> / 63</span>"), tones[at % 4])
            for at, key in enumerate(places)
        }
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(page_for, house, shelf, assert_accessible, screenshot, monkeypatch, language, width):
    monkeypatch.setattr(panels, "_fillers", [_answers])
    page = page_for(house.accounts["bo"], language, width)
    for name, url in _pages(shelf).items():
        answer = page.goto(url)
        assert answer.status == 200, name
        assert_accessible(page)
        screenshot(page, f"documents-{name}-{language}-{width}")


def test_the_directive_prints_on_a4(page_for, house, shelf, monkeypatch):
    monkeypatch.setattr(panels, "_fillers", [_answers])
    page = page_for(house.accounts["bo"])
    page.goto(_pages(shelf)["directive"])
    folder = os.environ.get("SOICHIEU_SHOTS", "")
    data = page.pdf(
        format="A4", prefer_css_page_size=True, path=str(Path(folder) / "directive.pdf") if folder else None
    )
    assert data.startswith(b"%PDF")


@pytest.mark.parametrize("script", [True, False])
def test_a_file_is_read_mended_and_registered_without_a_shell(page_for, house, script, nq57_bytes):
    page = page_for(house.accounts["bo"], script=script)
    page.goto(reverse("documents:register"))
    page.get_by_role("link", name="Đăng ký văn bản").click()
    page.get_by_label("Toàn văn").set_input_files(
        {"name": "57-NQ-TW.txt", "mimeType": "text/plain", "buffer": nq57_bytes}
    )
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("link", name="Chỉnh sửa II.1", exact=True).click()
    page.get_by_label("Tiêu đề").fill("Đến năm 2030 (đã đối chiếu)")
    page.get_by_role("button", name="Lưu chỉnh sửa").click()
    page.wait_for_url("**/uploads/*/**")
    assert PendingReading.objects.get().corrections
    page.get_by_role("button", name="Xác nhận và đăng ký").click()
    page.wait_for_url("**/documents/*/")
    document = Document.objects.get()
    assert document.number == "57-NQ/TW" and document.signed_on == dt.date(2024, 12, 22)
    expect(page.get_by_text("Đến năm 2030 (đã đối chiếu)").first).to_be_visible()
