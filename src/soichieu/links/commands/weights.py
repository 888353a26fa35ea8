"""Learning weights from what people of this instance decided: kept here, versioned, and never worse than before.

A share of the lines is kept aside and not learnt from. What was in force and what was learnt are both measured on it;
weights that rank or judge it worse are refused. Old decisions keep the name of the weights they were suggested by.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from soichieu import alignment
from soichieu.alignment import Judged, Weights
from soichieu.documents import rights
from soichieu.documents.models import Edition
from soichieu.ledger import clock
from soichieu.ledger.errors import Refusal
from soichieu.links import items
from soichieu.links.models import Decision, WeightsVersion
from soichieu.links.offered import offered
from soichieu.organisation.askers import Asker
from soichieu.organisation.commands.base import require

VERB = "learn_weights"
FEWEST_LINES = 20
"""Fewer lines with a sentence that people tied them to teach nothing."""
FEWEST_ASIDE = 5
ASIDE = 0.25
"""Share of the lines that is kept aside."""
TOLERANCE = 1e-9

Say = Callable[[str], None]


@dataclass(frozen=True)
class Measured:
    """What weights do on the lines kept aside. ``first``: share of lines whose first suggestion a person took; ``mrr``:
    mean reciprocal rank of the best one taken; ``log_loss``: mean surprise by the decided pairs (lower is better)."""

    lines: int
    pairs: int
    first: float
    mrr: float
    log_loss: float

    def worse_than(self, before: Measured) -> list[str]:
        """The names of the measures that got worse."""
        found = [name for name in ("first", "mrr") if getattr(self, name) < getattr(before, name) - TOLERANCE]
        return found + (["log_loss"] if self.log_loss > before.log_loss + TOLERANCE else [])


@dataclass(frozen=True)
class Learnt:
    """What became of one language. ``refused``: why nothing was kept, empty when the weights are better or equal.
    ``version``: what was stored, None for a preview or a refusal."""

    language: str
    weights: Weights
    decisions: int
    lines: int
    before: Measured
    after: Measured
    before_name: str
    refused: str = ""
    version: WeightsVersion | None = None


def weights_in_force(language: str) -> Weights:
    """The newest weights of a language that this instance learnt, else those that the engine came with."""
    for content in WeightsVersion.objects.order_by("-pk").values_list("content", flat=True):
        if content.get("language") == language:
            return Weights.from_json(json.dumps(content))
    return alignment.default_weights("en" if language == "en" else "vi")


def learn_weights(
    *, asker: Asker, preview: bool = False, aside: float = ASIDE, say: Say = lambda _words: None
) -> list[Learnt]:
    """Learn from all standing decisions of the instance, one set of weights for each language that has enough.

    ``aside``: the share of lines kept aside (0 … 0.5). ``preview`` stores nothing. Raises ``NotAllowed``, and
    ``Refusal`` when no language has enough decisions.
    """
    require(asker, VERB)
    if not 0.05 <= aside <= 0.5:
        raise Refusal(_("Keep between a twentieth and a half of the lines aside."), field="aside")
    say(_("collecting the standing decisions"))
    sets = _judged(say)
    found, few = [], []
    for language, judged in sorted(sets.items()):
        lines = _tied(judged)
        if len(lines) < FEWEST_LINES:
            few.append(
                _("%(language)s: %(many)d lines are tied to a sentence; at least %(fewest)d are needed.")
                % {"language": language, "many": len(lines), "fewest": FEWEST_LINES}
            )
            continue
        found.append(_learn(asker, language, judged, lines, aside, preview, say))
    for words in few:
        say(words)
    if not found:
        raise Refusal(" ".join(few) or _("Nobody has decided a pair yet; there is nothing to learn from."))
    return found


def _judged(say: Say) -> dict[str, list[Judged]]:
    """The standing decisions as judged sets, one for each plan and document, by language."""
    newest: dict[tuple[str, str, str, int], dict[tuple[str, int], tuple[str, str]]] = defaultdict(dict)
    columns = ("room", "kind", "plan_key", "document_id", "item_key", "provision_id", "relation", "origin")
    for *name, item, provision, relation, origin in (
        Decision.objects.order_by("id").values_list(*columns).iterator(5000)
    ):
        newest[tuple(name)][item, provision] = (relation, origin)  # type: ignore[index]
    # Weights are the instance's: what each plan holds is read as its operator, and no word of it leaves.
    reader = Asker.operator_of_instance()
    found: dict[str, list[Judged]] = defaultdict(list)
    for at, ((room, kind, plan, document), pairs) in enumerate(sorted(newest.items()), start=1):
        try:
            holding = items.provider_of(room, kind).holding(reader, plan)
        except (ObjectDoesNotExist, KeyError):
            continue
        edition = Edition.objects.filter(document=document).order_by("-ordinal").first()
        if edition is None:
            continue
        text = offered(edition)
        left = [alignment.Item(one.key, one.text, one.heading) for one in holding.items]
        right = [alignment.Provision(one.key, one.text, one.heading) for one in text.offers]
        lines, places = {one.id for one in left}, text.by_identity
        links: dict[tuple[str, str], Any] = {
            (item, places[provision].key): relation
            for (item, provision), (relation, origin) in pairs.items()
            if origin != Decision.Origin.WITHDRAWN and item in lines and provision in places
        }
        if not links:
            continue
        spoken = alignment.language_of([*(one.text for one in right), *(one.text for one in left)])
        # A person who took one sentence did not judge all the others: only what was decided counts.
        found[spoken].append(Judged(left, right, links, complete=False))
        say(_("%(at)d of %(of)d plans: %(many)d decided pairs") % {"at": at, "of": len(newest), "many": len(links)})
    return found


def _tied(judged: Iterable[Judged]) -> set[str]:
    """The lines that people tied to at least one sentence."""
    return {item for one in judged for (item, _place), relation in one.links.items() if relation != "none"}


def _learn(
    asker: Asker, language: str, judged: list[Judged], lines: set[str], aside: float, preview: bool, say: Say
) -> Learnt:
    kept = _kept_aside(lines, aside)
    for one in judged:
        one.held_out = frozenset(kept)
    decisions = sum(1 for one in judged for item, _place in one.links if item not in kept)
    before = weights_in_force(language)
    say(
        _("%(language)s: learning from %(many)d decisions, %(aside)d lines kept aside")
        % {"language": language, "many": decisions, "aside": len(kept)}
    )
    new = alignment.learn(judged, prior=alignment.default_weights(before.language))
    say(_("%(language)s: measuring on the lines kept aside") % {"language": language})
    was, now = measure(before, judged, kept), measure(new, judged, kept)
    refused = ""
    if new.name == before.name:
        refused = _("These are the weights that are in force already.")
    elif worse := now.worse_than(was):
        refused = _("On the lines kept aside they are worse in: %(what)s. The weights in force stay.") % {
            "what": ", ".join(worse)
        }
    version = None
    if not refused and not preview:
        version = _store(asker, new, decisions, was, now, before.name, aside)
    return Learnt(language, new, decisions, len(lines), was, now, before.name, refused, version)


def _kept_aside(lines: set[str], share: float) -> set[str]:
    """The lines kept aside: the same ones each time, by a hash of their keys, and at least a few."""
    order = sorted(lines, key=lambda key: hashlib.sha256(f"aside {key}".encode()).hexdigest())
    return set(order[: max(FEWEST_ASIDE, round(len(order) * share))])


def measure(weights: Weights, judged: Iterable[Judged], kept: set[str]) -> Measured:
    """What weights do on some lines: how high they rank what people took, and how likely they call what was decided."""
    ranks: list[int] = []
    chances: list[float] = []
    for one in judged:
        mine = {item for item, _place in one.links} & kept
        if not mine:
            continue
        found = alignment.align(one.left, one.right, weights=weights)
        for item in sorted(mine):
            by_place = {suggestion.right: suggestion for suggestion in found.of(item)}
            told = {place: relation for (line, place), relation in one.links.items() if line == item}
            taken = [by_place[place].rank for place, relation in told.items() if relation != "none"]
            if taken:
                ranks.append(min(taken))
            for place, relation in told.items():
                score = min(max(by_place[place].score, 1e-6), 1 - 1e-6)
                chances.append(score if relation != "none" else 1 - score)
    if not ranks:
        return Measured(0, len(chances), 0.0, 0.0, 0.0)
    return Measured(
        lines=len(ranks),
        pairs=len(chances),
        first=round(sum(rank == 1 for rank in ranks) / len(ranks), 6),
        mrr=round(float(np.mean([1 / rank for rank in ranks])), 6),
        log_loss=round(float(-np.mean(np.log(chances))), 6),
    )


@transaction.atomic
def _store(
    asker: Asker, new: Weights, decisions: int, was: Measured, now: Measured, before: str, aside: float
) -> WeightsVersion:
    there = WeightsVersion.objects.filter(name=new.name).first()
    if there is not None and there.pk != WeightsVersion.objects.order_by("-pk").values_list("pk", flat=True).first():
        raise Refusal(_("%(name)s was learnt before and others took its place.") % {"name": new.name})
    return WeightsVersion.objects.create(
        name=new.name,
        content=json.loads(new.to_json()),
        learnt_from=decisions,
        measured={"aside": aside, "before": {"weights": before, **asdict(was)}, "after": asdict(now)},
        made_at=clock.now(),
        made_by=rights.record_of(asker),
    )
