"""In which post somebody works now, and on whose behalf: kept in the session, checked against the organisation."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from soichieu.accounts.models import Account
from soichieu.organisation import askers
from soichieu.organisation.askers import Asker, NotAllowed, asker_for_post
from soichieu.organisation.models import Post
from soichieu.organisation.names import name_of

SESSION_KEY = "acting"


@dataclass(frozen=True)
class Choice:
    """A post that somebody may work in. ``on_behalf_of`` is another post's id when they act for it."""

    post: int
    title: str
    unit: str
    on_behalf_of: int | None = None
    for_title: str = ""
    for_unit: str = ""

    @property
    def value(self) -> str:
        """The choice as a form sends it: "12", or "12:7" for post 12 on behalf of post 7."""
        return f"{self.post}:{self.on_behalf_of}" if self.on_behalf_of else str(self.post)

    @property
    def words(self) -> str:
        """The choice as it is read where one chooses."""
        if self.on_behalf_of is None:
            return f"{self.title}, {self.unit}"
        return _("On behalf of %(for_title)s, %(for_unit)s (as %(title)s)") % asdict(self)


def choices_of(account: Account) -> list[Choice]:
    """The posts of the account's person today and, after each, the posts on whose behalf it may act."""
    if account.person_id is None:
        return []
    day = askers.today()
    held = askers.posts_of(account.person_id, day)
    pairs: list[tuple[Post, Post | None]] = []
    for post in held:
        pairs.append((post, None))
        pairs.extend((post, principal) for principal in askers.principals_of(post.pk, day))
    names = name_of({one.unit_id for pair in pairs for one in pair if one is not None}, day)
    return [
        Choice(post.pk, post.title, names[post.unit_id])
        if principal is None
        else Choice(post.pk, post.title, names[post.unit_id], principal.pk, principal.title, names[principal.unit_id])
        for post, principal in pairs
    ]


def choose(request: HttpRequest, choice: Choice) -> None:
    """Work in this post from now on, in this session."""
    request.session[SESSION_KEY] = asdict(choice)


def chosen(request: HttpRequest) -> Choice | None:
    """The post of this session as it was chosen, for showing; None when there is none."""
    kept = request.session.get(SESSION_KEY)
    return Choice(**kept) if kept else None


def current(request: HttpRequest) -> Choice | None:
    """The post of this session, for showing; one that nobody chose yet is found by asking who asks."""
    asker = getattr(request, "asker", None)
    # Asking for the post works the asker out, and a first or a lost post is chosen on the way.
    return chosen(request) if asker is not None and asker.post_id is not None else None


def others(request: HttpRequest) -> list[Choice]:
    """In what else whoever asks may work: all choices but the present one."""
    account = request.user
    if not isinstance(account, Account):
        return []
    now = current(request)
    return [one for one in choices_of(account) if now is None or one.value != now.value]


def asker_of(request: HttpRequest) -> Asker:
    """Who asks in this request. A post that is no longer held is given up for one that is; without any post the asker
    stands on none and sees what everyone may see."""
    account = request.user
    if not isinstance(account, Account) or account.person_id is None:
        return Asker(person_id=None, post_id=None, unit_id=None)
    kept = chosen(request)
    if kept is not None and askers.person_on(kept.post, askers.today()) == account.person_id:
        try:
            return asker_for_post(kept.post, person=account.person_id, on_behalf_of=kept.on_behalf_of)
        except NotAllowed:
            pass  # the delegation has ended since
    possible = choices_of(account)
    if not possible:
        request.session.pop(SESSION_KEY, None)
        return Asker(person_id=account.person_id, post_id=None, unit_id=None)
    choose(request, possible[0])
    return asker_for_post(possible[0].post, person=account.person_id)
