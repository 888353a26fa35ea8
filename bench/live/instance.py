"""``python -m bench.live.instance SITES``: a conference under way with so many sites, in the environment's instance.

Each site has an officer, an account and a session of its own. Prints what the bench needs as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from typing import Any

LINES = 40  # of the agenda: those of a full day


def make(sites: int) -> dict[str, Any]:
    """key: of the conference; position: of its book; chair: a session; sites: sessions; items: lines of the agenda."""
    from django.core.management import call_command

    from soichieu.conferences.commands import agenda, floor, planning
    from soichieu.conferences.commands.sites import make_sites
    from soichieu.conferences.state import state_of
    from soichieu.documents.commands import register_document
    from soichieu.ledger import clock
    from soichieu.organisation.askers import Asker, asker_for_post
    from soichieu.organisation.commands import appoint, create_post, found_unit

    call_command("migrate", verbosity=0)
    operator, begins = Asker.operator_of_instance(), dt.date(2020, 1, 1)
    common: dict[str, Any] = {"asker": operator, "begins_on": begins, "fictitious": True}
    ministry = found_unit(code="bo-do", kind="ministry", name="Bộ Đo", **common)
    head = create_post(asker=operator, unit=ministry, code="bo-truong", title="Bộ trưởng", roles=("head",), on=begins)
    chair_person = appoint(asker=operator, post=head, person="Người chủ trì", on=begins)
    officers, units = [], []
    for number in range(sites):
        unit = found_unit(
            code=f"tram-{number:04}",
            kind="division",
            name=f"Trạm {number:04}",
            order=number,
            superiors={"sector": ministry},
            **common,
        )
        post = create_post(
            asker=operator, unit=unit, code=f"can-bo-{number:04}", title="Cán bộ", roles=("staff_officer",), on=begins
        )
        officers.append(appoint(asker=operator, post=post, person=f"Cán bộ {number:04}", on=begins))
        units.append(unit.pk)
    chair = asker_for_post(head)
    directive = register_document(
        operator, number="05/KH-BĐ", issuer="Bộ Đo", signed_on=begins, issuer_unit=ministry, title="Kế hoạch đo"
    )
    facts = {
        "title": "Hội nghị đo",
        "kind": "interim",
        "held_on": clock.today(),
        "chair": "Bộ trưởng",
        "directives": [directive.pk],
    }
    conference = planning.plan(asker=chair, unit_id=ministry.pk, facts=facts)
    make_sites(asker=chair, conference=conference, units=units)
    places = [site for site in state_of(conference).ordered_sites if site.unit in set(units)]
    lines = [
        {
            "key": "",
            "kind": "statement",
            "title": f"Tham luận {number}",
            "minutes": 7,
            "site": places[number % len(places)].key,
        }
        for number in range(LINES)
    ]
    agenda.set_agenda(asker=chair, conference=conference, items=lines)
    floor.open_conference(asker=chair, conference=conference)
    state = state_of(conference)
    return {
        "key": conference.key,
        "position": state.position,
        "items": [item.key for item in state.agenda],
        "chair": _session(chair_person, "chu-tri"),
        "sites": [_session(person, f"can-bo-{number:04}") for number, person in enumerate(officers)],
    }


def _session(person: Any, username: str) -> str:
    """An account that is signed in: the key of its session. Nobody types a password here, so it has none."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from soichieu.accounts.models import Account

    account = Account.objects.create_user(username, None, person=person)
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.save()
    return str(store.session_key)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
    import django

    django.setup()
    print(json.dumps(make(int(sys.argv[1]))))
