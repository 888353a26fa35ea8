"""Every kind of source has someone who can say what it is."""

from __future__ import annotations

from soichieu.ledger import sources
from soichieu.ledger.document_sources import source_of_document
from tests.ledger.conftest import Cast


def test_every_registered_kind_answers_for_what_is_not_there(db: None) -> None:
    for room, kind in sources.registered_kinds():
        resolver = sources.resolver_of(room, kind)
        assert isinstance(resolver.label("0"), str)
        gone = resolver.hashes(["0"] if kind != "text" else ["0:x"])
        assert room == "ledger" or dict(gone) == {}, (room, kind)


def test_a_documents_hash_is_computed_and_changes_with_what_is_registered(cast: Cast) -> None:
    before = source_of_document(cast.directive)
    resolver = sources.resolver_of(*before.key)
    assert dict(resolver.hashes([before.id])) == {before.id: before.hash}
    cast.directive.title = "khác"
    assert source_of_document(cast.directive).hash != before.hash
