"""A declared list and what one request asked of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soichieu.web.dates import TwoDates
from soichieu.web.errors import Unanswerable
from soichieu.web.lists import exports
from soichieu.web.lists.columns import Column, Label, Row
from soichieu.web.lists.filters import Bound, Filter, bound_query
from soichieu.web.numbers import whole_number

Rows = Iterable[Row]


class Source(ABC):
    """Rows that their own room narrows and sorts, so that only those of a page are made: for lists whose order or
    search no database knows and whose rows are many."""

    @abstractmethod
    def kept(self, active: Sequence[Bound], order: str) -> Sequence[Row]:
        """What the active filters keep, in the order asked ("due", "-due", "" for the order of the list). Only its
        length, a slice of it and walking through it are asked."""


@dataclass(frozen=True)
class List:
    """What a list is, said once. ``key`` names it (its element and its exported file).

    ``rule`` says in words what is listed and how it was counted; it stands on the page and in every export. ``sort``:
    the column sorted by at first ("-due" for downwards, "" for the order the rows come in). ``empty`` says why there is
    nothing when nothing was filtered. ``prefix`` keeps two lists of one page apart in the address. ``group``: a
    function of a row to a heading; rows of one heading must follow each other in the order they come in (grouping
    stands only while nothing else is sorted by).
    """

    key: str
    title: Label
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    rule: Label = ""
    sort: str = ""
    per_page: int = 100
    empty: Label = gettext_lazy("Nothing stands here yet.")
    empty_hint: Label = ""
    prefix: str = ""
    group: Callable[[Row], Label] | None = None
    cards: bool = True

    def bind(self, request: HttpRequest, rows: Rows | Source, *, two: TwoDates | None = None) -> Listing:
        """The list as this request asks for it. ``rows`` is read once and only as far as needed."""
        return Listing(self, request.GET, request.path, rows, two=two)

    def respond(
        self,
        request: HttpRequest,
        rows: Rows | Source,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        two: TwoDates | None = None,
        name: str = "list",
    ) -> HttpResponseBase:
        """The whole answer of a page with this one list: the page, the list alone for htmx, or the export asked for.

        The template finds the bound list under ``name``, and ``two`` under "two" when it is given.
        """
        listing = self.bind(request, rows, two=two)
        answer = listing.answer(request)
        if answer is not None:
            return answer
        return render(request, template, {"two": two, **(context or {}), name: listing})


@dataclass(frozen=True)
class Head:
    """A column's heading: whether and how it is sorted by, and the address that sorts by it."""

    column: Column
    url: str
    direction: str

    @property
    def aria_sort(self) -> str:
        return {"up": "ascending", "down": "descending"}.get(self.direction, "")


@dataclass(frozen=True)
class PageLink:
    """A number in the row of pages; number 0 is a gap."""

    number: int
    url: str
    current: bool


