"""The tables of the organisation. Every one of them is only added to."""

from soichieu.organisation.models.base import AppendOnly, AppendOnlyError, Dated, Revision
from soichieu.organisation.models.places import ImportedFile, Place, PlaceRemark, PlaceState, PlaceSuccession
from soichieu.organisation.models.posts import Appointment, Delegation, Person, Post, PostRole
from soichieu.organisation.models.units import Counterpart, Seating, Superior, Unit, UnitState, UnitSuccession

__all__ = [
    "AppendOnly",
    "AppendOnlyError",
    "Appointment",
    "Counterpart",
    "Dated",
    "Delegation",
    "ImportedFile",
    "Person",
    "Place",
    "PlaceRemark",
    "PlaceState",
    "PlaceSuccession",
    "Post",
    "PostRole",
    "Revision",
    "Seating",
    "Superior",
    "Unit",
    "UnitState",
    "UnitSuccession",
]
