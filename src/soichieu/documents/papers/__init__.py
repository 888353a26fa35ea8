"""Papers that an office signs elsewhere: the layout of a document, as a state body or a party body writes it."""
