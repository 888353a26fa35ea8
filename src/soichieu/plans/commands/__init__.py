"""Every change of this room, by what it concerns."""

from soichieu.plans.commands.answers import Answered, answer_with_plan, carry_out_directly, require

__all__ = ["Answered", "answer_with_plan", "carry_out_directly", "require"]
