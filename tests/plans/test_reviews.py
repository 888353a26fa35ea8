"""Every programme in force is held against the light: verdicts by people, the report, and the ladder it counts on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from soichieu.documents import files
from soichieu.ledger import queries as ledger
from soichieu.ledger.commands import define_requirement, open_obligations, record
from soichieu.ledger.errors import Forbidden, Refusal
from soichieu.ledger.models import Entry
from soichieu.ledger.report import coverage_report
from soichieu.ledger.sources import by_telephone, resolver_of
from soichieu.ledger.verification import verify
from soichieu.organisation.askers import NotAllowed
from soichieu.plans.commands.register import correct_facts, make_plan
from soichieu.plans.commands.reviews import Given, NotSaved, give_verdict, give_verdicts, register_review
from soichieu.plans.errors import ChangedMeanwhile
from soichieu.plans.facts import Facts
from soichieu.plans.models import Review, Verdict
from soichieu.plans.queries import reviews
from tests.plans.conftest import GIVEN

ON = dt.date(2025, 5, 10)
DECIDED = dt.date(2025, 5, 12)
REPORT = dt.date(2025, 5, 20)


@pytest.fixture
def six(house):
    """Six programmes in force in the first department, one that has ended and a draft."""
    made = [
        make_plan(
            asker=house.operator, unit=house.units[0],
            facts=Facts(
                kind=("programme", "plan", "key_task")[n % 3], term=("term", "year")[n % 2],
                title=f"Chương trình số {n}",
                number=f"{n:02d}/CTr-CS1", signed_on=dt.date(2024, 1, n), from_day=dt.date(2024, 1, n),
                to_day=dt.date(2025, 12, 31) if n % 2 else None,
            ),
        )
        for n in range(1, 7)
    ]  # fmt: skip
    for title, first, last in (("Đã hết", dt.date(2023, 1, 1), dt.date(2024, 12, 31)), ("Dự thảo", None, None)):
        make_plan(
            asker=house.operator, unit=house.units[0],
            facts=Facts(kind="plan", term="year", title=title, from_day=first, to_day=last),
        )  # fmt: skip
    return made


@pytest.fixture
def task(house, directive):
    """The directive asks two departments to hold up what they have in force; the registered report closes it."""
    requirement = define_requirement(
        asker=house.operator, directive=directive, code="3", title="Rà soát chương trình, kế hoạch", ladder="held_up",
        closing="claimed", deadline=dt.date(2025, 6, 30),
    )  # fmt: skip
    return open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[unit.pk for unit in house.units[:2]], happened_on=GIVEN
    )[0]


def judge(house, directive, plans, who="staff", choice="keep", day=DECIDED, **more):
    return give_verdicts(
        asker=house.askers[who], directive=directive, decided_on=day,
        given=[Given(plan, choice, **more) for plan in plans],
    )  # fmt: skip


ADJUST = {"choice": "adjust", "due_on": dt.date(2025, 9, 30), "owner": "Phòng Tổng hợp", "reason": "Thiếu thời hạn"}


def register(house, task, who="staff", **changes):
    said = {"on": ON, "number": "15/BC-CS1", "signed_on": REPORT, "signer": "Nguyễn Văn Thử", **changes}
    return register_review(asker=house.askers[who], obligation_id=task.pk, **said)


def test_verdicts_are_counted_over_what_is_in_force(house, directive, six):
    judge(house, directive, six[:4])
    sheet = reviews.sheet(house.units[0].pk, directive, DECIDED)
    assert (sheet.n, sheet.of) == (4, 6)
    assert [row.plan_id for row in sheet.missing] == [six[4].pk, six[5].pk]
    assert reviews.sheet(house.units[0].pk, directive, dt.date(2026, 1, 1)).of == 3


def test_as_at_a_day_only_what_was_decided_by_then_counts(house, directive, six):
    (first, *_rest) = judge(house, directive, six[:2])
    (second,) = judge(house, directive, six[:1], day=REPORT, seen=first.pk, **ADJUST)
    unit = house.units[0].pk
    on = {day: reviews.sheet(unit, directive, day) for day in (ON, DECIDED, REPORT)}
    assert [(sheet.n, sheet.later) for sheet in on.values()] == [(0, 2), (2, 1), (2, 0)]
    assert [sheet.rows[0].verdict for sheet in on.values()] == [None, first, second]
    assert {sheet.rows[0].newest for sheet in on.values()} == {second}
    assert reviews.held_from(unit, directive, [row.facts for row in on[ON].rows], ON, None).n == 0
    # The programmes of one day with what was decided by another: so a report counts.
    assert reviews.sheet(unit, directive, ON, decided_by=DECIDED).n == 2
    # As known before it was written, none; whatever the day.
    assert reviews.sheet(unit, directive, REPORT, known_at=first.made_at - dt.timedelta(seconds=1)).n == 0


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"choice": "burn"}, "choice"),
        ({"choice": "keep"}, "choice"),
        ({"due_on": None}, "due_on"),
        ({"due_on": dt.date(2025, 5, 11)}, "due_on"),
        ({"owner": " "}, "owner"),
        ({"owner": "x" * 256}, "owner"),
        ({"reason": "\n"}, "reason"),
    ],
)
def test_a_verdict_without_day_owner_or_reason_saves_nothing_of_the_lot(house, directive, six, changes, field):
    with pytest.raises(NotSaved) as refused:
        give_verdicts(
            asker=house.askers["staff"], directive=directive, decided_on=DECIDED,
            given=[Given(six[0], "keep"), Given(six[1], **{**ADJUST, **changes})],
        )  # fmt: skip
    assert {plan: fault.field for plan, fault in refused.value.faults.items()} == {six[1].pk: field}
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("day, field", [(dt.date(2999, 1, 1), "decided_on"), (dt.date(2025, 1, 8), "decided_on")])
def test_the_day_of_a_verdict_is_between_the_directive_and_today(house, directive, six, day, field):
    with pytest.raises(Refusal) as refused:
        judge(house, directive, six, day=day)
    assert refused.value.field == field


def test_a_draft_is_not_held_up(house, directive):
    draft = make_plan(asker=house.operator, unit=house.units[0], facts=Facts(kind="plan", term="year", title="Dự thảo"))
    with pytest.raises(Refusal):
        give_verdict(asker=house.askers["staff"], directive=directive, given=Given(draft, "keep"))


@pytest.mark.parametrize("who", ["steering", "observer", "clerk", "other"])
def test_only_officers_of_the_unit_itself_judge(house, directive, six, who):
    with pytest.raises(NotAllowed):
        judge(house, directive, six, who=who)


def test_a_verdict_changed_meanwhile_is_told_and_can_be_put_aside_knowingly(house, directive, six):
    (first,) = judge(house, directive, six[:1])
    judge(house, directive, six[:1], seen=first.pk, **ADJUST)
    with pytest.raises(NotSaved) as refused:
        judge(house, directive, six[:1], seen=first.pk, **{**ADJUST, "choice": "stop"})
    fault = refused.value.faults[six[0].pk]
    assert isinstance(fault, ChangedMeanwhile) and "Phòng Tổng hợp" in str(fault)
    judge(house, directive, six[:1], seen=fault.newest.pk, **{**ADJUST, "choice": "stop"})
    assert reviews.standing_verdicts(directive.pk, [six[0].pk])[six[0].pk].choice == "stop"


def test_saying_the_same_again_adds_no_row(house, directive, six):
    (first,) = judge(house, directive, six[:1])
    assert judge(house, directive, six[:1], seen=first.pk) == [first]
    assert Verdict.objects.count() == 1


def test_the_report_is_refused_while_a_programme_has_no_verdict_and_names_it(house, directive, six, task):
    judge(house, directive, six[:5])
    with pytest.raises(Refusal) as refused:
        register(house, task)
    assert "06/CTr-CS1" in str(refused.value) and "05/CTr-CS1" not in str(refused.value)
    assert refused.value.field == "on" and not Review.objects.exists()


def test_a_verdict_decided_after_the_report_does_not_carry_it(house, directive, six, task):
    judge(house, directive, six, day=REPORT + dt.timedelta(days=1))
    with pytest.raises(Refusal):
        register(house, task)


def test_a_unit_with_nothing_in_force_registers_no_review(house, directive, task):
    with pytest.raises(Refusal) as refused:
        register(house, task)
    assert refused.value.field == "on"


def test_the_registered_report_counts_the_unit_on_the_ladder(house, directive, six, task):
    judge(house, directive, six[:5])
    judge(house, directive, six[5:], **ADJUST)
    stored = files.store("Báo cáo rà soát. Sáu chương trình.".encode(), "bao-cao.txt")
    done = register(house, task, stored=stored)
    cell = ledger.obligation(house.operator, task.pk)[1]
    assert (cell.lifecycle, cell.verification, cell.timeliness) == ("done", "claimed", "done_in_time")
    assert (done.entry.source_room, done.entry.source_kind) == ("plans", "review")
    assert done.entry.evidence_hashes == [stored.pk]
    assert done.entry.details["verdicts"] == {"keep": 5, "adjust": 1, "replace": 0, "stop": 0}
    assert done.review.document.issuer_unit_id == house.units[0].pk and done.review.document.kind == "BC"
    report = coverage_report(house.operator, directive, ledger.Question(as_at=REPORT), ladder="held_up")
    (count,) = report["counts"]
    assert (count["n"], count["of"]) == (1, 2)
    assert reviews.standing_reviews(house.units[0].pk, directive) == [done.review]
    with pytest.raises(Refusal):
        register(house, task, number="16/BC-CS1")


def test_a_word_alone_does_not_close_what_a_report_closes(house, task):
    with pytest.raises(Refusal) as refused:
        record(
            asker=house.askers["staff"], kind="claimed", obligations=[task.pk], happened_on=REPORT,
            payload={"number": "15/BC-CS1"},
        )  # fmt: skip
    assert refused.value.field == "source"
    assert ledger.obligation(house.operator, task.pk)[1].lifecycle == "not_started"
    # A call with no paper yet is written, and closes nothing.
    record(
        asker=house.askers["staff"], kind="claimed", obligations=[task.pk], happened_on=REPORT,
        source=by_telephone("trực ban"),
    )  # fmt: skip
    assert ledger.obligation(house.operator, task.pk)[1].lifecycle == "awaiting_confirmation"


def test_by_acceptance_the_report_waits_for_confirmation(house, directive, six):
    requirement = define_requirement(
        asker=house.operator, directive=directive, code="4", title="Rà soát", ladder="held_up", closing="accepted"
    )
    (task,) = open_obligations(
        asker=house.operator, requirement=requirement, unit_ids=[house.units[0].pk], happened_on=GIVEN
    )
    judge(house, directive, six)
    register(house, task)
    assert ledger.obligation(house.operator, task.pk)[1].lifecycle == "awaiting_confirmation"


def test_another_ladder_takes_no_review(house, directive, six, tasks):
    judge(house, directive, six)
    with pytest.raises(Refusal):
        register(house, tasks["1"][0])


@pytest.mark.parametrize("who", ["observer", "steering", "clerk"])
def test_only_the_units_officers_register_the_report(house, directive, six, task, who):
    judge(house, directive, six)
    with pytest.raises(Forbidden):
        register(house, task, who=who)


def test_a_voided_report_counts_no_more(house, directive, six, task):
    judge(house, directive, six)
    done = register(house, task)
    record(
        asker=house.askers["staff"], kind="voided", obligations=[task.pk], happened_on=REPORT,
        voids=done.entry.position, payload={"reason": "ghi nhầm"},
    )  # fmt: skip
    assert reviews.standing_reviews(house.units[0].pk, directive) == []
    assert ledger.obligation(house.operator, task.pk)[1].lifecycle == "not_started"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE plans_verdict SET choice = 'stop' WHERE id = (SELECT MIN(id) FROM plans_verdict)",
        "UPDATE plans_verdict SET owner = 'ai khác'",
        "UPDATE plans_planfacts SET title = 'khác' WHERE number = '03/CTr-CS1'",
        "UPDATE plans_planfacts SET to_day = '2024-12-31' WHERE number = '03/CTr-CS1'",
        "UPDATE plans_review SET counted = '[]'",
        "DELETE FROM plans_review",
    ],
)
def test_verification_finds_what_was_changed_behind_a_registered_review(house, directive, six, task, change):
    judge(house, directive, six)
    done = register(house, task)
    held = resolver_of("plans", "review")
    assert held.hashes([str(done.review.pk)]) == {str(done.review.pk): done.entry.source_hash}
    assert held.label(str(done.review.pk)) == "15/BC-CS1" and not list(verify())
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert any("review" in str(finding) for finding in verify())


def test_later_verdicts_and_facts_leave_the_registered_review_whole_and_are_told(house, directive, six, task):
    judge(house, directive, six)
    done = register(house, task)
    stood = reviews.standing_verdicts(directive.pk, [six[0].pk])[six[0].pk]
    judge(house, directive, six[:1], day=REPORT, seen=stood.pk, **ADJUST)
    seen = six[1].facts.get()
    correct_facts(
        asker=house.askers["staff"], plan=six[1], seen=seen.pk, reason="in sai",
        facts=Facts(**{**vars(Facts.of(seen)), "title": "Tên đúng"}),
    )  # fmt: skip
    make_plan(
        asker=house.operator, unit=house.units[0],
        facts=Facts(kind="plan", term="year", title="Kế hoạch mới", from_day=ON),
    )  # fmt: skip
    assert not list(verify())
    now = reviews.sheet(house.units[0].pk, directive, REPORT)
    told = "\n".join(reviews.since(done.review, now).changes)
    assert "Tên đúng" in told and "Kế hoạch mới" in told and "01/CTr-CS1" in told
    assert [bool(row.changed) for row in now.rows][:3] == [False, True, False]
    later = reviews.sheet(house.units[0].pk, directive, dt.date(2026, 1, 1))
    assert len(reviews.since(done.review, later).changes) >= 3
    then = reviews.sheet(house.units[0].pk, directive, DECIDED, known_at=done.review.registered_at)
    assert (then.n, then.of) == (6, 6) and reviews.since(done.review, then).changes == []


CHOICES = st.sampled_from(["keep", "adjust", "replace", "stop", "x"])
DAYS = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2026, 1, 1))


@given(lot=st.lists(st.tuples(CHOICES, DAYS, st.sampled_from(["", "Phòng A"]), st.text(max_size=5)), max_size=6))
def test_a_lot_is_saved_whole_or_not_at_all(house, directive, six, lot):
    Verdict.objects.all().delete()
    lot = lot[: len(six)]
    said = [Given(plan, *one) for plan, one in zip(six, lot, strict=False)]
    good = bool(lot) and all(
        (choice == "keep" and due is None and not owner)
        or (choice in ("adjust", "replace", "stop") and due is not None and due >= DECIDED and owner and _says(reason))
        for choice, due, owner, reason in lot
    )
    try:
        give_verdicts(asker=house.askers["staff"], directive=directive, given=said, decided_on=DECIDED)
        saved = True
    except Refusal:
        saved = False
    assert saved == good
    assert Verdict.objects.count() == (len(lot) if good else 0)
    assert not Entry.objects.filter(source_kind="review").exists()


def _says(reason: str) -> bool:
    return any(one.isprintable() and not one.isspace() for one in reason)
