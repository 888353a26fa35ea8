"""Numbers of documents: parsed, printed back, and repaired with reasons where they are damaged.

Four forms are in use:

- party, `118-KH/ĐUCA`: number-kind/issuer (party usage);
- state, `130/KH-UBND`: number/kind-issuer, and official letters `83/BKHCN-VP`: number/issuer-office without a
  kind (decree 30/2020/NĐ-CP, annex I);
- normative, `30/2020/NĐ-CP`: number/year/kind-issuer (law on promulgation of legal documents);
- assembly, `202/2025/QH15`: number/year/body and term.
"""

from __future__ import annotations

from .forms import DocumentNumber, Family, canonical, parse_number
from .kinds import ISSUERS, KINDS, WORDS, Kind, issuer_names, issuer_side
from .repairs import NumberCandidate, blank, repair

__all__ = [
    "ISSUERS",
    "KINDS",
    "WORDS",
    "DocumentNumber",
    "Family",
    "Kind",
    "NumberCandidate",
    "blank",
    "canonical",
    "issuer_names",
    "issuer_side",
    "parse_number",
    "repair",
]
