"""``soichieu conference``: what is known of review conferences, and of what was published of one, what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

# First of ours: it wakes Django, which everything after it needs.
from soichieu.cli.django_setup import BadInput, asker_option, lang_option  # isort: skip

from django.utils import translation

from soichieu.cli.ledger_options import a_day, a_unit
from soichieu.conferences import telling
from soichieu.conferences.models import Conference
from soichieu.conferences.state import State
from soichieu.conferences.telling import basics, course, found
from soichieu.findings.models import Kind
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker

KINDS = [one for one in Kind.values if one != Kind.CONCLUSION]


@click.group()
def conference() -> None:
    """Review conferences. One is named by KEY, by its short name (bo-hai-dang-2025-11-14), or by what it reviewed
    (--of NUMBER) and when it was held (--on DAY)."""


def answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--format``, ``--lang`` and ``--as``, the same for all."""
    command = lang_option(asker_option(command))
    return click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")(command)


def which(command: Callable[..., Any]) -> Callable[..., Any]:
    """How one conference is named; the command receives what was given."""
    command = click.option("--on", metavar="DAY", help="The day on which it was held.")(command)
    command = click.option("--of", metavar="NUMBER", default="", help="A directive that it reviewed, by its number.")(
        command
    )
    return click.argument("name", metavar="[NAME]", default="")(command)


def one(asker: Asker, name: str, of: str, on: str | None) -> tuple[Conference, State]:
    """The conference that was named; exit 2 when it is none or several."""
    if not name and not of and on is None:
        raise BadInput("name a conference: by its key or short name, or with --of NUMBER and --on DAY")
    try:
        return telling.named(asker, name, of=of, on=a_day(on, "--on"))
    except telling.NoSuchConference:
        raise BadInput(
            "there is no such conference, or it is not yours to see; `soichieu conference list` names them"
        ) from None
    except telling.AmbiguousName as several:
        raise BadInput(f"several fit: {'; '.join(several.names)}. Name one of them") from None


def tell(answer: telling.Answer, form: str) -> None:
    """Print an answer. What is not known is said in words, in JSON null with its reason; the exit code is 0 always."""
    click.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=1) if form == "json" else answer.as_text())


@conference.command("list")
@click.option("--unit", "code", metavar="CODE", help="Held by this unit.")
@answer_options
def list_(code: str | None, form: str, lang: str, asker: Asker) -> None:
    """Every conference, the newest first."""
    unit = a_unit(code, clock.today()) if code else None
    with translation.override(lang):
        tell(basics.list_of(asker, unit=unit), form)


Told = Callable[[Asker, Conference, State], telling.Answer]


def _add(name: str, says: str, told: Told) -> None:
    """A subcommand that answers one question about one conference."""

    @conference.command(name, help=says)
    @which
    @answer_options
    def command(name: str, of: str, on: str | None, form: str, lang: str, asker: Asker) -> None:
        pair = one(asker, name, of, on)
        with translation.override(lang):
            tell(told(asker, *pair), form)


_add("show", "What, when, by whom, over which directives, and how far it is.", basics.show)
_add("sites", "The sites in the order of introduction, with the newest roll-call.", basics.sites)
_add("chairs", "Who chaired the conference and each site, by post.", lambda _a, c, s: basics.chairs(c, s))
_add("participants", "Who takes part, by site and post; answers.", basics.participants)
_add("agenda", "The agenda with planned and real times.", lambda _a, c, s: course.agenda(c, s))
_add(
    "statements",
    "The statements, commissioned, registered, given or sent in.",
    course.statements,
)
_add("cuts", "The cuts of figures, with what is known now beside them.", course.cuts)
_add("assessments", "General assessments with their author; no figure stands behind them.", found.assessments)
_add("conclusions", "What the chair concluded, and what became of it.", found.conclusions)
_add("file", "The papers of its file.", found.file)
_add("book", "Every line of its book, who wrote it, and on whose behalf.", course.book)


@conference.command("findings")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="One kind only.")
@which
@answer_options
def findings(kind: str | None, name: str, of: str, on: str | None, form: str, lang: str, asker: Asker) -> None:
    """Results, shortcomings with their causes, lessons and proposals that were raised."""
    pair = one(asker, name, of, on)
    with translation.override(lang):
        tell(found.findings(asker, *pair, kind=kind or ""), form)
