"""``soichieu plans import`` and ``show``: a plan's lines from its file, and as they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option  # isort: skip

from django.core.exceptions import ValidationError
from django.db import transaction

from soichieu.documents import files
from soichieu.ledger.errors import Refusal
from soichieu.organisation import queries as organisation
from soichieu.organisation.askers import Asker, NotAllowed, today
from soichieu.organisation.names import name_of
from soichieu.plans import clears
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import make_plan
from soichieu.plans.facts import Facts
from soichieu.plans.importing import ReadPlan, read_plan
from soichieu.plans.items import title_of
from soichieu.plans.lines import Line
from soichieu.plans.models import Plan, PlanFacts
from soichieu.plans.queries import acts, editions
from soichieu.plans.queries.register import newest_facts, plan_of


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--plan", "key", metavar="KEY", help="The plan whose next version this is.")
@click.option("--unit", "code", metavar="CODE", help="Without --plan: the unit whose new plan it is, by its code.")
@click.option("--title", default="", help="What the new plan is called; read from the file when left out.")
@click.option("--kind", type=click.Choice(PlanFacts.Kind.values), default="plan", show_default=True)
@click.option("--term", type=click.Choice(PlanFacts.Term.values), default="year", show_default=True)
@click.option("--preview", is_flag=True, help="Show what is read and what is doubtful; save nothing.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@asker_option
def import_plan(
    path: Path,
    key: str | None,
    code: str | None,
    title: str,
    kind: str,
    term: str,
    preview: bool,
    form: str,
    asker: Asker,
) -> None:
    """Read the lines of FILE (.docx .pdf .md .txt .xlsx) as a plan's next version, or as a new plan of a unit.

    What was read with a doubt is said on standard error, line by line. The same lines again make no new version.
    """
    if (key is None) == (code is None):
        raise BadInput("say whose version it is: either --plan KEY or, for a new plan, --unit CODE")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}; check the path and that you may read it") from error
    try:
        plan = _plan(asker, key) if key else None
        unit = plan.unit_id if plan is not None else _unit(code or "")
        read = read_plan(data, path.name, unit_id=unit)
        _say_doubts(read)
        if preview and form == "json":
            told = {"lines": [_read_json(line) for line in read.lines], "warnings": [str(w) for w in read.warnings]}
            click.echo(json.dumps({**told, "saved": False}, ensure_ascii=False, indent=1))
            return
        if preview:
            for line in read.lines:
                click.echo(_told(line))
            click.echo(f"{len(read.lines)} lines; nothing was saved")
            return
        _save(asker, plan, unit, data, path.name, read, title, kind, term, form)
    except (Refusal, NotAllowed) as wrong:
        raise BadInput(str(wrong)) from wrong
    except ValidationError as wrong:
        raise BadInput("; ".join(wrong.messages)) from wrong


@click.command("show")
@click.argument("key", metavar="KEY")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@asker_option
def show_plan(key: str, form: str, asker: Asker) -> None:
    """A plan with its lines as they stand: what each says, and which of the six clears are missing."""
    plan = _plan(asker, key)
    facts = newest_facts([plan.pk]).get(plan.pk)
    edition = editions.newest_edition(asker, plan)
    items = list(editions.items_of(edition)) if edition else []
    of = acts.acts_of(asker, plan)
    if form == "json":
        told = {
            "key": plan.key,
            "unit": name_of([plan.unit_id], today())[plan.unit_id],
            "title": facts.title if facts else "",
            "number": facts.number if facts else "",
            "signed_on": facts.signed_on.isoformat() if facts and facts.signed_on else None,
            "in_force": [
                day.isoformat() if day else None for day in (facts.from_day, facts.to_day)
            ] if facts else [None, None],
            "standing": str(acts.standing_of(of[-1] if of else None).value),
            "version": edition.ordinal if edition else 0,
            "superiors": [
                {"number": one.number, "why": why}
                for one, why in editions.superiors(asker, {plan.pk: facts})[plan.pk]
            ],
            "lines": [_json(one) for one in items],
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(title_of(facts))
    standing = acts.standing_of(of[-1] if of else None)
    click.echo(
        f"{name_of([plan.unit_id], today())[plan.unit_id]}; {standing.label};"
        f" version {edition.ordinal if edition else 0}, {len(items)} lines"
    )
    for one in items:
        missing = clears.said(clears.missing(one))
        leads = "; ".join(str(lead["text"]) for lead in one.leads) or "–"
        click.echo(
            f"{one.number or one.ordinal}\t{one.text}\t{leads}\t{one.output or '–'}\t{one.deadline_text or '–'}"
            + (f"\tnot clear: {missing}" if missing else "")
        )


def _json(item: Any) -> dict[str, Any]:
    return {
        "key": item.identity.key,
        "number": item.number,
        "group": item.group,
        "text": item.text,
        "leads": [lead["text"] for lead in item.leads],
        "person": item.person,
        "cooperators": item.cooperators,
        "output": item.output,
        "deciding_body": item.deciding_body,
        "deadline": item.deadline_text,
        "days": [day.isoformat() if day else None for day in (item.deadline_from, item.deadline_to)],
        "place": item.place,
        "not_clear": list(clears.missing(item)),
    }


def _plan(asker: Asker, key: str) -> Plan:
    try:
        return plan_of(asker, key)
    except Plan.DoesNotExist:
        raise BadInput(
            f"there is no plan with the key {key!r}, or it is not the asker's to see;"
            " `soichieu plans in-force --unit CODE` names those of a unit"
        ) from None


def _unit(code: str) -> int:
    found = organisation.unit_by_code(code)
    if found is None:
        raise BadInput(f"--unit: there is no unit with the code {code!r}; `soichieu units search` finds codes")
    return found


def _told(line: Line) -> str:
    leads = "; ".join(str(lead["text"]) for lead in line.leads) or "–"
    return f"{line.place}\t{line.number}\t{line.text}\t{leads}\t{line.output or '–'}\t{line.deadline_text or '–'}"


def _read_json(line: Line) -> dict[str, Any]:
    return {
        "place": line.place,
        "number": line.number,
        "text": line.text,
        "leads": [str(lead["text"]) for lead in line.leads],
        "output": line.output,
        "deadline": line.deadline_text,
        "doubts": [str(doubt) for doubt in line.doubts],
    }


def _say_doubts(read: ReadPlan) -> None:
    for warning in read.warnings:
        click.echo(f"note: {warning}", err=True)
    for line in read.lines:
        for doubt in line.doubts:
            click.echo(f"{line.place}: {doubt}", err=True)


@transaction.atomic
def _save(
    asker: Asker,
    plan: Plan | None,
    unit: int,
    data: bytes,
    name: str,
    read: ReadPlan,
    title: str,
    kind: str,
    term: str,
    form: str,
) -> None:
    if plan is None:
        called = title or str(read.facts.get("title", ""))
        plan = make_plan(asker=asker, unit=unit, facts=Facts(kind=kind, term=term, title=called))
    newest = editions.newest_edition(asker, plan)
    seen = newest.ordinal if newest else 0
    edition = write_edition(
        asker=asker,
        plan=plan,
        lines=read.lines,
        read_by=read.read_by,
        warnings=read.warnings,
        file=files.store(data, name),
        seen=seen,
    )
    if form == "json":
        told = {"plan": plan.key, "version": edition.ordinal, "lines": len(read.lines)}
        click.echo(json.dumps({**told, "saved": edition.ordinal != seen}, ensure_ascii=False, indent=1))
    elif edition.ordinal == seen:
        click.echo(f"{plan.key}: nothing differs from version {seen}; it stands as it is")
    else:
        click.echo(f"{plan.key}: version {edition.ordinal}, {len(read.lines)} lines")
