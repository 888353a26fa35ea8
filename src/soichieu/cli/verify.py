"""``soichieu verify``: whether the book is whole, and what is not."""

from __future__ import annotations

from pathlib import Path

import click

from soichieu.cli.django_setup import BadInput, require_migrated
from soichieu.conferences import verification as conferences
from soichieu.ledger import clock
from soichieu.ledger import verification as ledger
from soichieu.ledger.verification import Checkpoint

HEAD = "# soichieu checkpoints"
"""How a printing begins, before its moment and how many checkpoints follow: half a file is no proof of the rest."""


@click.command()
@click.option(
    "--checkpoints", "file", type=click.Path(path_type=Path), help="Checkpoints printed earlier: names a cut tail."
)
@click.option(
    "--print-checkpoints",
    is_flag=True,
    help="Print the last position and hash of each chain and each conference, and stop.",
)
def verify(file: Path | None, print_checkpoints: bool) -> None:
    """Recompute every hash and name whatever was changed, removed, reordered or cut off. Exit 0 when clean, 1 when
    not."""
    require_migrated()
    if print_checkpoints:
        ends = [*ledger.checkpoints(), *conferences.checkpoints()]
        # A printing of a book without a line yet is told by this head from a file that holds none.
        click.echo(f"{HEAD} {clock.now().isoformat(timespec='seconds')}\t{len(ends)}")
        for checkpoint in ends:
            click.echo(checkpoint.line())
        return
    earlier = _read(file) if file else []
    of_directives = [one for one in earlier if not one.directive.startswith(conferences.PREFIX)]
    problems = [*ledger.verify(of_directives), *conferences.verify(earlier)]
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise SystemExit(1)
    held = f"held against {len(earlier)} checkpoints" if file else "no checkpoints given: a cut tail would not show"
    click.echo(f"clean ({held})", err=True)


def _read(file: Path) -> list[Checkpoint]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{file}: cannot be read as checkpoints ({error}); name a file that"
            " `soichieu verify --print-checkpoints` printed"
        ) from error
    found, said = [], None
    for number, line in enumerate(lines, start=1):
        if line.startswith(HEAD):
            said = line.rpartition("\t")[2]
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(Checkpoint.parse(line))
        except ValueError as error:
            raise BadInput(f"{file}, line {number}: {error}") from error
    if said is None and not found:
        raise BadInput(f"{file}: holds no checkpoint; name a file that `soichieu verify --print-checkpoints` printed")
    if said is not None and said != str(len(found)):
        raise BadInput(f"{file}: {said} checkpoints were printed, {len(found)} stand in it; name the whole file")
    return found
