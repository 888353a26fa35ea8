"""Reads of this room: the light table, the matrix, what stands."""
