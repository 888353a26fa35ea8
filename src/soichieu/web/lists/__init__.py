"""Lists, declared once: filter, sort, page, permalink, and export of exactly what is filtered.

    UNITS = List(
        key="units", title=_("Units"), rule=_("All units living on the day."),
        columns=[Column("name", _("Unit"), url=lambda row: row["url"], sort=vietnamese("name")), ...],
        filters=[Search(("name", "code")), Choice("kind", _("Kind"), kinds), Days("due", _("Deadline"))],
        sort="name",
    )

    def units(request):
        return UNITS.respond(request, rows, "organisation/units.html", {"two": two}, two=two)

and in the template ``{% show_list list %}``. Rows are dicts or objects; a queryset works too, and then columns sort by
``order_by`` names and filters by ``lookup`` names so that the database does the work; a ``Source`` narrows and sorts
itself and makes only the rows of a page. Everything that was asked stands
in the address. Without script it is a GET form; with htmx only the list is exchanged.
"""

from soichieu.web.lists.columns import Column, official, vietnamese
from soichieu.web.lists.filters import Choice, Days, Filter, Flag, Numbers, Search
from soichieu.web.lists.listing import List, Listing, Source

__all__ = [
    "Choice",
    "Column",
    "Days",
    "Filter",
    "Flag",
    "List",
    "Listing",
    "Numbers",
    "Search",
    "Source",
    "official",
    "vietnamese",
]
