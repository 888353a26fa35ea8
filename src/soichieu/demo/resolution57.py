"""57-NQ/TW with 03/NQ-CP, read from their real texts: 140 tasks with their leads, through two reorganisations.

What the units did is not kept here, for only published facts stand on real units: their obligations show *no
published data*.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from soichieu.demo.life import at
from soichieu.documents.commands import link_documents, read_edition, register_document
from soichieu.documents.models import Document
from soichieu.language.text import fold
from soichieu.ledger import clock
from soichieu.ledger.commands import (
    confirm_requirement,
    define_requirement,
    edit_requirement,
    open_chain,
    open_obligations,
    propose_requirements,
    transfer_for_succession,
)
from soichieu.ledger.models import Requirement
from soichieu.organisation import queries as organisation
from soichieu.organisation.addressees import CLASSES, AddresseeRule
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit

DATA = Path(__file__).parent / "data" / "directives"
RESOLUTION_DAY = dt.date(2024, 12, 22)
PROGRAMME_DAY = dt.date(2025, 1, 9)
REFORMS = (dt.date(2025, 3, 1), dt.date(2025, 7, 1))

CLASS_OF = {
    "ministries": "ministries",
    "localities": "provinces",
    "provinces": "provinces",
    "ministries_and_localities": "ministries_and_provinces",
}


def load(operator: Asker) -> None:
    """Register and read both documents, propose and confirm the requirements, give them out, hand them over twice."""
    with clock.injected(at(PROGRAMME_DAY, 17)):
        resolution = register_document(
            operator,
            number="57-NQ/TW",
            kind="Nghị quyết",
            issuer="Bộ Chính trị",
            signed_on=RESOLUTION_DAY,
            public=True,
            published_only=True,
            issuer_unit=Unit.objects.get(code="bo-chinh-tri"),
            title="về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        )
        text = read_edition(operator, resolution, (DATA / "57-NQ-TW.txt").read_bytes(), "57-NQ-TW.txt")
        programme = register_document(
            operator,
            number="03/NQ-CP",
            kind="Nghị quyết",
            issuer="Chính phủ",
            signed_on=PROGRAMME_DAY,
            public=True,
            published_only=True,
            issuer_unit=Unit.objects.get(code="chinh-phu"),
            title="ban hành Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW",
        )
        link_documents(operator, source=programme, target=resolution, relation="implements")
        whole = "\n\n".join(
            (DATA / name).read_text(encoding="utf-8")
            for name in ("03-NQ-CP.md", "03-NQ-CP-annex-1-targets.md", "03-NQ-CP-annex-2-tasks.md")
        )
        edition = read_edition(operator, programme, whole.encode(), "03-NQ-CP.md")
        _pass_on(operator, resolution, text)
        # Ministries stand under the Government on the sector line, provinces on the territorial one: any line counts.
        open_chain(directive=programme, line="")
        # What was published is how its table of tasks was carried out.
        propose_requirements(asker=operator, edition=edition, tables_only=True)
        _give_out(operator, programme)
    for day in REFORMS:
        with clock.injected(at(day, 8)):
            transfer_for_succession(asker=operator, on=day)


def _pass_on(operator: Asker, resolution: Document, text: Any) -> None:
    """The resolution's own last sentence obliges: "phổ biến đến chi bộ"."""
    node = text.provisions.filter(text__icontains="phổ biến đến chi bộ").order_by("-depth", "ordinal").first()
    provisions = [(node.identity, node.text_hash)] if node is not None else []
    members: list[int] = []
    for level in ("province", "district", "commune"):
        members += AddresseeRule(kinds=("party_committee",), place_level=level).members(RESOLUTION_DAY)
    requirement = define_requirement(
        asker=operator,
        directive=resolution,
        code="1",
        title="Phổ biến Nghị quyết đến chi bộ",
        ladder="disseminated",
        closing="claimed",
        provisions=provisions,
        ordinal=1,
        line="territory",
        addressees={"kinds": ["party_committee"]},
    )
    open_obligations(asker=operator, requirement=requirement, unit_ids=members, happened_on=RESOLUTION_DAY)


def _give_out(operator: Asker, programme: Document) -> None:
    """Every task goes to its lead or to each of its class; several leads wait until a person at the issuer chooses
    one."""
    named = {fold(view.name): view for view in organisation.units_at(PROGRAMME_DAY) if view.place_id is None}
    for requirement in Requirement.objects.filter(directive=programme).order_by("ordinal"):
        said = requirement.addressees
        rule = _rule(said, named)
        several = len(rule.get("units", ())) > 1 and not rule.get("kinds")
        kept = edit_requirement(
            asker=operator,
            requirement_id=requirement.pk,
            version=requirement.version,
            values={"addressees": rule, "needs_one_lead": requirement.needs_one_lead or several},
        )
        kept = confirm_requirement(asker=operator, requirement=kept)
        if rule and not kept.needs_one_lead:
            members = AddresseeRule.from_json(rule).members(PROGRAMME_DAY)
            open_obligations(asker=operator, requirement=kept, unit_ids=members, happened_on=PROGRAMME_DAY)


def _rule(said: dict[str, Any], named: dict[str, organisation.UnitView]) -> dict[str, Any]:
    """The leads of a cell as a rule: classes by what they stand for, bodies by their code; {} when none is known
    here."""
    kinds: list[str] = []
    for name in said.get("classes", ()):
        wanted = CLASS_OF.get(name)
        if wanted is not None:
            kinds += [str(kind) for kind in CLASSES[wanted].kinds if kind not in kinds]
    codes = [named[fold(name)].code for name in said.get("names", ()) if fold(name) in named]
    rule: dict[str, Any] = {}
    if kinds:
        rule["kinds"] = kinds
    if codes:
        rule["units"] = codes
    return rule
