"""The writer: a process of its own that does, through the real commands, what it is told on its standard input.

One JSON object a line in, one a line out: ``{"ok": …}``, ``{"refused": message}`` or ``{"error": traceback}``. The
driver kills it with SIGKILL whenever it likes.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from soichieu.documents.models import Document  # noqa: E402
from soichieu.ledger import clock, commands  # noqa: E402
from soichieu.ledger.append import Draft, append  # noqa: E402
from soichieu.ledger.errors import Refusal  # noqa: E402
from soichieu.ledger.models import Obligation, Requirement  # noqa: E402
from soichieu.ledger.sources import Source, by_telephone  # noqa: E402
from soichieu.ledger.verification import verify  # noqa: E402
from soichieu.organisation.askers import Asker, asker_for_post  # noqa: E402
from soichieu.organisation.models import Post, PostRole, Superior, Unit, UnitState, UnitSuccession  # noqa: E402
from tests.simulator.compare import digest  # noqa: E402

Command = dict[str, Any]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def must_day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def asker_of(command: Command) -> Asker:
    code = command.get("asker")
    if code is None:
        return Asker.operator_of_instance()
    return asker_for_post(Post.objects.get(code=code), on=clock.today())


def source_of(command: Command) -> Source | None:
    return None if command.get("paper", True) else by_telephone("trực ban")


def units() -> dict[str, int]:
    return dict(Unit.objects.values_list("code", "pk"))


def migrate(command: Command) -> None:
    call_command("migrate", verbosity=0, interactive=False)


@transaction.atomic
def organise(command: Command) -> dict[str, int]:
    Unit.objects.bulk_create([Unit(code=code, kind="division", fictitious=True) for code in command["units"]])
    ids = units()
    UnitState.objects.bulk_create(
        [
            UnitState(unit_id=ids[code], valid_from=must_day(on), alive=alive, name=code if alive else "")
            for code, on, alive in command["states"]
        ]
    )
    Superior.objects.bulk_create(
        [
            Superior(unit_id=ids[code], line="sector", valid_from=must_day(on), superior_id=ids[above])
            for code, on, above in command["superiors"]
        ]
    )
    UnitSuccession.objects.bulk_create(
        [
            UnitSuccession(old_id=ids[old], new_id=ids[new], on=must_day(on), share=share, main=main, status=status)
            for old, new, on, share, main, status in command["successions"]
        ]
    )
    return ids


@transaction.atomic
def staff(command: Command) -> None:
    """Posts with one role each: [code, unit, role]."""
    ids = units()
    for code, unit, role in command["posts"]:
        post = Post.objects.create(code=code, unit_id=ids[unit], title=code)
        PostRole.objects.create(post=post, role=role, valid_from=must_day(command["from"]))


@transaction.atomic
def direct(command: Command) -> dict[str, int]:
    """Directives, each with its chain: the id of the chain by number."""
    issuer = units()[command["issuer"]]
    chains = {}
    for number in command["numbers"]:
        directive = Document.objects.create(
            number=number,
            number_key=number,
            issuer=command["issuer"],
            issuer_key=command["issuer"],
            issuer_unit_id=issuer,
            signed_on=must_day(command["signed_on"]),
            registered_at=clock.now(),
        )
        chains[number] = commands.open_chain(directive=directive).pk
    return chains


@transaction.atomic
def require(command: Command) -> list[int]:
    """Requirements: [number, code, ladder, closing, standing]."""
    return [
        commands.define_requirement(
            asker=asker_of(command),
            directive=Document.objects.get(number=number),
            code=code,
            title=f"Nhiệm vụ {code}",
            ladder=ladder,
            closing=closing,
            standing=standing,
        ).pk
        for number, code, ladder, closing, standing in command["requirements"]
    ]


def record(command: Command) -> None:
    commands.record(
        asker=asker_of(command),
        kind=command["kind"],
        obligations=command["obligations"],
        happened_on=must_day(command["happened_on"]),
        choice=command.get("choice", ""),
        deadline=day(command.get("deadline")),
        unit_id=command.get("unit"),
        voids=command.get("voids"),
        source=source_of(command),
        payload=command.get("payload"),
    )


@transaction.atomic
def raw(command: Command) -> None:
    """Lines that no command would write, put into the book all the same: the fold never fails."""
    append(
        asker=asker_of(command),
        chain_id=command["chain"],
        drafts=[
            Draft(
                obligation_id=line["obligation"],
                kind=line["kind"],
                happened_on=must_day(line["happened_on"]),
                deadline=day(line.get("deadline")),
                choice=line.get("choice", ""),
                unit_id=line.get("unit"),
                voids=line.get("voids"),
                source=source_of(line),
            )
            for line in command["lines"]
        ],
    )


def open_(command: Command) -> None:
    commands.open_obligations(
        asker=asker_of(command),
        requirement=Requirement.objects.get(pk=command["requirement"]),
        unit_ids=command["units"],
        happened_on=must_day(command["happened_on"]),
        deadline=day(command.get("deadline")),
        period=command.get("period", ""),
        published_only=command.get("published_only", False),
    )


def allocate(command: Command) -> None:
    commands.allocate_parts(
        asker=asker_of(command),
        obligation=Obligation.objects.get(pk=command["obligation"]),
        parts=[(unit, day(deadline)) for unit, deadline in command["parts"]],
        happened_on=must_day(command["happened_on"]),
    )


def transfer(command: Command) -> None:
    commands.transfer_for_succession(asker=asker_of(command), on=must_day(command["on"]))


def verified(command: Command) -> list[str]:
    return [str(problem) for problem in verify()]


def digested(command: Command) -> str:
    known = {int(chain): position for chain, position in command["known"].items()}
    obligations = Obligation.objects.order_by("pk").values_list("pk", flat=True)
    return digest(must_day(command["as_at"]), known, list(obligations))


DOES: dict[str, Callable[[Command], object]] = {
    "migrate": migrate,
    "organise": organise,
    "staff": staff,
    "direct": direct,
    "require": require,
    "record": record,
    "raw": raw,
    "open": open_,
    "allocate": allocate,
    "transfer": transfer,
    "verify": verified,
    "digest": digested,
}


def answer(command: Command) -> dict[str, object]:
    try:
        with clock.injected(dt.datetime.fromisoformat(command["now"])):
            return {"ok": DOES[command["do"]](command)}
    except Refusal as refusal:
        return {"refused": f"{type(refusal).__name__}: {refusal}"}
    except Exception:  # Whatever it is, the driver stops and shows it with the seed.
        return {"error": traceback.format_exc()}


def main() -> None:
    connection.ensure_connection()
    print(json.dumps({"ok": "ready"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
