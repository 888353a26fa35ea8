"""Two people word the same conclusion in the same moment: in transactions of their own, on either engine, no words are
lost, in the findings and in the book of the conference alike."""

from __future__ import annotations

import pytest

from soichieu.conferences.commands import concluding, floor
from soichieu.findings.errors import TwoHeads
from soichieu.findings.models import Finding, Step
from tests.conferences.ending import at, worded
from tests.conferences.test_before_at_once import at_once, gapless

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wording(meeting):
    """A drafted conclusion of an opened conference, and how somebody rewords what they had before them."""
    with at(0):
        floor.open_conference(asker=meeting.chair, conference=meeting.conference)
        finding = worded(meeting, "record", "Ghi nhận.", conclude=False)
    seen = finding.versions.get().pk

    def reword(asker, text):
        return lambda: concluding.reword(
            asker=asker, conference=meeting.conference, finding=finding.key, after=[seen], text=text
        )

    return finding, seen, reword


def test_both_wordings_stand_until_one_is_chosen(meeting, wording):
    finding, _seen, reword = wording
    before = meeting.state.position
    people = (meeting.house.askers["steering"], meeting.chair, meeting.secretary)
    texts = [f"Câu của người thứ {number}." for number in range(3)]
    made = at_once(*(reword(who, text) for who, text in zip(people, texts, strict=True)))
    assert {one.words for one in made} == set(texts)
    assert gapless(meeting) and meeting.state.position == before + 3
    with pytest.raises(TwoHeads):
        concluding.conclude(asker=meeting.chair, conference=meeting.conference, finding=finding.key, version=made[0].pk)

    def settle(version):
        return lambda: concluding.settle(
            asker=meeting.chair, conference=meeting.conference, finding=finding.key, choose=version.pk
        )

    chosen = at_once(settle(made[0]), settle(made[1]))
    assert sorted(type(one).__name__ for one in chosen) == ["MovedOn", "Version"]
    kept = {one.words for one in Finding.objects.get(pk=finding.pk).versions.all()}
    assert kept == {"Ghi nhận.", *texts}


def test_the_chair_concludes_what_was_read_and_nothing_else(meeting, wording):
    """The chair presses in the moment in which somebody rewords: what is concluded is the wording before the chair, or
    the press is told of the newer one; the new words stay either way."""
    finding, seen, reword = wording

    def press():
        return concluding.conclude(
            asker=meeting.chair, conference=meeting.conference, finding=finding.key, version=seen
        )

    made = at_once(press, reword(meeting.house.askers["steering"], "Câu mới hơn."))
    concluded = Step.objects.filter(finding=finding, step="concluded")
    assert {one.version_id for one in concluded} <= {seen}
    assert len(concluded) == (type(made[0]).__name__ == "Step")
    assert Finding.objects.get(pk=finding.pk).versions.filter(words="Câu mới hơn.").count() == 1 and gapless(meeting)
