"""Which directives an asker finds on the board: documents they see, and those on which they see a task."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import numpy as np

from soichieu.documents.models import Document
from soichieu.documents.rights import visible_documents
from soichieu.ledger import clock
from soichieu.ledger.fold import Answer
from soichieu.ledger.queries import Question, visible_mask
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import columns as organisation_columns

_chains: OrderedDict[Any, frozenset[int]] = OrderedDict()


def asker_scope(asker: Asker) -> tuple[Any, ...]:
    """What decides which tasks an asker sees on a given state of the book and the organisation."""
    return (
        clock.today(), organisation_columns().token, asker.operator, asker.unit_id, asker.post_id,
        asker.on_behalf_of_id, asker.roles,
    )  # fmt: skip


def _chains_seen(asker: Asker, answer: Answer) -> frozenset[int]:
    """The chains in which the asker sees a task."""
    key = (answer.columns.version, asker_scope(asker))
    if key not in _chains:
        mask = visible_mask(asker, answer)
        chains = answer.columns.chain if mask is None else answer.columns.chain[mask]
        _chains[key] = frozenset(np.flatnonzero(np.bincount(chains)).tolist()) if len(chains) else frozenset()
        while len(_chains) > 64:
            _chains.popitem(last=False)
    return _chains[key]


def directives(asker: Asker) -> list[Document]:
    """The directives with a book that the asker sees or sees a task of, newest first."""
    found = list(
        Document.objects.filter(chain__isnull=False)
        .select_related("chain", "issuer_unit")
        .order_by("-signed_on", "-pk")
    )
    if asker.operator:
        return found
    seen = set(visible_documents(asker).filter(chain__isnull=False).values_list("pk", flat=True))
    chains = _chains_seen(asker, Question.now().answer())
    return [one for one in found if one.pk in seen or one.chain.pk in chains]


def directive(asker: Asker, pk: int) -> Document:
    """One of them; ``Document.DoesNotExist`` when there is none or it is not the asker's to see."""
    found = Document.objects.select_related("chain", "issuer_unit").get(pk=pk, chain__isnull=False)
    if asker.operator or visible_documents(asker).filter(pk=pk).exists():
        return found
    if found.chain.pk in _chains_seen(asker, Question.now().answer()):
        return found
    raise Document.DoesNotExist
