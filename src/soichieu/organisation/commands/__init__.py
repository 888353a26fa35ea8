"""Every change of the organisation: one function each, keyword-only asker, one transaction, rows only added."""

from soichieu.organisation.commands.base import OrganisationError
from soichieu.organisation.commands.importing import Imported, import_units
from soichieu.organisation.commands.place_files import ImportProblem
from soichieu.organisation.commands.posts import appoint, create_post, delegate, end_delegation, grant_role
from soichieu.organisation.commands.seating import SEATED_KINDS, follow_seats, seat_units
from soichieu.organisation.commands.succession import (
    Proposal,
    confirm_succession,
    link_places,
    name_heir,
    propose_from_places,
    propose_succession,
)
from soichieu.organisation.commands.units import end_unit, found_unit, name_counterpart, place_under, rename_unit

__all__ = [
    "SEATED_KINDS",
    "ImportProblem",
    "Imported",
    "Proposal",
    "confirm_succession",
    "follow_seats",
    "import_units",
    "link_places",
    "name_heir",
    "propose_from_places",
    "propose_succession",
    "seat_units",
    "OrganisationError",
    "appoint",
    "create_post",
    "delegate",
    "end_delegation",
    "end_unit",
    "found_unit",
    "grant_role",
    "name_counterpart",
    "place_under",
    "rename_unit",
]
