"""A requirement that is written is tied to the sentences that give it, and what was known before stays known."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from soichieu.directives import commands, queries
from soichieu.documents.commands import register_document
from soichieu.ledger import clock, guards
from soichieu.ledger.errors import Forbidden, Overtaken, Refusal
from soichieu.ledger.models import Entry, Obligation, RequirementTie
from soichieu.ledger.ties import giving, tie_changes, ties_of
from soichieu.ledger.verification import checkpoints, verify
from soichieu.organisation.addressees import AddresseeRule

DEPARTMENTS = AddresseeRule(kinds=("department",), under="bo-thu", line="sector")
TEXT = "CHỈ THỊ\nvề việc giữ đèn\n\n1. Các cục lập danh mục đèn.\n\n2. Các cục báo cáo kết quả.\n"
BEFORE, LATER = (dt.datetime(2025, month, 1, 8, tzinfo=dt.UTC) for month in (3, 6))


@pytest.fixture
def steering(house):
    return house.askers["steering"]


@pytest.fixture
def order(house, steering):
    return register_document(
        steering, number="7/CT-BTN", issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
        file=(TEXT.encode(), "ct.txt"),
    )  # fmt: skip


@pytest.fixture
def both(order):
    """The two sentences of the text."""
    edition = order.editions.get()
    return list(edition.provisions.filter(text__startswith="Các cục", kind="sentence").order_by("ordinal"))


@pytest.fixture
def written(steering, order):
    values = {"title": "Lập danh mục đèn", "ladder": "carried_out", "closing": "accepted", "given": "each"}
    with clock.injected(BEFORE):
        return commands.write_requirement(asker=steering, directive=order, code="tay-1", values=values)


@pytest.fixture
def given(steering, order, both, written):
    """Tied to the wrong sentence, confirmed and given out."""
    with clock.injected(BEFORE):
        commands.tie(asker=steering, requirement_id=written.pk, places=[both[1].citation])
        commands.choose_addressees(
            asker=steering, versions={written.pk: written.version}, rule=DEPARTMENTS, on=clock.today()
        )
        commands.confirm(asker=steering, directive=order, requirement_ids=[written.pk])
        commands.give_out(asker=steering, directive=order, requirement_ids=[written.pk], happened_on=clock.today())
    written.refresh_from_db()
    assert written.status == "confirmed"
    return written


def stands(requirement, known_at=None):
    return [one.identity_id for one in ties_of([requirement], known_at)[requirement.pk]]


def test_a_written_requirement_is_tied_retied_and_untied(steering, both, written):
    assert stands(written) == []
    commands.tie(asker=steering, requirement_id=written.pk, places=[both[0].citation, both[1].citation])
    assert stands(written) == [both[0].identity_id, both[1].identity_id]
    commands.tie(asker=steering, requirement_id=written.pk, untie=[both[0].identity_id])
    assert stands(written) == [both[1].identity_id]
    assert [identity for pk, identity in giving(written.directive) if pk == written.pk] == [both[1].identity_id]
    # Not confirmed yet: it may even come from nowhere again, as when it was written.
    commands.tie(asker=steering, requirement_id=written.pk, untie=[both[1].identity_id])
    assert stands(written) == []
    with pytest.raises(Refusal):
        commands.tie(asker=steering, requirement_id=written.pk)
    with pytest.raises(Refusal) as refused:
        commands.tie(asker=steering, requirement_id=written.pk, places=["XX.9"])
    assert refused.value.field == "places"
    assert RequirementTie.objects.count() == 4 and verify() == []


def test_once_confirmed_it_is_put_right_with_a_reason_and_never_comes_from_nowhere(steering, both, given):
    hashed, entries = given.content_hash, Entry.objects.count()
    wrong, right = both[1].identity_id, both[0]
    with pytest.raises(Refusal) as refused:
        commands.tie(asker=steering, requirement_id=given.pk, places=[right.citation], untie=[wrong])
    assert refused.value.field == "reason"
    with pytest.raises(Refusal) as refused:
        commands.tie(asker=steering, requirement_id=given.pk, untie=[wrong], reason="Nhầm câu.")
    assert refused.value.field == "places" and stands(given) == [wrong]
    with clock.injected(LATER):
        commands.tie(
            asker=steering, requirement_id=given.pk, places=[right.citation], untie=[wrong], reason="Nhầm câu."
        )
    given.refresh_from_db()
    assert stands(given) == [right.identity_id]
    # What was known before the correction shows what it showed; what was confirmed and given is as it was.
    assert stands(given, BEFORE) == [wrong] and stands(given, LATER) == [right.identity_id]
    assert given.content_hash == hashed and Entry.objects.count() == entries
    assert verify() == []
    change, first = tie_changes(given)
    assert [place for place, _key in change.tied] == [right.citation] and change.line.reason == "Nhầm câu."
    assert change.line.made_by["post"] == steering.post_id and change.line.confirmed and not first.line.confirmed


def test_only_who_confirms_may_tie_and_two_at_once_are_told(house, steering, both, given):
    for who in ("observer", "staff", "other"):
        with pytest.raises(Forbidden):
            commands.tie(asker=house.askers[who], requirement_id=given.pk, places=[both[0].citation], reason="x")
    seen = queries.last_tie(given)
    commands.tie(asker=steering, requirement_id=given.pk, places=[both[0].citation], reason="Thiếu câu.", seen=seen)
    with pytest.raises(Overtaken):
        commands.tie(asker=steering, requirement_id=given.pk, untie=[both[1].identity_id], reason="Bỏ.", seen=seen)
    assert len(stands(given)) == 2


def test_the_pages_say_it_and_a_past_moment_shows_what_was_known(client, house, steering, both, given):
    client.force_login(house.accounts["steering"])
    address = reverse("directives:sentences", args=[given.pk])
    sent = {"seen": queries.last_tie(given), "untie": [both[1].identity_id], "places": both[0].citation}
    assert client.post(address, sent).status_code == 422
    with clock.injected(LATER):
        assert client.post(address, sent | {"reason": "Nhầm câu."}).status_code == 302
    page = client.get(reverse("directives:requirement", args=[given.pk])).content.decode()
    assert both[0].text in page and "Nhầm câu." in page and "Người steering" in page
    # Sent again from a page that was opened before: named, nothing lost, and the next sending is in sight of it.
    late = client.post(address, sent | {"reason": "Nhầm câu."})
    assert late.status_code == 422 and "Người steering" in str(late.context["form"].errors)
    task = Obligation.objects.filter(requirement=given).first()
    for name, pk in (("board:obligation", task.pk), ("board:thread", given.pk)):
        now = client.get(reverse(name, args=[pk]))
        sentences = now.context["page"].sentences if name == "board:obligation" else now.context["sentences"]
        assert [one.identity for one in sentences] == [both[0].identity_id]
        assert "Nhầm câu." in now.content.decode()
        then = client.get(reverse(name, args=[pk]), {"as_at": "2025-04-01", "known_at": "2025-04-01T08:00"})
        sentences = then.context["page"].sentences if name == "board:obligation" else then.context["sentences"]
        assert [one.identity for one in sentences] == [both[1].identity_id]
        assert "Nhầm câu." not in then.content.decode()
    text = reverse("documents:document", args=[given.directive_id])
    filling = client.get(text).context["filling"]
    assert both[0].identity_id in filling.margin and both[1].identity_id not in filling.margin
    filling = client.get(text, {"as_at": "2025-04-01", "known_at": "2025-04-01T08:00"}).context["filling"]
    assert both[1].identity_id in filling.margin and both[0].identity_id not in filling.margin


def test_what_was_tampered_with_is_named(steering, both, given):
    with pytest.raises(DatabaseError), transaction.atomic():
        RequirementTie.objects.update(reason="Khác.")
    with pytest.raises(DatabaseError), transaction.atomic():
        RequirementTie.objects.all()._raw_delete(RequirementTie.objects.db)
    commands.tie(asker=steering, requirement_id=given.pk, places=[both[0].citation], reason="Thiếu câu.")
    printed = checkpoints()
    assert verify(printed) == []
    guards.remove(connection)
    last = RequirementTie.objects.order_by("-position").first()
    RequirementTie.objects.filter(pk=last.pk).update(reason="Khác.")
    assert any("changed" in one.what for one in verify(printed) if one.where.startswith("ties: "))
    RequirementTie.objects.filter(pk=last.pk).delete()
    assert any("cut off" in one.what for one in verify(printed) if one.where.startswith("ties: "))
    RequirementTie.objects.all().delete()
    assert any("changed after it was confirmed" in one.what for one in verify())
