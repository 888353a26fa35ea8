"""What the log says where Django would name a setting of its own that nobody can set here."""

from __future__ import annotations

import logging

from django.conf import settings


class UnknownHost(logging.Filter):
    """A request under a name that the instance was not given: one line with the remedy, without a stack of calls."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, told anew."""
        request = getattr(record, "request", None)
        asked = request.META.get("HTTP_HOST", "") if request is not None else ""
        record.msg = (
            "refused (400): a request for %r, which is none of the names in SOICHIEU_HOSTS (%s);"
            " to answer under that name, add it there and start the server anew"
        )
        record.args = (asked, ",".join(settings.ALLOWED_HOSTS))
        record.exc_info = record.exc_text = None
        return True


class Short(logging.Filter):
    """Takes the traceback off a record about an answer below 500: who may not see a page broke nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes."""
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
