"""Every change of the register: one function each, checked, in one transaction."""

from soichieu.documents.commands.citations import settle_citation
from soichieu.documents.commands.editions import mend, read_edition
from soichieu.documents.commands.registering import link_documents, receive, register_document
from soichieu.documents.commands.uploads import (
    add_corrections,
    confirm_upload,
    discard_upload,
    lay_over_newest,
    mended_tree,
    start_mending,
    start_upload,
    take_back,
)

__all__ = [
    "add_corrections",
    "confirm_upload",
    "discard_upload",
    "lay_over_newest",
    "link_documents",
    "mend",
    "mended_tree",
    "read_edition",
    "receive",
    "register_document",
    "settle_citation",
    "start_mending",
    "start_upload",
    "take_back",
]
