"""The light table over real plans: read in, decided about, edited, read in again."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from soichieu.documents.commands import read_edition, register_document
from soichieu.links import items, suggesting
from soichieu.links.commands.decisions import decide
from soichieu.links.queries.since import since
from soichieu.links.queries.table import table
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import make_plan
from soichieu.plans.facts import Facts
from soichieu.plans.importing import read_plan
from soichieu.plans.items import PLAN, ROOM
from tests.directives.conftest import DATA, _clean, house  # noqa: F401
from tests.plans.making import excel, word

ROWS = (
    ("1", "Xây dựng chương trình tuyên truyền về chuyển đổi số", "Phòng Ba 1", "", "Chương trình", "30-6-2025"),
    ("2", "Triển khai phong trào học tập số trong toàn Cục", "Phòng Ba 2", "", "Kế hoạch", "Quý III năm 2025"),
    ("3", "Xây dựng cơ sở dữ liệu dùng chung của Cục", "Phòng Ba 1", "", "Cơ sở dữ liệu", "12/2025"),
)


@pytest.fixture
def document(house):  # noqa: F811
    return register_document(
        house.askers["steering"], number="57-NQ/TW", issuer="Bộ Chính trị", signed_on=dt.date(2024, 12, 22),
        public=True, file=((DATA / "57-NQ-TW.txt").read_bytes(), "57-NQ-TW.txt"),
    )  # fmt: skip


@pytest.fixture
def plan(house):  # noqa: F811
    suggesting.forget()
    facts = Facts(
        kind="plan",
        term="year",
        title="Kế hoạch chuyển đổi số",
        number="12/KH-CS1",
        signed_on=dt.date(2025, 1, 2),
        from_day=dt.date(2025, 1, 2),
    )
    return make_plan(asker=house.askers["staff"], unit=house.units[0], facts=facts)


def read_in(house, plan, rows, seen, how=word):  # noqa: F811
    name = "ke-hoach.docx" if how is word else "ke-hoach.xlsx"
    read = read_plan(how(rows), name, unit_id=plan.unit_id)
    return write_edition(
        asker=house.askers["staff"], plan=plan, lines=read.lines, read_by={"reader": name[-4:]}, seen=seen
    )


def test_a_plan_imported_twice_and_edited_between_keeps_its_decisions(house, plan, document):  # noqa: F811
    asker = house.askers["staff"]
    read_in(house, plan, ROWS, seen=0)
    found = table(asker, plan.key, document.pk)
    assert [line.item.text for line in found.lines] == [row[1] for row in ROWS]
    made = []
    for line in found.lines:
        sentence = found.sentence_by_identity[line.waiting[0].identity] if line.waiting else found.sentences[-1]
        made.append(
            decide(
                asker=asker, room=ROOM, kind=PLAN, plan_key=plan.key, item_key=line.item.key,
                provision_key=sentence.offer.key, relation="subset",
            )
        )  # fmt: skip
    # Between the two readings a line is put in front, one is reworded, and the file comes from another program.
    edited = (
        ("1", "Thành lập Tổ chuyển đổi số của Cục", "Phòng Ba 1", "", "Quyết định", "3/2025"),
        ("2", ROWS[0][1], *ROWS[0][2:]),
        ("3", ROWS[1][1] + " và các đội", *ROWS[1][2:]),
        ("4", ROWS[2][1], *ROWS[2][2:]),
    )
    read_in(house, plan, edited, seen=1, how=excel)
    again = table(asker, plan.key, document.pk)
    assert [[link.decision.pk for link in line.links] for line in again.lines] == [[], *([one.pk] for one in made)]
    assert [line.links[0].again for line in again.lines[1:]] == ["", "item", ""]
    # What is to be looked at again says what it was when it was decided about, and what it is now.
    ((label, then, now),) = since(again.lines[2].links[0])
    assert label == "Đầu việc" and "".join(piece.text for piece in then) == ROWS[1][1]
    assert [piece.text for piece in now if piece.hit] == [" và các đội"]
    assert since(again.lines[1].links[0]) == []
    # Handed in once more as it is: nothing changes.
    read_in(house, plan, edited, seen=2, how=excel)
    assert [line.again for line in table(asker, plan.key, document.pk).lines] == [False, False, True, False]


def test_what_is_only_suggested_is_not_counted_as_differing(client, house, plan, document):  # noqa: F811
    words = "Phấn đấu tỉ trọng kinh tế số đạt trên 50% GDP vào năm 2030"
    read_in(house, plan, (("1", words, "Phòng Ba 1", "", "Báo cáo", "12/2030"),), seen=0)
    found = table(house.askers["staff"], plan.key, document.pk)
    line = found.lines[0]
    offers = [found.offered.by_identity[one.identity] for one in line.waiting]
    against = next(one for one in offers if suggesting.drifts(line.item, one, found.unit))
    assert found.counts["drift"] == 0
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("links:table", args=[plan.key, document.pk])).content.decode()
    assert "so với câu mà cán bộ đã xác định" in page and "Mới là gợi ý thì chưa tính" in page
    assert "nơi chưa quyết định thì so với gợi ý đứng đầu" in page
    decide(
        asker=house.askers["staff"], room=ROOM, kind=PLAN, plan_key=plan.key, item_key=line.item.key,
        provision_key=against.key, relation="subset",
    )  # fmt: skip
    assert table(house.askers["staff"], plan.key, document.pk).counts["drift"] == 1


def test_the_plan_is_found_by_its_key_and_listed_under_the_documents_above_it(house, plan, document):  # noqa: F811
    read_in(house, plan, ROWS, seen=0)
    held = items.holding(house.askers["staff"], plan.key)
    assert (held.room, held.kind, held.edition, len(held.items)) == (ROOM, PLAN, 1, 3)
    assert plan.key in {slip.key for slip in items.slips(house.askers["staff"])}


def test_a_sentence_reworded_in_a_new_edition_is_shown_as_it_was_and_as_it_is(client, house, plan, document):  # noqa: F811
    steering = house.askers["steering"]
    read_in(house, plan, ROWS, seen=0)
    found = table(house.askers["staff"], plan.key, document.pk)
    sentence = found.sentences[3]
    decide(
        asker=house.askers["staff"], room=ROOM, kind=PLAN, plan_key=plan.key, item_key=found.lines[0].item.key,
        provision_key=sentence.offer.key, relation="subset",
    )  # fmt: skip
    words = sentence.offer.text
    text = (DATA / "57-NQ-TW.txt").read_text(encoding="utf-8").replace(words, words.rstrip(".") + " trong năm 2026.")
    read_edition(steering, document, text.encode(), "57-NQ-TW.txt")
    (link,) = table(house.askers["staff"], plan.key, document.pk).lines[0].links
    assert link.again == "provision"
    ((label, then, now),) = since(link)
    assert (label, "".join(piece.text for piece in then)) == ("Câu", words)
    assert "2026" in "".join(piece.text for piece in now if piece.hit)
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("links:table", args=[plan.key, document.pk]), {"show": "again"}).content.decode()
    assert "lúc quyết định:" in page and "hiện nay:" in page
    # A heading under which the filters leave nothing is hidden with it.
    nothing = client.get(reverse("links:table", args=[plan.key, document.pk]), {"q": "zzz"}).content.decode()
    headings = re.findall(r"<h3[^>]*>", nothing)
    assert headings and all(" hidden" in one for one in headings)
    # The pass goes through what is to be looked at again, and then says that nothing waits.
    body = {"item": link.decision.item_key, "with": sentence.offer.key, "seen": link.decision.pk, "act": "decide"}
    address = reverse("links:decide", args=[plan.key, document.pk]) + "?show=again"
    done = client.post(address, {**body, "relation": "intersects"}, headers={"HX-Request": "true"}).content.decode()
    assert "Ở đây không còn gợi ý nào chờ quyết định." in done and "lúc quyết định:" not in done
