"""``verify``: recompute every hash from what is stored, and name whatever was changed, removed, reordered or cut
off."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from soichieu.ledger import guards, sources, stored, tie_verification
from soichieu.ledger.commands.requirements import content_hash
from soichieu.ledger.hashing import HASHED, entry_hash
from soichieu.ledger.models import (
    POSITION_BITS,
    Chain,
    Entry,
    Obligation,
    Requirement,
    RequirementProvision,
    RequirementTie,
)
from soichieu.ledger.ties import ties_of


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold. ``where`` names chain and position, or what is cited; ``what`` says it in words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class Checkpoint:
    """The end of a chain as it was printed: nothing before it may change or disappear any more."""

    directive: str
    position: int
    hash: str

    def line(self) -> str:
        return f"{self.directive}\t{self.position}\t{self.hash}"

    @classmethod
    def parse(cls, line: str) -> Checkpoint:
        """One printed line; ``ValueError`` names what is wrong with it."""
        parts = line.rstrip("\n").split("\t")
        if len(parts) != 3 or not parts[1].isdigit() or len(parts[2]) != 64:
            raise ValueError(f"not a checkpoint (directive, position and hash parted by tabs): {line!r}")
        return cls(parts[0], int(parts[1]), parts[2])


def checkpoints() -> list[Checkpoint]:
    """The last position and hash of each chain, read from the entries themselves."""
    out = []
    for chain in Chain.objects.select_related("directive").order_by("id"):
        last = Entry.objects.filter(chain=chain).order_by("-position").values_list("position", "hash").first()
        if last is not None:
            out.append(Checkpoint(_name(chain), *last))
        if (last := tie_verification.last_of(chain)) is not None:
            out.append(Checkpoint(TIES + _name(chain), *last))
    return out


def verify(earlier: list[Checkpoint] | None = None) -> list[Problem]:
    """Every problem found; an empty list when the book is whole. ``earlier``: checkpoints printed before."""
    problems = [*_guards()]
    cited: dict[tuple[str, str], dict[str, set[str]]] = {}
    where: dict[tuple[str, str, str], str] = {}
    evidence: dict[str, str] = {}
    opened: dict[int, dict[str, Any]] = {}
    chains = {chain.pk: chain for chain in Chain.objects.select_related("directive")}
    for chain in chains.values():
        problems.extend(_walk(chain, cited, where, evidence, opened))
        problems.extend(Problem(TIES + _name(chain) + at, what) for at, what in tie_verification.walk(chain))
    problems.extend(_strangers(chains))
    problems.extend(_obligations(opened, chains))
    problems.extend(_requirements(opened))
    problems.extend(_cited(cited, where, evidence))
    problems.extend(_cut(earlier or [], chains))
    return problems


TIES = "ties: "
"""Before the name of a directive: the book of what was changed of the sentences that give its requirements."""


def _name(chain: Chain) -> str:
    directive = chain.directive
    return f"{directive.number} ({directive.signed_on.isoformat()})"


def _guards() -> Iterator[Problem]:
    for name in sorted(guards.expected(connection.vendor) - guards.present(connection)):
        yield Problem("database", f"the guard {name} is gone: entries could have been changed")


def _stored(chain_id: int) -> Iterator[dict[str, Any]]:
    """A chain's rows as they are stored, in order."""
    for row in stored.rows(Entry._meta.db_table, (*HASHED, "hash"), "chain_id", chain_id):
        if row["paper"] in (0, 1):
            row["paper"] = bool(row["paper"])
        row["recorded_at"] = stored.moment(row["recorded_at"])
        yield row


def _hash_of(row: Mapping[str, Any]) -> str:
    """The hash of a stored row; empty where it holds what no line can hold, or another spelling of the same letters."""
    for value in row.values():
        if isinstance(value, str):
            if not (value.isascii() or unicodedata.is_normalized("NFC", value)):
                return ""
        elif not isinstance(value, int | dt.date | None):
            return ""
    return entry_hash(row)


def _json(text: object, otherwise: Any) -> Any:
    """What a column holds as JSON; what is none has been named as changed already."""
    try:
        value = json.loads(str(text))
    except ValueError:
        return otherwise
    return value if isinstance(value, type(otherwise)) else otherwise