@dataclass
class Listing:
    """A list bound to a request: what is kept, in what order, which page.

    ``narrowed``: in words, what kept rows out before the list's own filters did, for the head of what leaves.
    """

    definition: List
    data: QueryDict
    path: str
    source: Rows | Source
    two: TwoDates | None = None
    narrowed: Sequence[str] = ()
    _order: str = field(default="", init=False)

    def __post_init__(self) -> None:
        asked = self.data.get(self._name("sort"), "")
        sortable = {column.key for column in self.definition.columns if column.sortable}
        self._order = asked if asked.lstrip("-") in sortable else self.definition.sort

    def _name(self, key: str) -> str:
        return self.definition.prefix + key

    @property
    def dom_id(self) -> str:
        """The id of the list's element, and the name of its exports."""
        return f"list-{self.definition.key}"

    @cached_property
    def filters(self) -> list[Bound]:
        return [one.bind(self.data, self.definition.prefix) for one in self.definition.filters]

    @property
    def active(self) -> list[Bound]:
        """The filters that keep something out."""
        return [bound for bound in self.filters if bound.active]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the page."""
        return [column for column in self.definition.columns if column.page]

    @cached_property
    def kept(self) -> Sequence[Row] | QuerySet[Any]:
        """All rows that are kept, in order: what is paged and what is exported."""
        if isinstance(self.source, Source):
            return self.source.kept(self.active, self._order)
        if isinstance(self.source, QuerySet):
            return self._kept_by_database(self.source)
        rows = list(self.source)
        for bound in self.active:
            rows = [row for row in rows if bound.filter.keeps(row, bound.asked)]
        column = self._sort_column
        if column is not None:
            # Sorted in two steps, so that downwards too rows without a value come last and equals keep their order.
            rows.sort(key=column.sort_value, reverse=self._order.startswith("-"))
            if self._order.startswith("-") and not callable(column.sort):
                rows.sort(key=lambda row: column.raw(row) in (None, ""))
        return rows

    def _kept_by_database(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for bound in self.active:
            rows = bound.filter.narrow(rows, bound.asked)
        column = self._sort_column
        if column is not None:
            names = column.sort if isinstance(column.sort, tuple) else (column.key.replace(".", "__"),)
            down = self._order.startswith("-")
            rows = rows.order_by(*(_turned(name) if down else name for name in names), "pk")
        return rows

    @property
    def _sort_column(self) -> Column | None:
        key = self._order.lstrip("-")
        return next((column for column in self.definition.columns if column.key == key and column.sortable), None)

    @cached_property
    def total(self) -> int:
        """How many rows are kept."""
        return self.kept.count() if isinstance(self.kept, QuerySet) else len(self.kept)

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.total // self.definition.per_page))

    @cached_property
    def page(self) -> int:
        """The page shown, from 1; a number beyond the last shows the last."""
        return min(max(whole_number(self.data.get(self._name("page"))) or 1, 1), self.pages)

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1."""
        return (self.page - 1) * self.definition.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * self.definition.per_page, self.total)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of this page."""
        return list(self.kept[max(self.first - 1, 0) : self.last]) if self.total else []

    def grouped(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows of this page under their headings; one nameless group when the list has none or is sorted anew."""
        group = self.definition.group
        if group is None or self._order != self.definition.sort:
            yield "", self.rows
            return
        heading, held = None, []
        for row in self.rows:
            here = str(group(row))
            if heading is not None and here != heading:
                yield heading, held
                held = []
            heading = here
            held.append(row)
        if heading is not None:
            yield heading, held

    # --- addresses ---

    def _foreign(self) -> list[tuple[str, str]]:
        """What else stands in the address (dates, other lists) and is kept."""
        own = {self._name("sort"), self._name("page"), self._name("export")}
        own |= {name for bound in self.filters for name in bound.names}
        return [(key, value) for key, values in self.data.lists() if key not in own for value in values]

    def url(self, *, without: Bound | None = None, bare: bool = False, **changes: str | int) -> str:
        """This list's address: filters, order and what else stood there; ``changes`` for sort, page, export."""
        pairs = self._foreign()
        if not bare:
            for key, values in bound_query(one for one in self.filters if one is not without).items():
                pairs += [(key, value) for value in values]
        if self._order and self._order != self.definition.sort and "sort" not in changes:
            pairs.append((self._name("sort"), self._order))
        pairs += [(self._name(key), str(value)) for key, value in changes.items() if value != ""]
        return self.path + ("?" + urlencode(pairs) if pairs else "")

    @property
    def permalink(self) -> str:
        """The address of exactly this: filters, order, page and both dates."""
        return self.url(page=self.page) if self.page > 1 else self.url()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the filter form carries along unseen; the order only where no field of the form asks for it."""
        asked = self._order and self._order != self.definition.sort and not self.orders
        return self._foreign() + ([(self._name("sort"), self._order)] if asked else [])

    @property
    def order_name(self) -> str:
        """What the order is called in the address."""
        return self._name("sort")

    @cached_property
    def orders(self) -> list[tuple[str, str, bool]]:
        """(value, words, whether it stands) of each order, for cards, whose headings nobody sees. The list's own order
        has no value: an address says only what was asked."""
        columns = [column for column in self.columns if column.sortable] if self.definition.cards else []
        own = self.definition.sort
        orders = [("", _("as the list comes"), not self._order)] if columns and not own else []
        for column in columns:
            for order, words in (
                (column.key, _("%(column)s, upwards")),
                (f"-{column.key}", _("%(column)s, downwards")),
            ):
                value = "" if order == own else order
                orders.append((value, words % {"column": column.label}, order == self._order))
        return orders

    @property
    def refused(self) -> bool:
        """Whether what was asked of a filter could not be read: its field says so."""
        return any(bound.error for bound in self.filters)

    @property
    def cleared(self) -> str:
        """The address without any filter."""
        return self.url(bare=True)

    def pills(self) -> list[tuple[str, str]]:
        """(words, address without it) of each active filter."""
        return [(bound.said, self.url(without=bound)) for bound in self.active]

    def heads(self) -> list[Head]:
        heads = []
        for column in self.columns:
            if not column.sortable:
                heads.append(Head(column, "", ""))
                continue
            up, down = self._order == column.key, self._order == f"-{column.key}"
            heads.append(
                Head(
                    column,
                    self.url(sort=f"-{column.key}" if up else column.key),
                    "up" if up else "down" if down else "",
                )
            )
        return heads

    def page_links(self) -> list[PageLink]:
        """The row of pages: first, last and those around the one shown, gaps between."""
        if self.pages == 1:
            return []
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        shown: list[PageLink] = []
        previous = 0
        for number in sorted(one for one in near if 1 <= one <= self.pages):
            if number - previous > 1:
                shown.append(PageLink(0, "", False))
            shown.append(PageLink(number, self.url(page=number), number == self.page))
            previous = number
        return shown

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.page + 1) if self.page < self.pages else ""

    @property
    def xlsx_url(self) -> str:
        return self.url(export="xlsx")

    @property
    def csv_url(self) -> str:
        return self.url(export="csv")

    # --- answers ---

    def answer(self, request: HttpRequest) -> HttpResponseBase | None:
        """The export or the part of the page that was asked for; None when the whole page was."""
        asked = self.data.get(self._name("export"), "")
        if asked in exports.KINDS:
            told = (self.two or TwoDates.of(self.data)).errors
            if told:
                raise Unanswerable(" ".join(told.values()))  # a file would hold today's figures under another day
            return exports.response(self.sheet(request), asked)
        htmx = getattr(request, "htmx", None)
        if htmx and htmx.target == self.dom_id:
            answer = render(request, "web/parts/list.html", {"list": self})
            answer["Vary"] = "HX-Request"
            return answer
        return None

    def sheet(self, request: HttpRequest | None = None) -> exports.Sheet:
        """What leaves: title, rule, filters in words, both dates, columns and every kept row."""
        two = self.two or TwoDates(timezone.localdate())
        columns = [column for column in self.definition.columns if column.export]
        rows = self.kept.iterator(2000) if isinstance(self.kept, QuerySet) else iter(self.kept)
        head = [str(self.definition.title), two.said()]
        if self.definition.rule:
            head.append(_("Rule: %(rule)s") % {"rule": self.definition.rule})
        if filters := [*self.narrowed, *(bound.said for bound in self.active)]:
            head.append(_("Filtered: %(filters)s") % {"filters": "; ".join(filters)})
        head.append(_("%(n)d rows") % {"n": self.total})
        if request is not None:
            head.append(request.build_absolute_uri(self.permalink))
        return exports.Sheet(
            name=str(self.definition.title),
            title=str(self.definition.title),
            head=head,
            labels=[str(column.label) for column in columns],
            widths=[column.width or (12 if column.number else 28) for column in columns],
            rows=([column.exported(row) for column in columns] for row in rows),
        )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"
