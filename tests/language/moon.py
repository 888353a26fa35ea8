"""The moon over Việt Nam, against which tables of lunar days are held."""

from __future__ import annotations

from datetime import date, timedelta
from math import radians, sin


def new_moons(year: int) -> set[date]:
    """The days in Viet Nam (UTC+7) of the new moons around a year (Meeus, Astronomical Algorithms, chapter 49)."""
    days = set()
    first = round((year - 2000) * 12.3685) - 1
    for k in range(first, first + 15):
        t = k / 1236.85
        jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
        sun = radians(2.5534 + 29.1053567 * k)
        moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
        node = radians(160.7108 + 390.67050284 * k)
        jde += -0.4072 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
        jde += 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun) + 0.00208 * sin(2 * sun)
        hours = (jde - 2451544.5 - 69 / 86400) * 24 + 7
        days.add(date(2000, 1, 1) + timedelta(days=int(hours // 24)))
    return days
