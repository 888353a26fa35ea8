"""Sign-in only: who sits at the keyboard, and in which post. What they may see and do is organisation's rule."""
