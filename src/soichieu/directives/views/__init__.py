"""Pages of this room, in a module for each family."""
