"""``soichieu plans``: what is in force (``register``, ``in-force``), and how it is held against the light (``judge``,
``report``, ``register-review``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option, lang_option  # isort: skip

from django.core.exceptions import ValidationError
from django.utils import translation

from soichieu.cli.ledger_options import a_day, a_moment, a_unit
from soichieu.documents import files
from soichieu.documents import queries as documents
from soichieu.documents.errors import BadSheet
from soichieu.documents.models import Document
from soichieu.documents.workbook import open_workbook
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.organisation.models import Unit
from soichieu.organisation.names import name_of
from soichieu.plans.commands import importing
from soichieu.plans.commands.reviews import Given, give_verdict, register_review
from soichieu.plans.docx.review_report import review_report
from soichieu.plans.models import Plan, PlanFacts, Verdict
from soichieu.plans.outgoing import read_outgoing
from soichieu.plans.queries import reviews
from soichieu.plans.queries.register import in_force, plan_of
from soichieu.web.dates import TwoDates, write_day

SHOWN = 50
format_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


@click.command("register")
@click.argument("path", metavar="REGISTER.xlsx", type=click.Path(path_type=Path))
@click.option("--unit", "code", required=True, metavar="CODE", help="The unit whose outgoing documents they are.")
@click.option("--sheet", default="", help="The sheet, when it is not the first whose heads are recognised.")
@click.option("--preview", is_flag=True, help="Show what would be entered and what is left out; write nothing.")
@format_option
@asker_option
def register(path: Path, code: str, sheet: str, preview: bool, form: str, asker: Asker) -> None:
    """Enter the programmes and plans of a register of outgoing documents (.xlsx): all of them, or none."""
    data = _bytes(path)
    unit = a_unit(code, clock.today())
    try:
        outgoing = read_outgoing(open_workbook(data, path.name), path.name, today=clock.today(), sheet=sheet)
        evidence = "" if preview else files.store(data, path.name).pk
        ready = importing.prepare(asker=asker, unit_id=unit, outgoing=outgoing, name=path.name, evidence=evidence)
        plans = None if preview else importing.take_over(asker=asker, importing=ready)
    except BadSheet as bad:
        told = "\n".join(str(fault) for fault in bad.faults[:SHOWN])
        more = f"\nand {len(bad.faults) - SHOWN} more" if len(bad.faults) > SHOWN else ""
        raise BadInput(f"{path.name}: nothing was written\n{told}{more}") from bad
    except (Refusal, NotAllowed) as wrong:
        raise BadInput(f"{path.name}: nothing was written: {wrong}") from wrong
    except ValidationError as wrong:
        raise BadInput("; ".join(wrong.messages)) from wrong
    if form == "json":
        click.echo(json.dumps(_importing_json(ready, plans), ensure_ascii=False, indent=1))
        return
    for warning in outgoing.warnings:
        click.echo(f"warning: {warning}", err=True)
    for one in ready.rows:
        row = one.row
        said = one.why or "entered"
        force = f"{write_day(row.from_day)} – {write_day(row.to_day) or 'until stopped'}" if row.from_day else "–"
        click.echo("\t".join((row.cell, row.number, row.kind or "–", force, row.title, said, *row.notes)))
        for difference in one.differs:
            click.echo(f"  {row.cell}: the sheet says otherwise: {difference}", err=True)
    counts = ", ".join(f"{name} {count}" for name, count in ready.counts.items())
    click.echo(f"preview, nothing was written: {counts}" if plans is None else f"entered {len(plans)}: {counts}")


@click.command("in-force")
@click.option("--unit", "code", required=True, metavar="CODE", help="The unit, by its code or its whole name.")
@click.option("--on", metavar="DAY", help="In force on this day (default: today).")
@click.option("--known-at", metavar="TIME", help="What was known at this moment (default: now; a day means its end).")
@click.option("--against", metavar="NUMBER", help="Also the verdicts against this directive, by its number.")
@format_option
@asker_option
def in_force_on(code: str, on: str | None, known_at: str | None, against: str | None, form: str, asker: Asker) -> None:
    """The programmes, plans and key tasks of a unit in force on a day; with a directive n of N that have a verdict."""
    day, moment = a_day(on, "--on") or clock.today(), a_moment(known_at, "--known-at")
    unit = _unit_seen(asker, code, day)
    directive = a_document(asker, against) if against else None
    if directive is not None:
        sheet = reviews.sheet(unit, directive, day, known_at=moment)
        rows = [(one.facts, one.verdict) for one in sheet.rows]
    else:
        rows = [(one, None) for one in in_force([unit], day, known_at=moment)[unit]]
    if form == "json":
        click.echo(
            json.dumps(
                _in_force_json(unit, day, known_at if moment else None, directive, rows), ensure_ascii=False, indent=1
            )
        )
        return
    two = TwoDates(day, moment)
    click.echo(f"{name_of([unit], day)[unit]}: {len(rows)} in force. {two.said()}; self-reported")
    if directive is not None:
        given = sum(verdict is not None for _facts, verdict in rows)
        click.echo(f"{given} of {len(rows)} have a verdict against {directive.number}")
    for facts, verdict in rows:
        force = f"{write_day(facts.from_day)} – {write_day(facts.to_day) or 'until stopped'}"
        said = [facts.plan.key, facts.number or "–", facts.kind, facts.term, force, facts.title]
        if directive is not None:
            parts = (verdict.choice, write_day(verdict.due_on), verdict.owner) if verdict else ("no verdict yet",)
            said.append(", ".join(part for part in parts if part))
        click.echo("\t".join(said))


@click.command("judge")
@click.argument("key", metavar="PLAN")
@click.option("--against", required=True, metavar="NUMBER", help="The directive it is held up against.")
@click.option("--verdict", "choice", required=True, type=click.Choice(Verdict.Choice.values))
@click.option("--until", metavar="DAY", help="Of all but keep: until when.")
@click.option("--owner", default="", help="Of all but keep: which post or office sees to it.")
@click.option("--reason", default="", help="Of all but keep: why, in a sentence.")
@click.option("--on", metavar="DAY", help="The day of the verdict (default: today).")
@click.option("--instead", is_flag=True, help="Put it in the place of the verdict that stands already.")
@format_option
@asker_option
def judge(
    key: str, against: str, choice: str, until: str | None, owner: str, reason: str, on: str | None, instead: bool,
    form: str, asker: Asker,
) -> None:  # fmt: skip
    """Give a verdict on one programme, held up against a directive."""
    directive = a_document(asker, against)
    try:
        plan = plan_of(asker, key)
    except Plan.DoesNotExist:
        raise BadInput(
            f"there is no plan with the key {key!r}, or it is not the asker's to see;"
            " `soichieu plans in-force --unit CODE` names those of a unit"
        ) from None
    standing = reviews.standing_verdicts(directive.pk, [plan.pk]).get(plan.pk)
    given = Given(
        plan, choice, a_day(until, "--until"), owner, reason, standing.pk if standing is not None and instead else 0
    )
    try:
        verdict = give_verdict(asker=asker, directive=directive, given=given, decided_on=a_day(on, "--on"))
    except (Refusal, NotAllowed) as wrong:
        hint = "; --instead puts yours in its place" if standing is not None and not instead else ""
        raise BadInput(f"{wrong}{hint}") from wrong
    if form == "json":
        told = {"plan": plan.key, "against": directive.number, "verdict": _verdict_json(verdict)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{plan.key}: {verdict.get_choice_display()} against {directive.number}")


@click.command("report")
@click.argument("out", metavar="OUT.docx", type=click.Path(path_type=Path))
@click.option("--unit", "code", required=True, metavar="CODE")
@click.option("--against", required=True, metavar="NUMBER")
@click.option("--on", metavar="DAY", help="Counts what was in force on this day (default: today).")
@click.option("--known-at", metavar="TIME", help="What was known at this moment (default: now; a day means its end).")
@format_option
@lang_option
@asker_option
def report(
    out: Path, code: str, against: str, on: str | None, known_at: str | None, form: str, lang: str, asker: Asker
) -> None:
    """Write the draft of the review report: every programme in force with its verdict."""
    day, moment = a_day(on, "--on") or clock.today(), a_moment(known_at, "--known-at")
    unit = _unit_seen(asker, code, day)
    directive = a_document(asker, against)
    sheet = reviews.sheet(unit, directive, day, known_at=moment)
    try:
        with translation.override(lang):
            out.write_bytes(review_report(sheet, TwoDates(day, moment), clock.now()))
    except OSError as wrong:
        raise BadInput(
            f"{out}: {wrong.strerror or wrong}; name a file in a folder that is there and that you may write to"
        ) from wrong
    if form == "json":
        told = {
            "file": str(out), "against": directive.number, "on": day.isoformat(),
            "known_at": known_at if moment else None, "source": "self-reported", "in_force": sheet.of,
            "with_verdict": sheet.n,
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{out}: {sheet.n} of {sheet.of} programmes have a verdict")


@click.command("register-review")
@click.option("--unit", "code", required=True, metavar="CODE")
@click.option("--against", required=True, metavar="NUMBER", help="The directive that asks for it.")
@click.option("--number", required=True, help="The report's number as printed.")
@click.option("--signed-on", required=True, metavar="DAY", help="Its day of issue.")
@click.option("--on", metavar="DAY", help="The day whose programmes it counts (default: its day of issue).")
@click.option("--requirement", default="", help="The requirement it answers, when the directive asks more than once.")
@click.option("--file", "path", type=click.Path(path_type=Path), help="The signed copy.")
@click.option("--signer", default="")
@format_option
@asker_option
def register_signed(
    code: str, against: str, number: str, signed_on: str, on: str | None, requirement: str, path: Path | None,
    signer: str, form: str, asker: Asker,
) -> None:  # fmt: skip
    """Register the signed review report; the unit's task on the ladder “held against the light” is closed by it."""
    signed = a_day(signed_on, "--signed-on")
    assert signed is not None
    unit, directive = _unit_seen(asker, code, clock.today()), a_document(asker, against)
    tasks = [
        one for one, _cell in reviews.held_up_tasks(asker, unit, directive) if requirement in ("", one.requirement.code)
    ]
    if len(tasks) != 1:
        codes = ", ".join(one.requirement.code for one in tasks) or "none"
        raise BadInput(f"{directive.number} gives {code} {len(tasks)} such tasks ({codes}); --requirement names one")
    try:
        stored = files.store(_bytes(path), path.name) if path is not None else None
        done = register_review(
            asker=asker, obligation_id=tasks[0].pk, on=a_day(on, "--on") or signed, number=number,
            signed_on=signed, signer=signer, stored=stored,
        )  # fmt: skip
    except (Refusal, NotAllowed) as wrong:
        raise BadInput(str(wrong)) from wrong
    except ValidationError as wrong:
        raise BadInput("; ".join(wrong.messages)) from wrong
    if form == "json":
        told = {
            "document": done.review.document.number, "against": directive.number,
            "requirement": tasks[0].requirement.code, "source": "self-reported", "in_force": done.counted.of,
            "with_verdict": done.counted.n,
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{done.review.document.number}: {done.counted.n} of {done.counted.of} programmes; registered")


def a_document(asker: Asker, number: str) -> Document:
    """The one document with a number that the asker sees; exit 2, with the candidates, when it is none or several."""
    found = documents.by_number(asker, number)
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(
            f"{number}: no such document in the register, or it is not yours to see;"
            " `soichieu documents list` shows what is there"
        )
    listed = "; ".join(f"{one.number} of {write_day(one.signed_on)} ({one.issuer})" for one in found)
    raise BadInput(f"{number} fits {len(found)} documents: {listed}. Give the number as printed")


def _unit_seen(asker: Asker, code: str, on: Any) -> int:
    unit = a_unit(code, on)
    try:
        return reviews.unit_seen(asker, unit).pk
    except Unit.DoesNotExist:
        raise BadInput(f"{code}: its plans are not yours to see") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise BadInput(f"{path}: {wrong.strerror or wrong}; check the path and that you may read it") from wrong


def _importing_json(ready: importing.Importing, plans: list[Plan] | None) -> dict[str, Any]:
    return {
        "sheet": ready.outgoing.sheet,
        "columns": {key: list(found) for key, found in ready.outgoing.columns.items()},
        "warnings": [str(one) for one in ready.outgoing.warnings],
        "rows": [
            {
                "cell": one.row.cell, "number": one.row.number, "title": one.row.title, "fate": one.fate,
                "kind": one.row.kind or None, "term": one.row.term or None,
                "from": one.row.from_day.isoformat() if one.row.from_day else None,
                "to": one.row.to_day.isoformat() if one.row.to_day else None, "why": one.why or None,
                "differs": list(one.differs), "notes": list(one.row.notes),
            }
            for one in ready.rows
        ],
        "counts": ready.counts,
        "entered": None if plans is None else [plan.key for plan in plans],
    }  # fmt: skip


def _in_force_json(
    unit: int, day: Any, known_at: str | None, directive: Document | None, rows: list[tuple[PlanFacts, Verdict | None]]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "unit": name_of([unit], day)[unit], "on": day.isoformat(), "known_at": known_at, "source": "self-reported",
        "in_force": len(rows),
    }  # fmt: skip
    if directive is not None:
        told["against"] = directive.number
        told["with_verdict"] = sum(verdict is not None for _facts, verdict in rows)
    told["plans"] = [
        {
            "key": facts.plan.key, "number": facts.number, "title": facts.title, "kind": facts.kind,
            "term": facts.term, "signed_on": facts.signed_on.isoformat() if facts.signed_on else None,
            "from": facts.from_day.isoformat() if facts.from_day else None,
            "to": facts.to_day.isoformat() if facts.to_day else None,
            **({"verdict": _verdict_json(verdict)} if directive is not None else {}),
        }
        for facts, verdict in rows
    ]  # fmt: skip
    return told


def _verdict_json(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "choice": verdict.choice, "until": verdict.due_on.isoformat() if verdict.due_on else None,
        "owner": verdict.owner, "reason": verdict.reason, "decided_on": verdict.decided_on.isoformat(),
    }  # fmt: skip
