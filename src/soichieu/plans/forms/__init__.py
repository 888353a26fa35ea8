"""Forms of this room: each keeps what was typed, and the file that was chosen."""
