"""How the faces of a conference are drawn: parts of pages, made once from a state for all who look."""