def _walk(
    chain: Chain,
    cited: dict[tuple[str, str], dict[str, set[str]]],
    where: dict[tuple[str, str, str], str],
    evidence: dict[str, str],
    opened: dict[int, dict[str, Any]],
) -> Iterator[Problem]:
    """One chain from its first line: positions, moments, links, hashes; gathers what its lines cite."""
    name = _name(chain)
    expected, previous = 1, ""
    moment: str | None = None
    for row in _stored(chain.pk):
        position = row["position"]
        if not isinstance(position, int):
            # Named by its key, which says where it stood.
            yield Problem(f"{name}, line {int(row['id']) % 2**POSITION_BITS}", f"changed: its place says {position!r}")
            continue
        place = f"{name}, line {position}"
        if position > expected:
            missing = f"{expected}" if position == expected + 1 else f"{expected}–{position - 1}"
            yield Problem(f"{name}, line {missing}", "removed: the chain has a gap here")
        if row["id"] != (chain.pk << POSITION_BITS) + position:
            yield Problem(place, "changed or reordered: its key is not that of its place")
        if _hash_of(row) != row["hash"]:
            yield Problem(place, "changed: what it says does not give its hash")
        if row["previous_hash"] != previous and position == expected:
            yield Problem(place, "reordered or changed before it: it does not follow on the line before")
        if moment is not None and str(row["recorded_at"]) < moment:
            yield Problem(place, "reordered: it was recorded before the line before it")
        expected, previous, moment = position + 1, row["hash"], str(row["recorded_at"])
        _gather(row, place, cited, where, evidence, opened)
    if chain.last_position != expected - 1 or chain.last_hash != previous:
        yield Problem(
            f"{name}, line {expected}",
            f"cut off: the book ended at line {chain.last_position} and now ends at {expected - 1}",
        )


def _gather(
    row: Mapping[str, Any],
    place: str,
    cited: dict[tuple[str, str], dict[str, set[str]]],
    where: dict[tuple[str, str, str], str],
    evidence: dict[str, str],
    opened: dict[int, dict[str, Any]],
) -> None:
    # What was tampered with has been named; only what can be a citation is followed.
    if row["source_kind"] and all(isinstance(row[name], str) for name in ("source_room", "source_kind", "source_id")):
        key = (row["source_room"], row["source_kind"])
        cited.setdefault(key, {}).setdefault(row["source_id"], set()).add(row["source_hash"])
        where.setdefault((*key, row["source_id"]), place)
    for digest in _json(row["evidence"], []) if row["evidence"] != "[]" else ():
        evidence.setdefault(str(digest), place)
    # The first one made the obligation; a task may be opened again, after its opening was voided or senselessly.
    if row["kind"] == "opened" and isinstance(row["obligation_id"], int) and row["obligation_id"] not in opened:
        opened[row["obligation_id"]] = {
            "unit": row["unit_id"], "chain": row["chain_id"], "place": place, **_json(row["payload"], {}),
        }  # fmt: skip


def _strangers(chains: Mapping[int, Chain]) -> Iterator[Problem]:
    for row in Entry.objects.exclude(chain_id__in=list(chains)).values("chain_id", "position")[:100]:
        yield Problem(f"chain {row['chain_id']}, line {row['position']}", "stands in a chain that is gone")


def _obligations(opened: Mapping[int, Mapping[str, Any]], chains: Mapping[int, Chain]) -> Iterator[Problem]:
    """Obligations against the lines that opened them: nothing of an obligation may change."""
    seen = set()
    fields = ("id", "unit_id", "chain_id", "requirement_id", "period", "part_of_id")
    requirement_hash = dict(Requirement.objects.values_list("id", "content_hash"))
    for row in Obligation.objects.values(*fields).iterator(chunk_size=5000):
        line = opened.get(row["id"])
        if line is None:
            yield Problem(f"task {row['id']}", "no line opened it, or that line was removed")
            continue
        seen.add(row["id"])
        part_of = str(row["part_of_id"]) if row["part_of_id"] is not None else None
        same = (
            row["unit_id"] == line["unit"]
            and row["chain_id"] == line["chain"]
            and row["period"] == line.get("period", "")
            and part_of == line.get("part_of")
            and requirement_hash.get(row["requirement_id"]) == line.get("requirement")
        )
        if not same:
            yield Problem(line["place"], f"the task {row['id']} that it opened was changed")
    for missing in sorted(set(opened) - seen):
        yield Problem(opened[missing]["place"], f"the task {missing} that it opened was removed")


