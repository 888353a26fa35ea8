"""What kinds of papers stand in the file of a conference."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PaperKind(TextChoices):
    """In the order in which the list of documents names them."""

    ORGANISING = "organising", pgettext_lazy("paper", "organising plan, decision on the committee")
    INVITATION = "invitation", pgettext_lazy("paper", "invitation or summons")
    AGENDA = "agenda", pgettext_lazy("paper", "agenda, running script")
    REPORT = "report", pgettext_lazy("paper", "central or summary report")
    STATEMENT = "statement", pgettext_lazy("paper", "statement")
    SPEECH = "speech", pgettext_lazy("paper", "opening, directing or concluding speech")
    PARTICIPANTS = "participants", pgettext_lazy("paper", "list of participants")
    MINUTES = "minutes", pgettext_lazy("paper", "minutes")
    NOTICE = "notice", pgettext_lazy("paper", "notice of conclusions")
    RECORDING = "recording", pgettext_lazy("paper", "recording")
    TRANSCRIPT = "transcript", pgettext_lazy("paper", "transcript of the recording")
    PICTURES = "pictures", pgettext_lazy("paper", "pictures")
    OTHER = "other", pgettext_lazy("paper", "other paper")
