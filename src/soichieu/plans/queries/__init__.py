"""Reads of this room, by what they concern: each takes the asker and gives only what the asker sees."""

from soichieu.plans.queries.answers import Row, answers, superior_documents

__all__ = ["Row", "answers", "superior_documents"]
