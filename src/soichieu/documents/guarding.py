"""What every view of the register does first and last: who asks, and refusals as answers of the web."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from soichieu.organisation.askers import Asker, NotAllowed

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def guarded(view: View[P]) -> View[P]:
    """What the asker may not see is not there (404); what they may not do is refused with the rule (403)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    return answer


def asker_of(request: HttpRequest) -> Asker:
    """Who asks; refused when nobody does."""
    asker: Any = getattr(request, "asker", None)
    if asker is None:
        raise PermissionDenied
    return asker
