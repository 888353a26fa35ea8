"""``soichieu posts``: the operator, or an administrator over a subtree, says who sits where and who acts for whom."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner, Result

from soichieu.accounts.models import Account
from soichieu.cli.posts import posts
from soichieu.organisation import commands
from soichieu.organisation.askers import asker_for_post, person_on, posts_of, principals_of, roles_of
from soichieu.organisation.commands import OrganisationError
from soichieu.organisation.models import Appointment, Delegation, Person, Post, PostRole
from soichieu.organisation.staffing import posts_on
from tests.organisation.conftest import BEGIN, DAY, OPERATOR, House

ON = DAY.isoformat()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(posts, list(arguments))


def make(code: str, *more: str) -> Post:
    answer = run("create", code, "--unit", "bo", "--title", "Chuyên viên", "--on", ON, *more)
    assert answer.exit_code == 0, answer.output
    return Post.objects.get(code=code)


def test_a_post_is_made_with_its_roles_and_somebody_sits_on_it_from_a_day_on(house: House) -> None:
    post = make("van-phong", "--role", "steering_office", "--role", "records_clerk")
    assert roles_of(post.pk, DAY) == {"steering_office", "records_clerk"}
    assert not roles_of(post.pk, DAY - dt.timedelta(days=1))
    assert "vacant" not in run("appoint", "van-phong", "Nguyễn Văn An", "--on", ON).output
    assert person_on(post.pk, DAY - dt.timedelta(days=1)) is None
    assert Person.objects.get(pk=person_on(post.pk, DAY) or 0).name == "Nguyễn Văn An"
    assert run("vacate", "van-phong", "--on", "02-09-2022").exit_code == 0
    assert person_on(post.pk, dt.date(2022, 9, 1)) is not None and person_on(post.pk, dt.date(2022, 9, 2)) is None


def test_somebody_who_changes_posts_stays_the_same_person(house: House) -> None:
    old, new, third = make("cu"), make("moi"), make("ba")
    run("appoint", "cu", "Nguyễn Văn An", "--on", ON)
    person = Person.objects.get()
    Account.objects.create_user("an", "mat-khau-dai-lam", person=person)
    assert run("appoint", "moi", "--holder-of", "cu", "--on", ON).exit_code == 0
    assert run("appoint", "ba", "--account", "An", "--on", ON).exit_code == 0
    assert Person.objects.count() == 1
    assert set(posts_of(person.pk, DAY)) == {old, new, third}


def test_who_is_put_on_a_post_before_its_present_holder_is_told_until_when(house: House) -> None:
    make("van-phong")
    assert "until" not in run("appoint", "van-phong", "Nguyễn Văn An", "--on", "2022-09-05").output
    said = run("appoint", "van-phong", "Lê Thị Bình", "--on", "2022-09-02").output
    assert "Lê Thị Bình holds van-phong from 2-9-2022 until 5-9-2022, that day not included" in said
    assert "from then on Nguyễn Văn An holds it" in said
    run("vacate", "van-phong", "--on", "2022-09-10")
    later = run("appoint", "van-phong", "Trần Văn Cường", "--on", "2022-09-07").output
    assert "until 10-9-2022, that day not included; from then on it is vacant" in later
    vacant = run("vacate", "van-phong", "--on", "2022-09-04").output
    assert "vacant from 4-9-2022 until 5-9-2022" in vacant and "Lê Thị Bình held it" in vacant


def test_roles_are_granted_and_withdrawn_from_a_day_on(house: House) -> None:
    post = make("kiem-chung", "--role", "staff_officer")
    assert "staff_officer, verifier" in run("grant", "kiem-chung", "verifier", "--on", ON).output
    assert run("withdraw", "kiem-chung", "staff_officer", "--on", "2-9-2022").exit_code == 0
    assert roles_of(post.pk, DAY) == {"staff_officer", "verifier"}
    assert roles_of(post.pk, dt.date(2022, 9, 2)) == {"verifier"}


def test_one_post_acts_for_another_until_that_is_ended(house: House) -> None:
    head, aide = make("bo-truong", "--role", "head"), make("thu-ky", "--role", "secretary")
    assert run("delegate", "thu-ky", "bo-truong", "--on", ON, "--basis", "Phân công số 1").exit_code == 0
    assert principals_of(aide.pk, DAY) == [head]
    assert asker_for_post(aide, on_behalf_of=head, on=DAY).roles == {"head"}
    assert run("end-delegation", "thu-ky", "bo-truong", "--on", "2022-09-02").exit_code == 0
    assert principals_of(aide.pk, dt.date(2022, 9, 2)) == []
    assert Delegation.objects.filter(basis="Phân công số 1").count() == 1


def test_the_list_tells_who_sits_where_as_on_a_day(house: House) -> None:
    make("bo-truong", "--role", "head"), make("thu-ky")
    run("appoint", "bo-truong", "Nguyễn Văn An", "--on", ON)
    run("delegate", "thu-ky", "bo-truong", "--on", ON)
    rows = json.loads(run("list", "--unit", "bo", "--at", ON, "--format", "json").output)
    assert [(row["code"], row["person"], row["roles"], row["acts for"]) for row in rows] == [
        ("bo-truong", "Nguyễn Văn An", "head", ""),
        ("thu-ky", "", "", "bo-truong"),
    ]
    before = json.loads(run("list", "--at", "2022-01-02", "--format", "json").output)
    assert all(row["person"] == "" == row["roles"] for row in before)


def test_an_administrator_has_its_own_subtree_and_nobody_else_any(house: House) -> None:
    above, below = house.post("bo", "administrator"), house.post("cuc-a", "administrator")
    house.post("cuc-b", "staff_officer")
    seen = {one.code for one in posts_on(asker_for_post(below, on=DAY), DAY)}
    assert seen == {"cuc-a-administrator"}
    assert {one.code for one in posts_on(asker_for_post(above, on=DAY), DAY)} > seen
    refused = run("create", "x", "--unit", "cuc-b", "--title", "X", "--as", "cuc-a-administrator")
    assert refused.exit_code == 2 and not Post.objects.filter(code="x").exists()
    assert run("create", "y", "--unit", "cuc-a", "--title", "Y", "--as", "cuc-a-administrator").exit_code == 0
    assert run("list", "--as", "cuc-b-staff-officer").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "a/b", "--unit", "bo", "--title", "X"), "letters a-z"),
        (("create", "a", "--unit", "bo", "--title", " "), "needs a title"),
        (("create", "a", "--unit", "bo", "--title", "X" * 201), "at most 200"),
        (("create", "a" * 121, "--unit", "bo", "--title", "X"), "at most 120"),
        (("create", "a", "--unit", "nowhere", "--title", "X"), "units search"),
        (("create", "a", "--unit", "bo", "--title", "X", "--role", "boss"), "steering_office"),
        (("create", "bo-head", "--unit", "bo", "--title", "X"), "choose another code"),
        (("appoint", "nowhere", "An"), "posts list"),
        (("appoint", "bo-head"), "name one person"),
        (("appoint", "bo-head", "An", "--holder-of", "bo-secretary"), "name one person"),
        (("appoint", "bo-head", " "), "needs a name"),
        (("appoint", "bo-head", "A" * 161), "at most 160"),
        (("appoint", "bo-head", "--holder-of", "bo-secretary"), "nobody holds"),
        (("appoint", "bo-head", "--account", "nobody"), "accounts list"),
        (("appoint", "bo-head", "--account", "nobody-in-particular"), "accounts create"),
        (("appoint", "bo-head", "An", "--on", "31-2-2022"), "not a day"),
        (("vacate", "bo-head"), "nobody holds"),
        (("grant", "bo-head", "boss"), "steering_office"),
        (("delegate", "bo-head", "bo-head"), "itself"),
        (("delegate", "bo-secretary", "bo-head", "--on", ON, "--until", ON), "later end"),
        (("delegate", "bo-secretary", "bo-head", "--basis", "X" * 301), "at most 300"),
        (("end-delegation", "bo-secretary", "bo-head"), "nothing to end"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_ends_with_exit_code_2_and_writes_nothing(
    house: House, arguments: tuple[str, ...], said: str
) -> None:
    house.post("bo", "head"), house.post("bo", "secretary")
    Account.objects.create_user("nobody-in-particular", "mat-khau-dai-lam")

    def rows() -> list[int]:
        return [model.objects.count() for model in (Post, PostRole, Appointment, Delegation, Person)]

    before = rows()
    answer = run(*arguments)
    assert (answer.exit_code, rows()) == (2, before) and said in answer.output


def test_a_role_that_does_not_exist_leaves_no_post_behind(house: House) -> None:
    with pytest.raises(OrganisationError, match="the roles are"):
        commands.create_post(
            asker=OPERATOR, unit=house.units["bo"], code="a", title="X", roles=["head", "boss"], on=BEGIN
        )
    assert not Post.objects.exists()
