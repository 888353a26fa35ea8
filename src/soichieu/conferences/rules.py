"""The numbers that law and usage ask of a conference, from a file that an office edits: ``rules.toml``.

Days are counted in working days by :mod:`soichieu.language.calendar` with its table of holidays.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from soichieu.language.calendar import WorkingCalendar

SHIPPED = Path(__file__).with_name("rules.toml")


class RuleFileError(ValueError):
    """The office's own file of rules cannot be used; the message names file, entry and remedy."""


@dataclass(frozen=True)
class Rule:
    """So many working days, on which legal basis. ``refuses``: a breach is refused, not only said."""

    working_days: int
    legal_basis: str
    refuses: bool = False


def own_file() -> Path:
    """Where an instance keeps its own rules; it need not be there."""
    return Path(settings.HOME) / "rules" / "conferences.toml"


def rule(name: str) -> Rule:
    """A rule by its heading in the file: ``invitations``, ``own_figures``, ``notice_of_conclusions``."""
    said = _said(name)
    return Rule(int(said["working_days"]), str(said.get("legal_basis", "")), said.get("on_breach") == "refuse")


def problem() -> str:
    """Why the office's own file cannot be used, in words; empty when it can. Meanwhile the shipped numbers hold, and
    the pages say so."""
    try:
        check()
    except RuleFileError as wrong:
        return str(wrong)
    return ""


def check() -> dict[str, Any]:
    """The office's own file, read and checked entry by entry; empty where there is none. Raises ``RuleFileError``."""
    if not own_file().exists():
        return {}
    own, shipped = _read(own_file()), _read(SHIPPED)
    for name, said in own.items():
        if name not in shipped or not isinstance(said, dict):
            raise RuleFileError(
                _("%(file)s: there is no rule [%(name)s]; the rules are %(rules)s.")
                % {"file": own_file(), "name": name, "rules": ", ".join(shipped)}
            )
        days = said.get("working_days", 0)
        if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= 366:
            raise RuleFileError(
                _("%(file)s, [%(name)s]: working_days must be a whole number from 0 to 366.")
                % {"file": own_file(), "name": name}
            )
        if said.get("on_breach", "warn") not in ("warn", "refuse"):
            raise RuleFileError(
                _("%(file)s, [%(name)s]: on_breach must be “warn” or “refuse”.") % {"file": own_file(), "name": name}
            )
    return own


def _said(name: str) -> dict[str, Any]:
    """What the shipped file says of a rule, with what the office's own says over it, where that can be used."""
    own = {} if problem() else check()
    return {**_read(SHIPPED)[name], **own.get(name, {})}


def last_day_before(name: str, day: dt.date) -> dt.date:
    """The last working day on which something may lie so many working days before ``day``."""
    return WorkingCalendar.load().add_working_days(day, -rule(name).working_days)


def first_day_after(name: str, day: dt.date) -> dt.date:
    """The working day that lies the rule's number of working days after ``day``."""
    return WorkingCalendar.load().add_working_days(day, rule(name).working_days)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise RuleFileError(
            _("%(file)s: %(wrong)s. Mend the file, or take it away to use what is shipped.")
            % {"file": path, "wrong": wrong}
        ) from wrong


@dataclass(frozen=True)
class Signing:
    """How a notice of conclusions is signed: power (``TL.``) and post, and the layout's legal basis."""

    power: str
    post: str
    legal_basis: str


def signing(layout: str) -> Signing:
    """The signing of a layout: ``state`` or ``party``."""
    name = f"signing_{layout}"
    said = _said(name)
    return Signing(str(said["power"]), str(said["post"]), str(said["legal_basis"]))
