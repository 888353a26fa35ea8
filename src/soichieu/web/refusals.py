"""Refusals in the log: a line each, so that what broke is seen."""

from __future__ import annotations

import logging


class Short(logging.Filter):
    """Takes the traceback off a record about an answer below 500: who may not see a page broke nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes."""
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
