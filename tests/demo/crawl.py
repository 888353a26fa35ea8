"""Walks the pages of a loaded demonstration on two past dates, as one who reads them, and names what breaks the thread.

``python -m tests.demo.crawl [most]`` in the environment of an instance: from the first pages of some people along
every link in the body of a page, at most ``most`` pages of each kind for each of them. Prints one line for each kind of
fault: a link from a dated page to a page that takes the two dates and is not given them, a link that leads nowhere or
is refused, and a count (``.nof``) that is no link on a page without a rule. Says on the other stream what it walked.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import django

PEOPLE = ("thuongtruc", "chuyenvien", "nguoixem")
STARTS = ("/", "/board/", "/units/", "/leader/", "/plans/register/", "/findings/", "/findings/follow-up/")
AS_AT, KNOWN_AT = "2026-03-31", "2026-06-30T17:00:00+07:00"
DATES = {"as_at": AS_AT, "known_at": KNOWN_AT}
LIVE = {"conferences:chair", "conferences:secretary"}
"""Desks of a running conference: the roll call stands there in words, and its list is the page's own."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: list[str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


class Body(HTMLParser):
    """The links of a page's body, and its counts (``.nof``) that are no links, with whether a rule stands by them."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[Element] = []
        self.links: list[tuple[str, str]] = []
        self.bare: list[str] = []
        self.rules = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        in_body = any(one.tag == "main" for one in self.path)
        # What is marked so is of today, whatever dates the page is on, and says it.
        now = any("data-now" in one.attributes for one in self.path)
        if in_body and tag == "a" and "href" in element.attributes and not now:
            self.links.append((element.attributes["href"], element.attributes.get("class", "")))
        if in_body and element.classes & {"rule-text", "rule"}:
            self.rules += 1
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.path) - 1, -1, -1):
            if self.path[at].tag == tag:
                del self.path[at:]
                return

    def handle_data(self, data: str) -> None:
        words = data.strip()
        if not words or not any(letter.isdigit() for letter in words):
            return
        if any(one.tag == "a" for one in self.path) or not any(one.tag == "main" for one in self.path):
            return
        if any(one.classes & {"nof", "figure"} for one in self.path):
            self.bare.append(f"{' '.join(sorted(self.path[-1].classes))} {words}"[:60])


def faults(most: int) -> Iterator[str]:
    from django.test import Client
    from django.urls import Resolver404, resolve

    from soichieu.accounts.models import Account
    from soichieu.web.dates import leads_to_dates

    seen_faults: Counter[tuple[str, str, str]] = Counter()
    example: dict[tuple[str, str, str], str] = {}
    pages: Counter[str] = Counter()
    for name in PEOPLE:
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.force_login(Account.objects.get(username=name))
        waiting, met = deque(STARTS), set(STARTS)
        walked: Counter[str] = Counter()
        while waiting:
            address = waiting.popleft()
            parts = urlsplit(address)
            try:
                here = resolve(parts.path).view_name
            except Resolver404:
                continue
            if walked[here] >= most:
                continue
            walked[here] += 1
            takes = leads_to_dates(parts.path)
            query: dict[str, object] = dict(parse_qs(parts.query))
            if takes:
                query = {**DATES, **query}
            answer = client.get(parts.path, query)
            if answer.status_code in (301, 302):
                target = urljoin(parts.path, answer["Location"])
                if takes and leads_to_dates(urlsplit(target).path) and "as_at=" not in target:
                    key = ("redirect drops the dates", here, "")
                    seen_faults[key] += 1
                    example.setdefault(key, f"{address} → {target}")
                waiting.appendleft(target.partition("#")[0])
                continue
            if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
                if answer.status_code >= 400 and not (address in STARTS and answer.status_code in (403, 404)):
                    key = (f"answers {answer.status_code}", here, "")
                    seen_faults[key] += 1
                    example.setdefault(key, address)
                continue
            pages[here] += 1
            body = Body()
            body.feed(answer.content.decode())
            dated = takes
            for href, classes in body.links:
                target = urljoin(f"{parts.path}?{parts.query}" if parts.query else parts.path, href)
                there = urlsplit(target)
                if there.netloc or href.startswith("#") or not there.path.startswith("/"):
                    continue
                try:
                    to = resolve(there.path).view_name
                except Resolver404:
                    key = ("leads nowhere", here, there.path)
                    seen_faults[key] += 1
                    example.setdefault(key, f"{address}: {href}")
                    continue
                asked = parse_qs(there.query)
                if dated and leads_to_dates(there.path) and not {"as_at", "known_at"} & set(asked):
                    key = ("drops the dates", here, to)
                    seen_faults[key] += 1
                    example.setdefault(key, f"{address}: {href} [{classes}]")
                bare = target.partition("#")[0]
                if bare not in met and "export=" not in bare and to not in ("accounts:sign-out",):
                    met.add(bare)
                    waiting.append(bare)
            if body.bare and not body.rules and here not in LIVE:
                key = ("a count without link or rule", here, "")
                seen_faults[key] += len(body.bare)
                example.setdefault(key, f"{address}: {body.bare[0]}")
        print(f"{name}: {sum(walked.values())} pages", file=sys.stderr)
    print(", ".join(f"{one} {many}" for one, many in sorted(pages.items())), file=sys.stderr)
    for key, many in sorted(seen_faults.items()):
        yield " | ".join([*filter(None, key), f"{many} times", example[key]])


if __name__ == "__main__":
    django.setup()
    found = list(faults(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
    print("\n".join(found))
    sys.exit(1 if found else 0)
