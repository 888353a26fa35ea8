"""What every view of this room does: the ledger's refusals become answers of the web."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from soichieu.documents.guarding import asker_of
from soichieu.documents.guarding import guarded as _guarded
from soichieu.ledger.errors import Forbidden

__all__ = ["asker_of", "guarded"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def guarded(view: View[P]) -> View[P]:
    """404 for what the asker does not see, 403 with the rule for what they may not do."""

    @_guarded
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Forbidden as refused:
            raise PermissionDenied(str(refused)) from refused

    return answer
