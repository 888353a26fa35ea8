"""From any figure on any page to the sentence and back: on the same dates, and to exactly what the figure counts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.board.house import House

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