def _requirements(opened: Mapping[int, Mapping[str, Any]]) -> Iterator[Problem]:
    """Confirmed requirements against their own hash: wording, deadline, addressees, the sentences that give them."""
    confirmed = Requirement.objects.exclude(content_hash="").values_list("pk", flat=True)
    links = {
        owner: [(one.identity_id, one.text_hash, one.gives) for one in ties]
        for owner, ties in ties_of(confirmed, at_confirmation=True).items()
    }
    hashes = {line.get("requirement") for line in opened.values()}
    kept = set()
    for requirement in Requirement.objects.exclude(content_hash="").select_related("directive"):
        kept.add(requirement.content_hash)
        if content_hash(requirement, links.get(requirement.pk, [])) != requirement.content_hash:
            yield Problem(
                f"{requirement.directive.number}, requirement {requirement.code}", "changed after it was confirmed"
            )
        elif requirement.status != Requirement.Status.CONFIRMED:
            yield Problem(
                f"{requirement.directive.number}, requirement {requirement.code}",
                "is not said to be confirmed any more",
            )
    if hashes - kept - {None}:
        yield Problem("requirements", "a requirement that the book cites was changed or removed")


def _cited(
    cited: Mapping[tuple[str, str], Mapping[str, set[str]]],
    where: Mapping[tuple[str, str, str], str],
    evidence: Mapping[str, str],
) -> Iterator[Problem]:
    """The texts and files that entries cite, rehashed from what is stored now."""
    for (room, kind), ids in sorted(cited.items()):
        try:
            now = sources.resolver_of(room, kind).hashes(sorted(ids))
        except KeyError:
            yield Problem(f"sources {room}/{kind}", "nobody can say any more what they are")
            continue
        for source_id, hashes in sorted(ids.items()):
            place = where[(room, kind, source_id)]
            if source_id not in now:
                yield Problem(place, f"its source {kind} {source_id} is gone")
            elif any(digest and digest != now[source_id] for digest in hashes):
                yield Problem(place, f"its source {kind} {source_id} was changed")
    if evidence:
        now = sources.resolver_of("documents", "file").hashes(sorted(evidence))
        for digest, place in sorted(evidence.items()):
            if digest not in now:
                yield Problem(place, f"its evidence, the file {digest[:12]}…, is gone")
            elif now[digest] != digest:
                yield Problem(place, f"its evidence, the file {digest[:12]}…, was changed")
    yield from _texts()


def _texts() -> Iterator[Problem]:
    """The sentences that confirmed requirements rest on: their text must still give the hash it had then."""
    wanted: dict[str, str] = {}
    links = RequirementProvision.objects.filter(requirement__status="confirmed").select_related(
        "requirement__directive"
    )
    ties = RequirementTie.objects.filter(requirement__status="confirmed").select_related("requirement__directive")
    both: list[RequirementProvision | RequirementTie] = [*links, *ties]
    for link in both:
        key = f"{link.identity_id}:{link.text_hash}"
        wanted[key] = f"{link.requirement.directive.number}, requirement {link.requirement.code}"
    if not wanted:
        return
    now = sources.resolver_of("documents", "text").hashes(sorted(wanted))
    for key, place in sorted(wanted.items()):
        if key not in now:
            yield Problem(place, "the sentence that gives it was changed or is gone")


def _cut(earlier: list[Checkpoint], chains: Mapping[int, Chain]) -> Iterator[Problem]:
    by_name = {_name(chain): chain for chain in chains.values()}
    for checkpoint in earlier:
        of_ties = checkpoint.directive.startswith(TIES)
        chain = by_name.get(checkpoint.directive.removeprefix(TIES))
        if chain is None:
            yield Problem(
                checkpoint.directive, "the whole chain is gone, it had reached line " + str(checkpoint.position)
            )
            continue
        lines = RequirementTie.objects if of_ties else Entry.objects
        digest = lines.filter(chain=chain, position=checkpoint.position).values_list("hash", flat=True).first()
        place = f"{checkpoint.directive}, line {checkpoint.position}"
        if digest is None:
            yield Problem(place, "cut off: a checkpoint was printed at this line and it is gone")
        elif digest != checkpoint.hash:
            yield Problem(place, "changed or rewritten since a checkpoint was printed")
