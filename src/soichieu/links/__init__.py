"""The room of *soi chiếu*: which line of a plan answers which sentence, as people decided; suggestions beside it.

A line is known here by room, kind and key; the rooms that have lines register a provider (``items``).
"""
