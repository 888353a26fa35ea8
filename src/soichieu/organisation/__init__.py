"""Units, places, lines, succession, posts, people, roles, and the one rule of who may see and do what."""
