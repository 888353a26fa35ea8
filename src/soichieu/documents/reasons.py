"""Why a document is, or may be, the one that a citation means: codes into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def say(reason: Mapping[str, Any]) -> str:
    """One reason in the language of the page. Unknown codes are shown as they stand."""
    values = {key: _shown(key, value) for key, value in reason.items()}
    match reason.get("code"):
        case "number_same":
            return _("same number")
        case "number_running":
            return _("the same running number, %(number)s") % values
        case "number_mended" | "told":
            language = "vi" if (get_language() or "vi").startswith("vi") else "en"
            return str(reason.get(language) or reason.get("en") or "")
        case "kind_same":
            return _("same kind: %(kind)s") % values
        case "issuer_same":
            return _("same issuer")
        case "issuer_other":
            return _("another issuer: %(issuer)s") % values
        case "date_same":
            return _("same date: %(day)s") % values
        case "date_other":
            return _("another date: %(day)s") % values
        case "year_in_number":
            return _("the year %(year)s stands in its number") % values
        case "year_same":
            return _("same year: %(year)s") % values
        case "year_other":
            return _("another year: %(year)s") % values
        case "name_same":
            return _("same name")
        case "no_date":
            return _("no date is given, and numbers start again every term or year")
        case "later":
            return _("it is later (%(day)s) than the text that cites") % values
    return str(reason.get("code", ""))


def _shown(key: str, value: Any) -> str:
    if key == "day":
        day = dt.date.fromisoformat(value)
        return f"{day.day}-{day.month}-{day.year}"
    return str(value)
