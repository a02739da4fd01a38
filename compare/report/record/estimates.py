"""Estimates with their intervals: as text, and as a dot with whiskers on a common scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor, isnan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEVEL = 0.05  # of q: below it a difference is beyond chance
WIDTH = 120  # of a drawing, in its own units
_STEP = 0.1  # scales begin and end at a multiple of it
NOTHING = "\u2013"


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval; nan where there is none."""

    value: float
    low: float
    high: float
    warning: str = ""
    validated: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return not isnan(self.value)

    @property
    def bounded(self) -> bool:
        """Whether it has an interval."""
        return not (isnan(self.low) or isnan(self.high))

    @property
    def turned(self) -> Estimate:
        """The difference the other way round."""
        return replace(self, value=-self.value, low=-self.high, high=-self.low)

    @property
    def share(self) -> str:
        """A share in per cent."""
        return f"{100 * self.value:.0f}\u00a0%" if self.known else NOTHING

    @property
    def share_range(self) -> str:
        """The interval of a share, in per cent."""
        return f"{100 * self.low:.0f}\u2013{100 * self.high:.0f}" if self.bounded else ""

    @property
    def number(self) -> str:
        """A mean between 0 and 1."""
        return f"{self.value:.2f}" if self.known else NOTHING

    @property
    def number_range(self) -> str:
        """The interval of a mean."""
        return f"{self.low:.2f}\u2013{self.high:.2f}" if self.bounded else ""

    @property
    def points(self) -> str:
        """A difference in percentage points, with its sign."""
        return signed(self.value) if self.known else NOTHING

    @property
    def points_range(self) -> str:
        """The interval of a difference, in percentage points."""
        return f"{signed(self.low)} to {signed(self.high)}" if self.bounded else ""


def signed(share: float) -> str:
    """Give a difference of shares in percentage points, with its sign: a plus or a minus, 0 without."""
    rounded = round(100 * share)
    return f"+{rounded}" if rounded > 0 else f"\u2212{-rounded}" if rounded else "0"


def small(p: float) -> str:
    """Give a p-value: `.034`, `< .001`."""
    if isnan(p):
        return NOTHING
    return "<\u00a0.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def tested(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Give what a row's test says: p and q as text, and whether it is certain, beyond chance."""
    return {"p": small(row["p_value"]), "q": small(row["q_value"]), "certain": bool(row["q_value"] < LEVEL)}


@dataclass(frozen=True)
class Scale:
    """What a row of drawings has in common: the values at its two ends."""

    start: float
    end: float

    def at(self, value: float) -> int:
        """Where a value is drawn."""
        return round(WIDTH * (min(max(value, self.start), self.end) - self.start) / (self.end - self.start))

    @property
    def ends(self) -> str:
        """The ends in words."""
        return f"from {100 * self.start:.0f} to {100 * self.end:.0f}".replace("-", "\u2212")


def scale_of(estimates: Iterable[Estimate], *, zero: bool = False) -> Scale:
    """Fit a scale to all the estimates that a column draws, `zero` in it if asked for."""
    values = [
        value
        for one in estimates
        for value in (one.value, one.low, one.high, *([0.0] if zero else []))
        if not isnan(value)
    ]
    start = _STEP * floor(round(min(values, default=0) / _STEP, 6))
    end = _STEP * ceil(round(max(values, default=1) / _STEP, 6))
    return Scale(round(start, 6), round(max(end, start + _STEP), 6))
