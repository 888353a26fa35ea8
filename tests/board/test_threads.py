"""From any figure on any page to the sentence and back: on the same dates, and to exactly what the figure counts."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from soichieu.board import codes
from soichieu.board import signs as sg
from soichieu.board.ask import Ask
from soichieu.board.queries.cut import SHOWN, cut_of, forget_cuts
from soichieu.board.queries.grid import grid_of
from soichieu.board.views.board import _overdue
from soichieu.documents.commands import register_document
from soichieu.documents.models import Document
from soichieu.ledger import clock
from soichieu.ledger.commands import define_requirement, quote_count, record
from soichieu.ledger.fold import states as st
from soichieu.ledger.models import Requirement
from soichieu.ledger.queries import Question
from soichieu.ledger.sources import Source
from tests.board.house import NOW, House, day

Clients = Callable[[str], Client]

ASKED = {"as_at": "31-7-2025", "known_at": "1-8-2025"}
LINK = re.compile(r'<a\b[^>]*?href="?([^" >]+)')
DATED = re.compile(r"/(board/\d+/|board/(thread|obligation|entry)/\d+/$|units/\d+/|documents/(place/|\d+/$))")


def links(page: str) -> list[str]:
    return [html.unescape(one) for one in LINK.findall(page)]


def pages(house: House) -> dict[str, str]:
    of = house.obligation(7, house.offices[0])
    return {
        "board": reverse("board:board", args=[house.directive.pk]),
        "list": reverse("board:list", args=[house.directive.pk]),
        "thread": reverse("board:thread", args=[house.requirements[2].pk]),
        "obligation": reverse("board:obligation", args=[of.pk]),
        "entry": reverse("board:entry", args=[of.entries.earliest("position").pk]),
        "unit": reverse("board:unit", args=[house.offices[0].pk]),
        "leader": reverse("board:leader"),
        "document": reverse("documents:document", args=[house.directive.pk]),
    }


def test_every_page_that_is_asked_on_two_dates_leads_on_with_both(house: House, as_: Clients) -> None:
    client = as_("steering")
    for name, address in pages(house).items():
        answer = client.get(address, ASKED)
        assert answer.status_code == 200, name
        text = answer.content.decode()
        text = text[text.index('id="stuck-h"') :] if name == "leader" else text  # what waits, waits today
        found = [one for one in links(text) if DATED.match(one.split("?")[0].split("#")[0])]
        assert found, name
        bare = [one for one in found if "as_at=" not in one or "known_at=" not in one]
        assert not bare, (name, bare[:5])


def test_from_a_thread_the_text_opens_at_its_sentence_on_the_same_dates(house: House, as_: Clients) -> None:
    client = as_("steering")
    thread = client.get(pages(house)["thread"], ASKED).content.decode()
    place = next(one for one in links(thread) if one.startswith("/documents/place/"))
    landed = client.get(place)
    assert landed.status_code == 302
    address, _hash, sentence = landed["Location"].partition("#")
    assert sentence and "as_at=2025-07-31" in address and "known_at=" in address
    text = client.get(address).content.decode()
    assert f'id="{sentence}"' in text
    back = [one for one in links(text) if one.startswith(pages(house)["thread"])]
    assert back and all("as_at=2025-07-31" in one and "known_at=" in one for one in back)


def _stopped_and_checked(house: House) -> None:
    """One task suspended and one waived, one done and not borne out by its check, one done late and verified."""
    cut = cut_of(house.operator, house.directive, Question(NOW.date()))
    life, done_late = cut.axis("lifecycle"), cut.figure("late")
    ids = cut.answer.columns.ids[cut.rows]
    numbered = cut.counted & (cut.column != 6) & (cut.column != 7)
    open_ = ids[numbered & np.isin(life, (st.NS, st.IP))]
    done = ids[numbered & cut.figure("n") & ~done_late]
    late = ids[numbered & done_late]
    assert len(open_) > 1 and len(done) and len(late)
    for kind, pk, choice in (
        ("suspended", open_[0], ""), ("waived", open_[1], ""), ("verified", done[0], "not_confirmed"),
        ("verified", late[0], "confirmed"),
    ):  # fmt: skip
        record(
            asker=house.operator, kind=kind, obligations=[int(pk)], happened_on=NOW.date(), choice=choice,
            payload={"reason": "thử", "method": "xem hồ sơ", "sample": "toàn bộ"},
        )  # fmt: skip
    forget_cuts()


@pytest.mark.parametrize("basis", ["time", "date"])
@pytest.mark.parametrize("rows", ["units", "tree"])
def test_the_foot_of_the_map_its_rows_and_the_ladders_have_one_n_of_n(house: House, basis: str, rows: str) -> None:
    _stopped_and_checked(house)
    cut = cut_of(house.operator, house.directive, Question(NOW.date(), None, basis))
    grid = grid_of(cut, Ask.of({"rows": rows, "basis": basis}, house.operator, NOW.date()), everything=True)
    assert cut.count().suspended and cut.count().not_confirmed
    for one, figures in zip(grid.requirements, grid.column_figures.tolist(), strict=True):
        counted = cut.count(one.ladder, cut.requirements.index(one))
        assert dict(zip(SHOWN, figures, strict=True)) == {
            "of": counted.of, "n": counted.n, "missing": counted.missing, "late": counted.late,
            "verified": counted.verified, "claimed": counted.submitted + counted.awaiting_confirmation,
            "overdue": counted.overdue,
        }  # fmt: skip
    for name in ("of", "n", "late", "verified", "overdue"):
        assert sum(row.figure(name) for row in grid.rows) == getattr(cut.count(), name), name


def test_the_foot_is_drawn_with_what_is_suspended_in_its_n(house: House, as_: Clients) -> None:
    _stopped_and_checked(house)
    cut = cut_of(house.askers["steering"], house.directive, Question(NOW.date()))
    page = as_("steering").get(pages(house)["board"]).content.decode()
    foot = page[page.index("<tfoot>") :]
    drawn = re.findall(r"<span>(\d+)<br>(\d+)</span>", foot)
    counted = [cut.count(one.ladder, at) for at, one in enumerate(cut.requirements)]
    assert drawn == [(str(one.n), str(one.of)) for one in counted]


def test_what_leaves_has_the_figures_of_the_page(house: House, as_: Clients) -> None:
    _stopped_and_checked(house)
    cut = cut_of(house.askers["steering"], house.directive, Question(NOW.date()))
    counted = cut.count()
    assert counted.verified > int(np.sum(cut.counted & (cut.sign == sg.VERIFIED))), (
        "some are verified that were done late"
    )
    answer = as_("steering").get(pages(house)["board"], {"export": "csv", "rows": "units"})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    head = next(at for at, line in enumerate(lines) if "Đã kiểm chứng" in line)
    at = {name: lines[head].index(name) for name in ("Đã kiểm chứng", "Hoàn thành quá hạn", "Quá hạn")}
    sums = {
        name: sum(int(line[place]) for line in lines[head + 1 :] if len(line) > place) for name, place in at.items()
    }
    assert sums == {
        "Đã kiểm chứng": counted.verified, "Hoàn thành quá hạn": counted.late, "Quá hạn": counted.overdue,
    }  # fmt: skip


TO_LIST = re.compile(r'<a\b[^>]*?href="([^"]*/list/\?[^"]*)"[^>]*>(.*?)</a>', re.S)
NUMBER = re.compile(r"\d[\d.]*")


def figures(page: str) -> list[tuple[int, str]]:
    """Every number that leads to a list, with the list's address."""
    found = []
    for address, inside in TO_LIST.findall(page):
        words = re.sub(r"<[^>]+>", " ", inside)
        if (number := NUMBER.search(words)) and not words.strip().startswith("và "):  # "and n more" of those named
            found.append((int(number[0].replace(".", "")), html.unescape(address)))
    return found


