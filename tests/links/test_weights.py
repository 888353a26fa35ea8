"""Weights are learnt from decisions, measured on lines kept aside, and never kept when they do worse there."""

from __future__ import annotations

import dataclasses
import json

import pytest
from click.testing import CliRunner

from soichieu import alignment
from soichieu.cli.links import links as command
from soichieu.ledger.errors import Refusal
from soichieu.links import suggesting
from soichieu.links.commands.weights import _kept_aside, learn_weights, weights_in_force
from soichieu.links.models import Decision, WeightsVersion
from soichieu.links.offered import Offered, offered
from soichieu.organisation.askers import NotAllowed, asker_for_post
from soichieu.organisation.commands import create_post
from tests.directives.conftest import BEGINS
from tests.links.conftest import KIND, ROOM, Desk, lines_of_annex_2


@pytest.fixture
def long_desk(desk: Desk) -> Desk:
    """The plan with all 140 lines of the real annex."""
    held = desk.plans.holdings[desk.key]
    desk.plans.holdings[desk.key] = dataclasses.replace(held, items=lines_of_annex_2())
    return desk


def told(desk: Desk, item: str, identity: int, relation: str) -> None:
    Decision.objects.create(
        unit_id=desk.holding.unit_id, room=ROOM, kind=KIND, plan_key=desk.key, item_key=item, provision_id=identity,
        document=desk.document, relation=relation, origin="added", item_hash="", provision_hash="",
        made_at="2026-11-20T03:00:00Z",
    )  # fmt: skip


def text_of(desk: Desk) -> Offered:
    edition = desk.document.editions.order_by("-ordinal").first()
    assert edition is not None
    return offered(edition)


def ranked(desk: Desk, weights: alignment.Weights | None = None) -> alignment.Alignment:
    text = text_of(desk)
    return alignment.align(
        [alignment.Item(one.key, one.text, one.heading) for one in desk.holding.items],
        [alignment.Provision(one.key, one.text, one.heading) for one in text.offers],
        weights=weights,
    )


def judge(desk: Desk) -> None:
    """People of this house go by the headings alone: they take what stands first then, and refuse what the engine that
    ships puts first where that is another."""
    shipped = alignment.default_weights("vi")
    content = dict.fromkeys(shipped.content, 0.0) | {"headings": 3.0}
    house, engine_ = ranked(desk, shipped.with_changes(content=content)), ranked(desk)
    for line in desk.holding.items:
        _pair(desk, line.key, house.of(line.key)[0].right, engine_.of(line.key)[0].right)


def judge_at_odds(desk: Desk, aside: set[str]) -> None:
    """In the lines kept aside people take what the engine puts first; in all others what it puts last."""
    found = ranked(desk)
    for line in desk.holding.items:
        offered_ = found.of(line.key)
        _pair(desk, line.key, *((offered_[0], offered_[1]) if line.key in aside else (offered_[-1], offered_[0])))


def _pair(desk: Desk, line: str, taken: str | alignment.Suggestion, refused: str | alignment.Suggestion) -> None:
    places = text_of(desk).by_key
    one, other = (place if isinstance(place, str) else place.right for place in (taken, refused))
    told(desk, line, places[one].identity, "subset")
    if other != one:
        told(desk, line, places[other].identity, "none")


def test_the_engine_moves_towards_what_people_decide(long_desk: Desk) -> None:
    judge(long_desk)
    said: list[str] = []
    (made,) = learn_weights(asker=long_desk.house.operator, say=said.append)
    assert made.language == "vi" and not made.refused
    assert made.after.log_loss < made.before.log_loss
    assert made.after.mrr > made.before.mrr and made.after.first >= made.before.first
    assert made.before.lines == 35 and made.before_name == alignment.default_weights("vi").name
    assert len(said) >= 4
    version = WeightsVersion.objects.get()
    assert version.learnt_from == made.decisions >= 105  # of the lines that are not kept aside
    assert version.measured["after"]["log_loss"] == made.after.log_loss
    assert weights_in_force("vi").name == version.name == made.weights.name
    assert weights_in_force("en").name == alignment.default_weights("en").name
    assert suggesting.suggestions(long_desk.holding, text_of(long_desk)).weights == version.name


