"""A page that reads the two dates says so, and whoever leads to it hands them on."""

from __future__ import annotations

import inspect

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from soichieu.web.dates import asked_dates, leads_to_dates, with_dates

KEPT = {"as_at": "2025-11-14", "known_at": "2025-12-01T17:00:00+07:00", "basis": "date"}
READS = ("TwoDates.of(request.GET", "Ask.of(request.GET", "Dates.of(request.GET", "cut_or_404(request")


def views(resolver: URLResolver) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += views(one)
        elif isinstance(one, URLPattern):
            found.append((str(one.name), one.callback))
    return found


def test_every_view_that_reads_the_dates_is_marked() -> None:
    reading = {
        (name, getattr(view, "takes_dates", False))
        for name, view in views(get_resolver())
        if inspect.isfunction(plain := inspect.unwrap(view))  # type: ignore[arg-type]
        and any(words in inspect.getsource(plain) for words in READS)
    }
    assert len(reading) > 12
    assert sorted(name for name, marked in reading if not marked) == []


@pytest.mark.parametrize(
    "url, kept",
    [
        ("/board/7/", "/board/7/?as_at=2025-11-14&known_at=2025-12-01T17%3A00%3A00%2B07%3A00"),
        ("/board/7/?ladder=held_up#top", None),
        ("/board/7/?as_at=2024-01-01", "/board/7/?as_at=2024-01-01"),
        ("/my-work/", "/my-work/"),
        ("/no/such/page/", "/no/such/page/"),
        ("https://example.org/board/7/", "https://example.org/board/7/"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_address_keeps_the_dates_where_its_page_takes_them(url, kept) -> None:
    if kept is None:
        kept = "/board/7/?ladder=held_up&as_at=2025-11-14&known_at=2025-12-01T17%3A00%3A00%2B07%3A00#top"
    assert with_dates(url, KEPT) == kept
    assert with_dates(url, {}) == (url or "")


def test_the_tag_hands_on_what_can_be_read_and_only_from_a_dated_page() -> None:
    template = Template("{% load soichieu %}{% dated url %}|{% crumb 'Board' url 'here' '' %}")

    def drawn(path: str, **query: str) -> str:
        request = RequestFactory().get(path, query)
        request.resolver_match = resolve(path)
        return template.render(Context({"request": request, "url": "/board/"}))

    assert leads_to_dates("/board/7/") and not leads_to_dates("/my-work/")
    said = drawn("/board/7/", as_at="2025-11-14", known_at="soon")
    assert said.startswith("/board/?as_at=2025-11-14|") and 'href="/board/?as_at=2025-11-14"' in said
    assert drawn("/my-work/", as_at="2025-11-14").startswith("/board/|")
    assert asked_dates(RequestFactory().get("/board/7/", {"as_at": "2025-11-14"})) == {}