@pytest.mark.parametrize(
    "asked", [{}, ASKED, {"as_at": "31-7-2025", "basis": "date"}, {"only": "open", "rows": "tree"}]
)
@pytest.mark.parametrize("name", ["board", "level", "thread", "standing", "unit", "leader", "document"])
def test_every_figure_leads_to_exactly_as_many_tasks(
    house: House, as_: Clients, name: str, asked: dict[str, str]
) -> None:
    _stopped_and_checked(house)
    client = as_("steering")
    address = {
        **pages(house),
        "level": f"{pages(house)['board']}?under={house.offices[0].pk}",
        "standing": reverse("board:thread", args=[house.requirements[1].pk]),
        "leader": f"{pages(house)['leader']}?unit={house.offices[0].pk}",
    }[name]
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    page = client.get(f"{address}{'&' if '?' in address else '?'}{query}").content.decode()
    found = figures(page)
    assert found
    for number, to in found:
        answer = client.get(to)
        assert answer.status_code == 200, to
        assert len(answer.context["list"].kept) == number, (number, to)


def test_each_number_of_a_ladder_is_a_link_and_a_ladder_of_one_requirement_names_it(house: House, as_: Clients) -> None:
    page = as_("steering").get(pages(house)["board"]).content.decode()
    ladders = page[page.index("board-ladders") : page.index("aside-line")]
    alone = house.requirements[2]  # the only one that is made concrete
    step = next(one for one in ladders.split("<article") if "ladder=made_concrete" in one)
    assert alone.title in step and reverse("board:thread", args=[alone.pk]) in step
    for number in re.findall(r"<b>(.*?)</b>", step):
        assert number == "0" or number.startswith("<a href="), number


def test_a_row_of_the_map_leads_to_what_its_two_figures_count(house: House, as_: Clients) -> None:
    _stopped_and_checked(house)
    client = as_("steering")
    board = pages(house)["board"]
    cut = cut_of(house.askers["steering"], house.directive, Question(NOW.date()))
    for rows in ("units", "tree"):
        grid = grid_of(cut, Ask.of({"rows": rows}, house.operator, NOW.date()), everything=True)
        for row in grid.rows:
            mark = codes.UNDER if row.group else codes.ALONE
            for many, code in ((row.overdue, mark * 2), (row.of, mark)):
                listed = client.get(f"{board}{codes.base36(row.unit)}{code}", follow=True)
                assert len(listed.context["list"].kept) == many, (row.name, code)


