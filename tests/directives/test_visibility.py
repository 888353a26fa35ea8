"""Who sees a directive: also those to whom a task of it came by a later line."""

from __future__ import annotations

import pytest
from django.db import connection

from soichieu.directives.visibility import _handed_on_to
from soichieu.documents import queries as documents
from soichieu.documents.models import Document
from soichieu.documents.rights import id_list
from soichieu.ledger.commands import record
from soichieu.ledger.models import Chain
from tests.ledger.conftest import Cast, _fresh_columns, cast, day  # noqa: F401
from tests.ledger.test_voided_lines import void


@pytest.mark.parametrize(
    ("kind", "rest"), [("reassigned", {}), ("transferred", {}), ("handed", {"choice": "cooperator"})]
)
def test_a_unit_to_which_a_task_came_later_opens_its_directive(cast: Cast, kind: str, rest: dict) -> None:  # noqa: F811
    (task,) = cast.open("1")
    with pytest.raises(Document.DoesNotExist):
        documents.document(cast.staff[1], cast.directive.pk)
    ask = {"obligations": [task.pk], "happened_on": day("1-2"), "unit_id": cast.units[1].pk}
    record(asker=cast.operator, kind=kind, **ask, **rest)
    assert documents.document(cast.staff[1], cast.directive.pk) == cast.directive
    with pytest.raises(Document.DoesNotExist):
        documents.document(cast.staff[2], cast.directive.pk)
    void(cast.operator, task, kind)
    with pytest.raises(Document.DoesNotExist):
        documents.document(cast.staff[1], cast.directive.pk)


@pytest.mark.django_db
def test_it_is_found_by_an_index_over_those_lines_alone() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("an empty PostgreSQL table is read whole, whatever its indexes")
    assert "entry_handed_on_to" in Chain.objects.filter(pk__in=_handed_on_to(id_list([1]))).explain()
