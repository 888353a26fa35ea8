"""The list of plans against their superior documents makes only the rows of a page, and keeps its order."""

from __future__ import annotations

import dataclasses

import pytest
from django.urls import reverse

from soichieu.language.collation import sort_key
from soichieu.links.queries import pairs
from tests.links.test_table import accept


@pytest.fixture
def many(desk):
    """250 plans of the department beside the one on the table."""
    for n in range(250):
        key = f"many{n:022d}"
        lines = tuple(dataclasses.replace(one, key=f"{n:06d}{one.key[6:]}") for one in desk.holding.items[:2])
        title = f"Kế hoạch {n * 37 % 250:03d}"
        desk.plans.holdings[key] = dataclasses.replace(
            desk.holding, key=key, title=title, items=lines, superiors=(desk.document,)
        )
    return desk


def shown(client, **asked):
    """The list of the page as the request bound it."""
    return client.get(reverse("links:tables"), asked).context["list"]


def test_only_the_rows_of_a_page_are_made(client, many, monkeypatch):
    client.force_login(many.house.accounts["staff"])
    asked: list[int] = []
    heads = many.plans.heads

    def counted(asker, keys):
        asked.append(len(keys))
        return heads(asker, keys)

    monkeypatch.setattr(many.plans, "heads", counted)
    listing = shown(client, page="2")
    assert listing.total >= 251 and len(listing.rows) == 100
    assert asked == [100]
    assert [row.plan for row in listing.rows] == [f"Kế hoạch {n * 37 % 250:03d}" for n in range(98, 198)]
    asked.clear()
    fits = [f"Kế hoạch {n:03d}" for n in range(250) if "24" in f"{n:03d}"]
    assert [row.plan for row in shown(client, q="ke hoach 24", sort="plan").rows] == fits
    assert asked == [len(fits)], "of a search only what was found is made"


def test_every_order_and_filter_says_what_all_rows_together_would_say(client, many):
    client.force_login(many.house.accounts["staff"])
    for line in range(24):
        accept(many, line)
    found = pairs.Pairs(many.house.askers["staff"])
    rows = found.rows(found.found)
    assert list(found.kept((), "")) == rows
    for key in ("unit", "plan", "number"):
        said = [sort_key(getattr(row, key)) for row in found.kept((), key)]
        assert said == sorted(sort_key(getattr(row, key)) for row in rows)
        assert [sort_key(getattr(row, key)) for row in found.kept((), f"-{key}")] == said[::-1]
    assert [row.decided for row in found.kept((), "-decided")][:2] == [24, 0]
    for key in ("decided", "lines", "without", "sentences"):
        silent = [row for row in rows if getattr(row, key) is None]
        told = [row for row in rows if getattr(row, key) is not None]
        assert list(found.kept((), key)) == [*sorted(told, key=lambda row: getattr(row, key)), *silent], key
    without = [row.without for row in found.kept((), "-without")]
    known = [one for one in without if one is not None]
    assert known == sorted(known, reverse=True) and without[: len(known)] == known
    still = shown(client, open="1")
    assert still.total == len([row for row in rows if row.decided < row.lines]) == len(rows) - 1
    assert [row.head.key for row in pairs.of_document(many.house.askers["staff"], many.document)] == [
        row.head.key for row in rows if row.document == many.document
    ]


def test_what_is_filtered_or_sorted_by_counts_makes_only_the_rows_of_a_page(client, many, monkeypatch):
    client.force_login(many.house.accounts["staff"])
    made: list[int] = []
    of = pairs.Pairs.rows
    monkeypatch.setattr(pairs.Pairs, "rows", lambda self, found: made.append(len(found)) or of(self, found))
    assert shown(client, open="1", sort="-without").total >= 251
    assert made == [100]


def test_all_of_it_leaves_as_a_file(client, many):
    client.force_login(many.house.accounts["staff"])
    listing = shown(client)
    sheet = client.get(reverse("links:tables"), {"export": "csv"})
    text = b"".join(sheet).decode("utf-8-sig") if sheet.streaming else sheet.content.decode("utf-8-sig")
    assert all(text.count(f"Kế hoạch {n:03d}") == 1 for n in range(250)) and listing.total >= 251
