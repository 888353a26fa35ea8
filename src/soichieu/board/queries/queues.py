"""The queues of *My work* in their order: those of tasks, those before there is a task, and those that rooms put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from soichieu.board import links
from soichieu.ledger import clock
from soichieu.ledger.kinds import Kind
from soichieu.organisation import waiting as rooms
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of


@dataclass(frozen=True)
class Queue:
    """Why work waits. ``act``: the form that a row leads to; ``bulk``: the act that several rows take at once;
    ``waits``: False where it is shown but the clock is not the asker's, or not pressing."""

    code: str
    label: Any
    act: str = ""
    bulk: str = ""
    waits: bool = True


_OF_TASKS = (
    Queue("signature", pgettext_lazy("queue", "Waits for your signature"), Kind.ISSUED),
    Queue("returned", pgettext_lazy("queue", "Returned, more is asked"), Kind.CLAIMED),
    Queue("overdue", pgettext_lazy("queue", "Overdue"), Kind.CLAIMED),
    Queue("due_soon", pgettext_lazy("queue", "Due within seven days"), Kind.CLAIMED),
    Queue("new", pgettext_lazy("queue", "New, to be acknowledged"), Kind.ACKNOWLEDGED, Kind.ACKNOWLEDGED),
    Queue("opinion", pgettext_lazy("queue", "Your opinion is asked"), Kind.HANDED),
    Queue("confirm", pgettext_lazy("queue", "Reported done, to be confirmed"), Kind.ACCEPTED, Kind.ACCEPTED),
    Queue("extension", pgettext_lazy("queue", "A new deadline is asked for"), Kind.EXTENDED),
    Queue("decline", pgettext_lazy("queue", "Asks not to take the task"), Kind.REASSIGNED),
    Queue("one_lead", pgettext_lazy("queue", "One lead is to be chosen")),
    Queue("requirements", pgettext_lazy("queue", "Requirements to be confirmed")),
    Queue("heirs", pgettext_lazy("queue", "An heir is to be named"), Kind.TRANSFERRED),
    Queue("verify", pgettext_lazy("queue", "Not verified yet"), Kind.VERIFIED),
    Queue("register", pgettext_lazy("queue", "Submitted or at signature, to be registered"), Kind.ISSUED),
    Queue("in_hand", pgettext_lazy("queue", "In hand, not due yet"), Kind.CLAIMED, waits=False),
    Queue("elsewhere", pgettext_lazy("queue", "Waits for somebody else"), waits=False),
)  # fmt: skip


def queues() -> tuple[Queue, ...]:
    """Every queue in the order of the page. Those of tasks stand at 10, 20, 30 …; rooms say where theirs stand."""
    tasks = [(10 * place, queue) for place, queue in enumerate(_OF_TASKS, 1)]
    others = [(one.order, Queue(one.code, one.label, waits=one.waits)) for one in rooms.registered()]
    return tuple(queue for _order, queue in sorted([*tasks, *others], key=lambda pair: pair[0]))


def by_code() -> dict[str, Queue]:
    """Code → queue, in the order of the page."""
    return {queue.code: queue for queue in queues()}


def of_rooms(asker: Asker) -> dict[str, list[dict[str, Any]]]:
    """What waits for the asker and is no task, as rows of the list; the names of its units in one question."""
    found = rooms.waiting_for(asker)
    if not found:
        return {}
    today = clock.today()
    names = name_of({row.unit_id for rows in found.values() for row in rows}, today)
    steps = {queue.code: queue.step for queue in rooms.registered()}
    return {
        code: [
            {
                "id": None, "row": -1, "seen": True, "queue": code, "url": row.url, "unit": names[row.unit_id],
                "unit_id": row.unit_id, "unit_url": links.unit_url(row.unit_id), "code": row.code, "title": row.title,
                "requirement": None, "closing": "", "ladder": "", "directive": row.about, "board_url": "",
                "due": None, "due0": None, "late": None, "waits": max(0, (today - row.since).days), "with": "",
                "lifecycle": "", "timeliness": "", "verification": "", "note": row.note,
                "act": "step", "step": steps[code], "act_url": row.url if steps[code] else "",
            }
            for row in rows
        ]
        for code, rows in found.items()
    }  # fmt: skip
