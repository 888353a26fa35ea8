"""The room of a unit's own plans: a plan answers a task by its number, its date and its file."""