def test_the_board_says_of_standing_requirements_what_is_counted(house: House, as_: Clients) -> None:
    client = as_("steering")
    counted = cut_of(house.askers["steering"], house.directive, Question(NOW.date())).count_standing()
    waits = counted.submitted + counted.awaiting_confirmation
    assert waits
    for language, done, waiting in (
        ("vi", "hoàn thành (được xác nhận, hoặc xong bằng văn bản)", "đã báo cáo hoặc đã trình, đang chờ"),
        ("en", "done (accepted, or closed by an act)", "reported or submitted, waiting"),
    ):
        page = client.get(pages(house)["board"], headers={"accept-language": language}).content.decode()
        line = " ".join(re.sub(r"<[^>]+>", "", page[page.index("aside-line") :].split("</p>")[0]).split())
        assert f"{counted.of} {done}; {waits} {waiting}" in line, line


def test_where_only_a_source_counts_its_overdue_ones_are_quoted_and_never_ours(house: House, as_: Clients) -> None:
    told = Document.objects.get(number="77/KH-CTD")
    bare = register_document(
        house.operator, number="9/BC", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 3, 1), title="Báo cáo cũ",
        issuer_unit=house.ministry,
    )  # fmt: skip
    quote_count(
        asker=house.operator, directive=bare, ladder="carried_out", label="nhiệm vụ", over="các đơn vị", n=80, of=100,
        happened_on=dt.date(2025, 3, 2), source=Source("documents", "document", str(bare.pk)),
        breakdown={"done_in_time": 70, "done_late": 10, "not_due": 7, "overdue": 13},
        printed={"done_of_due": "86.02"},
    )  # fmt: skip
    client = as_("steering")
    rows = {row["number"]: row for row in client.get(reverse("board:boards")).context["list"].rows}
    assert _overdue(rows["9/BC"]) == "13 (dẫn theo nguồn)"
    assert _overdue(rows[told.number]) == cut_of(house.askers["steering"], told, Question(NOW.date())).count().overdue
    page = client.get(reverse("board:board", args=[bare.pk])).content.decode()
    assert re.search(r"\d+,\d\d %", page) and not re.search(r"\d+\.\d\d %", page)
    english = client.get(reverse("board:board", args=[bare.pk]), headers={"accept-language": "en"}).content.decode()
    assert re.search(r"\d+\.\d\d %", english)


def test_the_leader_s_page_of_a_past_day_says_what_is_today_s_and_compares_with_before_it(
    house: House, as_: Clients
) -> None:
    client = as_("steering")
    answer = client.get(pages(house)["leader"], {"as_at": "31-7-2025"})
    assert answer.context["ask"].since.date() == dt.date(2025, 7, 24)
    assert "Việc đang chờ là việc của hôm nay, 1-12-2025" in answer.content.decode()
    known = client.get(pages(house)["leader"], {"known_at": "15-7-2025"})
    assert known.context["ask"].since.astimezone(clock.ZONE).date() == dt.date(2025, 7, 8)
    assert "là việc của hôm nay" not in client.get(pages(house)["leader"]).content.decode()


def test_a_requirement_tied_to_no_sentence_says_so_and_not_that_the_text_is_missing(house: House, as_: Clients) -> None:
    loose = define_requirement(
        asker=house.operator, directive=house.directive, code="99", title="Việc ghi bằng tay", ladder="carried_out",
        closing="accepted",
    )  # fmt: skip
    without = Document.objects.get(number="77/KH-CTD")
    bare = Requirement.objects.get(directive=without)
    client = as_("steering")
    said, missing = "Chưa gắn với câu nào của văn bản", "Không có toàn văn của văn bản này"
    for requirement, words, other in ((loose, said, missing), (bare, missing, said)):
        page = client.get(reverse("board:thread", args=[requirement.pk])).content.decode()
        assert words in page and other not in page


def test_a_thread_says_that_what_was_reported_was_returned_until_it_is_reported_again(
    house: House, as_: Clients
) -> None:
    unit = house.offices[0]
    task = house.obligation(7, unit)
    address = reverse("board:thread", args=[task.requirement_id])

    def row(**query: str) -> str:
        page = as_("steering").get(address, query)
        mine = next(one for one in page.context["bearers"] if one.obligation == task.pk)
        return next(one for one in page.content.decode().split("<tr>") if f'href="{html.escape(mine.url)}"' in one)

    house.act("claimed", 7, unit, day("21-10"), payload={"number": "9/BC"})
    assert "Báo cáo bị trả lại" not in row()
    house.act("returned", 7, unit, day("25-10"), payload={"reason": "thiếu phụ lục"})
    said = row()
    assert "Báo cáo bị trả lại" in said and "25-10-2025" in said and "21-10-2025" in said
    assert "Chưa có báo cáo" not in said
    assert "Báo cáo bị trả lại" not in row(as_at="2025-10-24")
    house.act("claimed", 7, unit, day("28-10"), payload={"number": "10/BC"})
    assert "Báo cáo bị trả lại" not in row()
