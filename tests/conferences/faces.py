"""What the tests of the four faces share."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from soichieu.organisation.models import Post

HX = {"HX-Request": "true"}


def signed_in(meeting: Any, code: str, on_behalf: str = "") -> Client:
    """A client of the account on a post; acting on behalf of another post when that is named."""
    client = Client()
    client.force_login(meeting.house.accounts[code])
    if on_behalf:
        post = Post.objects.get(code=code)
        principal = Post.objects.get(code=on_behalf)
        answer = client.post(reverse("accounts:post"), {"post": f"{post.pk}:{principal.pk}"})
        assert answer.status_code == 302
    return client


def desk(meeting: Any, face: str, *more: str) -> str:
    """The address of a face of the meeting's conference."""
    return reverse(f"conferences:{face}", args=[meeting.conference.key, *more])
