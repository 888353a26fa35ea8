"""The demonstration: published facts about real units, and a wholly fictitious ministry in which everything happens.

``source_report``: the case of the report of 15-11-2022. ``resolution57``: 57-NQ/TW with 03/NQ-CP through two
reorganisations. ``ministry`` and ``life``: the Ministry of Lighthouses, which does not exist.
"""
