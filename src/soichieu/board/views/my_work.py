"""My work: what waits today for whoever asks, queue by queue, with the form that each row needs."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from soichieu.board.ask import with_query
from soichieu.board.queries.queues import by_code, queues
from soichieu.board.queries.waiting import Waiting, may_write, waiting
from soichieu.board.words import CUSTODY
from soichieu.documents.guarding import asker_of
from soichieu.ledger import clock
from soichieu.ledger.commands import record
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.kinds import Kind
from soichieu.ledger.queries import Question, visible_mask
from soichieu.organisation.askers import Asker
from soichieu.web import states
from soichieu.web.dates import TwoDates
from soichieu.web.lists import Choice, Column, Days, List, Search

MOST_AT_ONCE = 500
SAMPLES = (5, 10, 20, 50)


def _picked(row: dict[str, Any]) -> SafeString:
    """The box that puts a row among those acted on at once; the form it belongs to stands under the list."""
    if not by_code()[row["queue"]].bulk or not row["id"]:
        return SafeString("")
    return format_html(
        '<label class="pick-box"><input type="checkbox" name="task" value="{}" form="bulk-{}" aria-label="{}"></label>',
        row["id"], row["queue"], _("Choose %(code)s, %(unit)s") % {"code": row["code"], "unit": row["unit"]},
    )  # fmt: skip


def _do(row: dict[str, Any]) -> SafeString:
    if not row["act_url"]:
        return SafeString("")
    step = row.get("step", "")
    words = {"choose": _("Decide"), "step": step, "page": step}
    label = words[row["act"]] if row["act"] in words else Kind(row["act"]).label
    return format_html('<a class="btn" href="{}">{}</a>', row["act_url"], str(label)[:1].upper() + str(label)[1:])


def _choices() -> list[tuple[str, Any]]:
    return [(queue.code, queue.label) for queue in queues()]


WORK = List(
    key="my-work",
    title=gettext_lazy("My work"),
    rule=gettext_lazy(
        "Tasks as they stand today, as known now: each in the first of the queues that fits it; beside them plans and"
        " questions that wait. Days waiting count from the day of the report, the request or the handing over; days"
        " late from the current deadline."
    ),
    columns=[
        Column("pick", gettext_lazy("Choose"), draw=_picked, value=lambda row: "", sort=None, export=False),
        Column(
            "queue", gettext_lazy("Why it waits"), text=lambda code: by_code()[code].label, sort=None, page=False,
            width=30,
        ),
        Column("title", gettext_lazy("Task"), template="board/parts/work_cell.html", width=60),
        Column("code", pgettext_lazy("of a requirement", "No."), page=False, width=10),
        Column("directive", gettext_lazy("Directive"), page=False, width=18),
        Column("unit", gettext_lazy("Held by"), url=lambda row: row["unit_url"], width=32),
        Column("due", gettext_lazy("Deadline"), template="board/parts/due_cell.html", width=14),
        Column("late", gettext_lazy("Days late"), number=True, template="board/parts/late_cell.html"),
        Column("waits", gettext_lazy("Days waiting"), number=True),
        Column("with", gettext_lazy("Now with"), text=lambda code: CUSTODY[code] if code else "", sort=None, width=24),
        Column(
            "verification", pgettext_lazy("axis", "Verification"), sort=None, page=False, width=22,
            text=lambda code: states.VERIFICATION.states[code].label if code in states.VERIFICATION.states else "",
        ),
        Column("note", gettext_lazy("Reason given"), page=False, sort=None, width=40),
        Column("act", gettext_lazy("Next step"), draw=_do, value=lambda row: "", sort=None, export=False),
    ],
    filters=[
        Search(("title", "code", "unit", "directive")),
        Choice("queue", gettext_lazy("Why it waits"), _choices),
        Days("due", gettext_lazy("Deadline")),
    ],
    per_page=50,
    empty=gettext_lazy("Nothing waits for you today."),
    empty_hint=gettext_lazy(
        "What is given to your unit, reported to it or returned to it comes here by itself. A post that only looks on"
        " or administers has no work of its own."
    ),
    group=lambda row: by_code()[row["queue"]].label,
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def my_work(request: HttpRequest) -> HttpResponseBase:
    """The queues of whoever asks; a POST writes one line about each of the tasks chosen."""
    asker = asker_of(request)
    if request.method == "POST":
        return _several(request)
    found = waiting(asker)
    drawn = _drawn(request, found)
    if drawn.get("again"):
        return redirect(drawn["again"])
    queue, known = request.GET.get("queue", ""), by_code()
    of_queue = (queue,) if queue in known else ()
    rows = found.rows(("verify",), only=drawn["rows"]) if drawn["rows"] is not None else found.rows(of_queue)
    two = TwoDates(clock.today())
    definition = WORK
    if not any(known[row["queue"]].bulk and row["id"] for row in rows):
        definition = replace(definition, columns=[one for one in definition.columns if one.key != "pick"])
    if drawn["rows"] is not None:
        words = {"many": len(rows), "seed": drawn["seed"]}
        definition = replace(
            definition, rule=_("%(many)s tasks drawn at random from those not verified; seed %(seed)s.") % words
        )
    if drawn["requirement"] is not None and drawn["rows"] is None:
        rows = [row for row in rows if row["requirement"] == drawn["requirement"]]
    listing = definition.bind(request, rows, two=two)
    answer = listing.answer(request)
    if answer is not None:
        return answer
    here = {row["queue"] for row in listing.rows}
    context = {
        "list": listing,
        "two": None,
        "waiting": found,
        "counts": [(one, many, with_query(request.path, {"queue": one.code})) for one, many in found.counts],
        "chosen": queue if queue in known else "",
        "bulk": [(one, Kind(one.bulk).label) for one in known.values() if one.bulk and one.code in here],
        "verifies": found.many("verify") and (queue == "verify" or drawn["rows"] is not None),
        "drawn": drawn,
        "samples": SAMPLES,
    }
    return render(request, "board/my_work.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _drawn(request: HttpRequest, found: Waiting) -> dict[str, Any]:
    """What the verifier asked: one requirement, or a sample by a seed; without a seed a new one is given."""
    requirement = _number(request.GET.get("requirement", ""))
    many, seed = _number(request.GET.get("sample", "")), request.GET.get("seed", "").strip()[:40]
    drawn: dict[str, Any] = {"requirement": requirement, "many": many, "seed": seed, "rows": None}
    if many and found.many("verify"):
        if not seed:
            query = request.GET.copy()
            query["seed"] = secrets.token_hex(4)
            return {**drawn, "again": f"{request.path}?{query.urlencode()}"}
        drawn["rows"] = found.sample(min(many, 1000), seed, requirement)
    return drawn


def _several(request: HttpRequest) -> HttpResponseBase:
    """Several tasks acknowledged or confirmed at once: all of them or none."""
    asker = asker_of(request)
    queue = by_code().get(request.POST.get("queue", ""))
    if queue is None or not queue.bulk:
        raise Http404
    back = with_query(reverse("board:my-work"), {"queue": queue.code})
    ids = [int(one) for one in request.POST.getlist("task") if one.isdecimal() and len(one) < 19]
    if not ids:
        messages.error(request, _("Choose at least one task."))
        return redirect(back)
    if len(ids) > MOST_AT_ONCE:
        messages.error(request, _("At most %(many)s tasks at once.") % {"many": MOST_AT_ONCE})
        return redirect(back)
    # What changed since the page was drawn is left alone, and said: a colleague may have been faster.
    found = waiting(asker)
    still = (
        set(found.answer.columns.ids[found.queues.get(queue.code, [])].tolist()) if found.many(queue.code) else set()
    )
    _known(asker, ids)
    if not may_write(asker, found, queue.bulk, ids):
        raise PermissionDenied(_("Of the tasks chosen there is one about which your post may not write this."))
    chosen = [pk for pk in dict.fromkeys(ids) if pk in still]
    try:
        if chosen:
            record(asker=asker, kind=queue.bulk, obligations=chosen, happened_on=clock.today())
    except Forbidden as forbidden:
        raise PermissionDenied(str(forbidden)) from forbidden
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    if chosen:
        words = {"n": len(chosen), "kind": Kind(queue.bulk).label}
        messages.success(
            request,
            ngettext("%(n)s line is written: %(kind)s.", "%(n)s lines are written: %(kind)s.", len(chosen)) % words,
        )
    if left := len(set(ids)) - len(chosen):
        messages.warning(
            request,
            ngettext(
                "%(n)s task no longer waits for this and was left alone.",
                "%(n)s tasks no longer wait for this and were left alone.",
                left,
            )
            % {"n": left},
        )
    return redirect(back)


def _known(asker: Asker, ids: list[int]) -> None:
    """A task that the asker does not see is as if it were not there."""
    answer = Question.now().answer()
    seen = visible_mask(asker, answer)
    for pk in ids:
        try:
            row = answer.columns.row_of(pk)
        except KeyError:
            raise Http404 from None
        if seen is not None and not seen[row]:
            raise Http404
