"""The house of the board's tests, made once for each test that asks for it, on one instance's clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from soichieu.board.queries.cut import forget_cuts
from soichieu.ledger import clock
from soichieu.ledger.fold import forget_columns
from tests.board.house import NOW, House, build, named_histories


@pytest.fixture(autouse=True)
def _fresh(settings: object, tmp_path: object) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined, operator]
    forget_columns()
    forget_cuts()
    with clock.injected(NOW):
        yield
    forget_columns()
    forget_cuts()


@pytest.fixture
def house(db: None) -> House:
    made = build(offices=2, divisions=2)
    named_histories(made)
    return made


@pytest.fixture
def as_(house: House) -> Callable[[str], Client]:
    """``as_("steering")``: a signed-in client."""

    def make(key: str) -> Client:
        client = Client()
        client.force_login(house.accounts[key])
        return client

    return make