def test_weights_that_do_worse_on_the_lines_kept_aside_are_refused_and_nothing_changes(long_desk: Desk) -> None:
    aside = _kept_aside({line.key for line in long_desk.holding.items}, 0.25)
    judge_at_odds(long_desk, aside)
    (made,) = learn_weights(asker=long_desk.house.operator)
    assert made.refused and made.version is None
    assert made.after.log_loss > made.before.log_loss
    assert not WeightsVersion.objects.exists()
    assert weights_in_force("vi").name == alignment.default_weights("vi").name


def test_a_preview_measures_and_keeps_nothing(long_desk: Desk) -> None:
    judge(long_desk)
    (made,) = learn_weights(asker=long_desk.house.operator, preview=True)
    assert not made.refused and made.version is None
    assert not WeightsVersion.objects.exists()


def test_learning_again_from_the_same_keeps_nothing_and_old_decisions_keep_their_name(long_desk: Desk) -> None:
    judge(long_desk)
    Decision.objects.update(weights="vi-before")
    learn_weights(asker=long_desk.house.operator)
    (again,) = learn_weights(asker=long_desk.house.operator)
    assert again.refused and WeightsVersion.objects.count() == 1
    assert set(Decision.objects.values_list("weights", flat=True)) == {"vi-before"}


def test_what_was_taken_back_and_lines_that_are_gone_teach_nothing(long_desk: Desk) -> None:
    judge(long_desk)
    (whole,) = learn_weights(asker=long_desk.house.operator, preview=True)
    gone = long_desk.holding.items[0].key
    for one in list(Decision.objects.filter(item_key=long_desk.holding.items[1].key)):
        one.pk, one.origin = None, "withdrawn"
        one.save(force_insert=True)
    held = long_desk.plans.holdings[long_desk.key]
    left = tuple(one for one in held.items if one.key != gone)
    long_desk.plans.holdings[long_desk.key] = dataclasses.replace(held, items=left)
    (less,) = learn_weights(asker=long_desk.house.operator, preview=True)
    assert less.lines == whole.lines - 2


def test_too_few_decisions_are_refused_in_words(desk: Desk) -> None:
    with pytest.raises(Refusal):
        learn_weights(asker=desk.house.operator)
    place = text_of(desk).offers[0].identity
    told(desk, desk.holding.items[0].key, place, "subset")
    with pytest.raises(Refusal, match="20"):
        learn_weights(asker=desk.house.operator)
    with pytest.raises(Refusal):
        learn_weights(asker=desk.house.operator, aside=0.9)


def test_only_an_administrator_at_the_top_or_the_operator_learns(long_desk: Desk) -> None:
    house = long_desk.house
    judge(long_desk)
    for who in ("steering", "staff", "observer"):
        with pytest.raises(NotAllowed):
            learn_weights(asker=house.askers[who])
    below = create_post(
        asker=house.operator, unit=house.units[0], code="qt-cuc", title="Quản trị", roles=["administrator"], on=BEGINS
    )
    with pytest.raises(NotAllowed):
        learn_weights(asker=asker_for_post(below))
    top = create_post(
        asker=house.operator, unit=house.ministry, code="qt-bo", title="Quản trị", roles=["administrator"], on=BEGINS
    )
    (made,) = learn_weights(asker=asker_for_post(top))
    assert made.version is not None and made.version.made_by["post"] == top.pk


def test_the_command_line_learns_previews_and_lists(long_desk: Desk) -> None:
    run = CliRunner()
    few = run.invoke(command, ["learn"])
    assert few.exit_code == 2
    judge(long_desk)
    preview = run.invoke(command, ["learn", "--preview"])
    assert preview.exit_code == 0 and "log loss" in preview.output
    assert not WeightsVersion.objects.exists()
    assert run.invoke(command, ["learn"]).exit_code == 0
    version = WeightsVersion.objects.get()
    listed = run.invoke(command, ["weights"])
    assert version.name in listed.output and f"in force for vi: {version.name}" in listed.output
    assert run.invoke(command, ["learn"]).exit_code == 1
    assert json.loads(json.dumps(version.content))["learnt_from"] > version.learnt_from
