"""What ``verify`` says of the changes to the sentences that give requirements: recomputed line by line."""

from __future__ import annotations

from collections.abc import Iterator

from soichieu.ledger.models import Chain, RequirementTie
from soichieu.ledger.ties import tie_hash


def last_of(chain: Chain) -> tuple[int, str] | None:
    """Position and hash of the last change; None when there is none."""
    return RequirementTie.objects.filter(chain=chain).order_by("-position").values_list("position", "hash").first()


def walk(chain: Chain) -> Iterator[tuple[str, str]]:
    """(where, what) does not hold in the changes of a directive, from the first on."""
    expected, previous = 1, ""
    for line in RequirementTie.objects.filter(chain=chain).select_related("requirement").order_by("position"):
        place = f", line {line.position}"
        if line.position > expected:
            yield f", line {expected}", "removed: the chain has a gap here"
        elif line.previous_hash != previous:
            yield place, "reordered or changed before it: it does not follow on the line before"
        if tie_hash(vars(line)) != line.hash:
            yield place, "changed: what it says does not give its hash"
        if line.requirement.directive_id != chain.directive_id:
            yield place, "changed: its requirement is of another directive"
        expected, previous = line.position + 1, line.hash
