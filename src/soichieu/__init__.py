"""Soi Chiếu: one unbroken thread from each sentence of a directive to what answers it."""
