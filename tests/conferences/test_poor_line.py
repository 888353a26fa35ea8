"""A site with a poor line works from a page of a few kilobytes; one without a line through the secretary."""

from __future__ import annotations

from soichieu.conferences.commands import floor, sites
from soichieu.conferences.kinds import RollBy
from tests.conferences.ending import at, terms, worded
from tests.conferences.faces import desk, signed_in

FEW_KILOBYTES = 4 * 1024
LINK = "https://hop.example.vn/phong/7?ma=abc"


def small(answer) -> str:
    """The page, which nothing else has to be fetched for, and which is small before it is compressed."""
    text = answer.content.decode()
    assert answer.status_code == 200 and len(answer.content) < FEW_KILOBYTES, len(answer.content)
    assert not any(word in text for word in ("<script", "<link", "<img", "<style"))
    return text


def test_everything_a_site_does_is_done_from_a_page_of_a_few_kilobytes(meeting):
    steering = meeting.house.askers["steering"]
    client, page = signed_in(meeting, "staff"), desk(meeting, "site-lite", "s1")
    with at(-100):
        sites.write_site(asker=steering, conference=meeting.conference, key="s1", facts={"join_link": LINK})
        assert LINK in small(client.get(page))
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        floor.call_next(asker=meeting.chair, conference=meeting.conference)
        answer = client.get(page)
        text = small(answer)
        assert "Khai mạc" in text and answer["Refresh"].startswith("20;") and LINK in text
        agenda = client.get(page + "?do=agenda")
        assert "Refresh" not in agenda and all(one in small(agenda) for one in ("Cục Số 3", "Giải lao", "Bế mạc"))
        assert "Refresh" not in client.get(page + "?do=roll")  # what is typed is not thrown away
        for sent in ({"act": "roll", "present": "12", "of": "15"}, {"act": "ask"}):
            assert client.post(page, sent).status_code == 302
        wrong = client.post(page, {"act": "roll", "present": "-1"})
        assert wrong.status_code == 422 and 'role="alert"' in wrong.content.decode()
        (request,) = meeting.state.requests.values()
        assert client.post(page, {"act": "withdraw", "request": request.key}).status_code == 302
        for number in range(6):
            worded(
                meeting, "task", f"Giao Cục Số 1 rà soát và bổ sung đèn biển cửa sông thứ {number}.",
                terms=terms([meeting.house.units[0].pk]),
            )  # fmt: skip
        small(client.get(page))
    site = meeting.state.sites["s1"]
    assert (site.present, site.expected_heads, site.rolled_by) == (12, 15, RollBy.SITE)
    assert [one.state for one in meeting.state.requests.values()] == ["withdrawn"]


def test_what_the_secretary_writes_for_a_site_is_said_to_have_come_by_telephone(meeting):
    steering = meeting.house.askers["steering"]
    with at(-100):
        sites.write_site(
            asker=steering, conference=meeting.conference, key="s2", facts={"line": "none", "telephone": "0203 555"}
        )
    client = signed_in(meeting, "aide", on_behalf="head")
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        form = client.get(desk(meeting, "secretary")).content.decode().split('id="form-roll"')[1]
        assert "0203 555" in form  # whom to call
        page = desk(meeting, "site", "s2")
        assert client.post(page, {"act": "roll", "present": "7", "of": "8"}).status_code == 302
        assert client.post(page, {"act": "ask", "about": "Nhân lực"}).status_code == 302
    site = meeting.state.sites["s2"]
    assert (site.present, site.rolled_by) == (7, RollBy.TELEPHONE)
    last = meeting.conference.events.order_by("-position").first()
    assert last.kind == "floor_asked" and last.on_behalf_of.code == "head"


def test_a_task_of_the_own_unit_is_marked_on_the_small_page(meeting):
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        worded(meeting, "task", "Giao Cục Số 1 rà soát.", terms=terms([meeting.house.units[0].pk]))
        worded(meeting, "task", "Giao Cục Số 2 rà soát.", terms=terms([meeting.house.units[1].pk]))
        text = small(signed_in(meeting, "staff").get(desk(meeting, "site-lite", "s1")))
    assert "Giao Cục Số 2 rà soát." in text and text.count("Có liên quan đơn vị ta.") == 1
    assert text.index("Có liên quan đơn vị ta.") < text.index("Giao Cục Số 1 rà soát.")
