"""``soichieu plans``: the programmes, plans and key tasks of units from the command line."""

from __future__ import annotations

import click

from soichieu.cli import plan_register
from soichieu.cli.plan_lines import import_plan, show_plan


@click.group()
def plans() -> None:
    """Programmes, plans and key tasks: their lines, and what stands of them."""


plans.add_command(import_plan)
plans.add_command(show_plan)
plans.add_command(plan_register.register)
plans.add_command(plan_register.in_force_on)
plans.add_command(plan_register.judge)
plans.add_command(plan_register.report)
plans.add_command(plan_register.register_signed)
