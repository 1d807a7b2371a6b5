"""Phone numbers that regulators keep free for films and samples, and that no plan of numbers lists (E.164)."""

from __future__ import annotations

# Ofcom (mobile; no area), ARCEP (mobile), ComReg, PTS (Stockholm, Göteborg, Malmö, Kiruna, mobile)
RESERVED_NUMBERS = (
    r"\+(?:447700900\d{3}|441632960\d{3}|3363998\d{4}|3532091\d{5}|"
    r"468465004\d{2}|463139006\d{2}|464062804\d{2}|469803192\d{2}|467017406\d{2})"
)
