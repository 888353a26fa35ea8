"""Two people at once: no words are lost, and nothing is concluded twice."""

from __future__ import annotations

import pytest

from soichieu.findings import commands
from soichieu.findings.models import Step
from tests.findings.conftest import SPRING, Hall
from tests.plans.test_at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_both_wordings_stand(hall: Hall) -> None:
    finding = hall.raise_()
    first = finding.versions.get()

    def word(who: str):
        return lambda: commands.word(
            asker=hall.asker(who), holder_unit_id=hall.ministry, finding=finding.key, after=[first], words=f"Câu {who}."
        )

    made = at_once(word("steering"), word("secretary"), word("head"))
    now = hall.shown(finding, "steering")
    assert {one.pk for one in now.heads} == {one.pk for one in made}
    assert {one.words for one in now.heads} == {"Câu steering.", "Câu secretary.", "Câu head."}


@pytest.mark.django_db(transaction=True)
def test_one_conclusion_of_two_chairs(hall: Hall) -> None:
    finding = hall.draft()
    version = finding.versions.get()

    def conclude(who: str):
        return lambda: commands.conclude(
            asker=hall.asker(who), holder_unit_id=hall.ministry, finding=finding.key, version=version.pk, on=SPRING
        )

    made = at_once(conclude("head"), conclude("steering"))
    assert {one.pk for one in made} == {Step.objects.get(step="concluded").pk}
