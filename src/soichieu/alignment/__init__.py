"""Soi chiếu: which item serves which provision, and why."""
