"""Random histories of a whole hierarchy, played against the real book and an oracle written from the rule alone."""
