"""The words of this room: levels of places, kinds of units, lines of command, roles on posts. Values are stored."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The level of an administrative place. Since 1-7-2025 there are no districts."""

    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    COMMUNE = "commune", _("commune")


class Line(models.TextChoices):
    """A named line of command. A unit may stand under one superior on each of them."""

    SECTOR = "sector", _("sector line")
    TERRITORY = "territory", _("territorial line")
    FORCE = "force", _("force system")


class Kind(models.TextChoices):
    """What a unit is. A place is not a unit: police, committee and authority of one place are three units."""

    PARTY_CENTRAL = "party_central", _("central party body")
    NATIONAL_ASSEMBLY = "national_assembly", _("National Assembly and its bodies")
    GOVERNMENT = "government", _("Government")
    MINISTRY = "ministry", _("ministry")
    MINISTRY_AGENCY = "ministry_agency", _("ministry-level agency")
    GOVERNMENT_AGENCY = "government_agency", _("agency under the Government")
    DEPARTMENT = "department", _("department")
    OFFICE = "office", _("office")
    DIVISION = "division", _("division")
    INSTITUTE = "institute", _("institute, school, hospital")
    COMPANY = "company", _("enterprise")
    PROVINCE_COMMITTEE = "province_committee", _("provincial People's Committee")
    DISTRICT_COMMITTEE = "district_committee", _("district People's Committee")
    COMMUNE_COMMITTEE = "commune_committee", _("communal People's Committee")
    COUNCIL = "council", _("People's Council")
    POLICE = "police", _("police")
    MILITARY = "military", _("military command")
    PARTY_COMMITTEE = "party_committee", _("party committee")
    PARTY_CELL = "party_cell", _("party cell")
    MASS_ORGANISATION = "mass_organisation", _("mass organisation")
    OTHER = "other", _("other body")


# The kinds whose seat is one place, with the level of that place. The other seated kinds exist at every level.
COMMITTEE_LEVELS: dict[str, str] = {
    Kind.PROVINCE_COMMITTEE: Level.PROVINCE,
    Kind.DISTRICT_COMMITTEE: Level.DISTRICT,
    Kind.COMMUNE_COMMITTEE: Level.COMMUNE,
}


class Role(models.TextChoices):
    """What a post may do. Rights hang on posts, never on persons or accounts."""

    STEERING_OFFICE = "steering_office", _("steering office")
    STAFF_OFFICER = "staff_officer", _("staff officer")
    HEAD = "head", _("head")
    DEPUTY = "deputy", _("deputy in charge")
    VERIFIER = "verifier", _("verifier")
    RECORDS_CLERK = "records_clerk", _("records clerk")
    SECRETARY = "secretary", _("leader's secretary")
    OBSERVER = "observer", _("observer")
    ADMINISTRATOR = "administrator", _("administrator")


class Share(models.TextChoices):
    """Whether an old place or unit went into the new one as a whole or by a part."""

    WHOLE = "whole", _("as a whole")
    SPLIT = "split", _("by a part")


class Standing(models.TextChoices):
    """What is known of the succession of a unit. Only what a person confirmed moves anything."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
