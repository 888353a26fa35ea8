"""The four faces of a conference under way: the chair's desk, a site, the hall screen, the secretary's page."""
