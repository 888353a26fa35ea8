"""Reasons in words, in both languages, without a translation catalogue.

The ground floor must say why it read something as it did, but it cannot use Django's gettext. A `Reason` is
an ordinary English `str` that carries its Vietnamese wording with it.
"""

from __future__ import annotations


class Reason(str):
    """An English sentence with its Vietnamese wording in `vi`.

    It compares, prints and serialises as its English text.
    """

    vi: str

    def __new__(cls, english: str, vi: str = "") -> Reason:
        reason = super().__new__(cls, english)
        reason.vi = vi or english
        return reason

    def __reduce__(self) -> tuple[type[Reason], tuple[str, str]]:
        return Reason, (str(self), self.vi)

    def in_language(self, language: str) -> str:
        """Its wording in `language` ('vi', 'vi-vn' …; anything else gives English)."""
        return self.vi if language.lower().startswith("vi") else str(self)


NONE = Reason("")


def join(reasons: list[Reason]) -> Reason:
    """Several reasons as one text, in the order given, without repeating any."""
    kept = [reason for reason in dict.fromkeys(reasons) if reason]
    return Reason("; ".join(kept), "; ".join(reason.vi for reason in kept))
