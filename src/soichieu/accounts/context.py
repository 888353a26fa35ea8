"""What the shell shows of who is signed in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from soichieu.accounts import acting


def who(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``acting``, the post of this session, for the masthead; for a refusal ``other_posts``, in what
    else one may work, and ``change_post``, where one chooses and comes back from."""
    return {
        "acting": SimpleLazyObject(lambda: acting.current(request)),
        "other_posts": SimpleLazyObject(lambda: acting.others(request)),
        "change_post": SimpleLazyObject(lambda: f"{reverse('accounts:post')}?{urlencode({'next': _here(request)})}"),
    }


def _here(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else request.path
