"""The words of a conference: its kinds, the kinds of its agenda, and the kinds of events of its book."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConferenceKind(TextChoices):
    """What is reviewed: glossary §6."""

    FIRST_RESULTS = "first_results", _("review of first results")
    INTERIM = "interim", _("interim review")
    FINAL = "final", _("final review")
    SUBJECT = "subject", _("review by subject")


class Mode(TextChoices):
    MEETING = "meeting", _("by meeting")
    WRITING = "writing", _("in writing alone")


class Phase(TextChoices):
    """Where a conference stands. ``over``: closed by the chair; ``archived``: its file was handed to the archive."""

    PREPARING = "preparing", _("in preparation")
    OPEN = "open", _("under way")
    OVER = "over", _("over")
    ARCHIVED = "archived", _("handed to the archive")


class AgendaKind(TextChoices):
    OPENING = "opening", _("opening")
    CENTRAL_REPORT = "central_report", _("central report")
    SUMMARY = "summary", _("summary report")
    STATEMENT = "statement", _("statement")
    DISCUSSION = "discussion", _("discussion")
    BREAK = "break", _("break")
    AWARDS = "awards", _("awards")
    DIRECTING_SPEECH = "directing_speech", _("directing speech of a senior guest")
    REPLY = "reply", _("reply of the chair to it")
    CONCLUSION = "conclusion", _("concluding speech")
    CLOSING = "closing", _("closing")


class ItemState(TextChoices):
    WAITING = "waiting", _("waiting")
    SPEAKING = "speaking", _("speaking")
    PAUSED = "paused", _("paused")
    DONE = "done", _("done")
    PASSED_OVER = "passed_over", _("passed over")


class Delivery(TextChoices):
    SPOKEN = "spoken", _("given at the conference")
    WRITTEN = "written", _("sent in writing")


class Review(TextChoices):
    """What the committee said of a registered statement."""

    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned for mending")


class Answer(TextChoices):
    """What an invited post answered."""

    COMING = "coming", _("attends")
    EXCUSED = "excused", _("excused, with a reason")
    SUBSTITUTE = "substitute", _("sends a substitute")


class RollBy(TextChoices):
    SITE = "site", _("by the site itself")
    TELEPHONE = "telephone", _("by telephone, written by the secretary")


class RequestState(TextChoices):
    WAITING = "waiting", _("waiting")
    GRANTED = "granted", _("given the floor")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Screen(TextChoices):
    """What the chair shows in the hall."""

    SPEAKER = "speaker", _("the speaker and the time")
    FIGURE = "figure", _("a figure at the cut")
    MAP = "map", _("the map of units at the cut")
    SENTENCE = "sentence", _("a sentence of the directive")
    CONCLUSION = "conclusion", _("a conclusion")
    AGENDA = "agenda", _("the agenda")
    NAME = "name", _("the name of the conference")


class EventKind(TextChoices):
    """The lines of a conference's book. What each carries is said in :mod:`soichieu.conferences.state.folding`."""

    # Before
    PLANNED = "planned", _("planned")
    CHANGED = "changed", _("changed")
    PREPARATION = "preparation", _("preparation: a task written")
    PREPARED = "prepared", _("preparation: a task done")
    SITE = "site", _("a site written")
    SITE_REMOVED = "site_removed", _("a site taken out")
    EXPECTED = "expected", _("participants expected")
    ANSWERED = "answered", _("a participant answered")
    INVITED = "invited", _("invitations sent")
    AGENDA = "agenda", _("the agenda set")
    STATEMENT = "statement", _("a statement commissioned")
    STATEMENT_TEXT = "statement_text", _("the text of a statement registered")
    STATEMENT_REVIEWED = "statement_reviewed", _("a statement reviewed")
    OWN_REVIEW = "own_review", _("a unit's own earlier review")
    CUT = "cut", _("figures cut and frozen")
    # During
    OPENED = "opened", _("opened")
    RECORDING = "recording", _("recording decided")
    ROLL = "roll", _("roll-call of a site")
    FLOOR_GIVEN = "floor_given", _("floor given")
    FLOOR_PAUSED = "floor_paused", _("floor paused")
    FLOOR_RESUMED = "floor_resumed", _("floor resumed")
    FLOOR_ENDED = "floor_ended", _("floor ended")
    PASSED_OVER = "passed_over", _("passed over")
    FLOOR_ASKED = "floor_asked", _("floor asked for")
    FLOOR_ANSWERED = "floor_answered", _("answer to a request for the floor")
    CORRECTION_ASKED = "correction_asked", _("correction of a figure asked for")
    CORRECTION_ANSWERED = "correction_answered", _("answer to a correction")
    SCREEN = "screen", _("the hall screen")
    NOTED = "noted", _("speech noted")
    FINDING = "finding", _("finding written")
    CONCLUSION = "conclusion", _("conclusion worded")
    CONCLUDED = "concluded", _("concluded by the chair")
    CONCLUSION_WITHDRAWN = "conclusion_withdrawn", _("conclusion withdrawn")
    CLOSED = "closed", _("closed")
    # After
    PAPER = "paper", _("a document of the file")
    NOTICE = "notice", _("signed notice of conclusions registered")
    ARCHIVED = "archived", _("handed to the archive")
