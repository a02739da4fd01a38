"""Every number that storydiff's decisions depend on, in one place, each with its reason.

`docs/methods/README.md` explains each; `storydiff settings` prints them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from compare.errors import SettingsError, way_out
from compare.foreign import toml_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EXAMPLE = "`storydiff settings` prints an example"


def _setting(default: float, reason: str, low: float = 0.0, high: float = 1.0) -> Any:
    return field(default=default, metadata={"reason": reason, "low": low, "high": high})


_ORDERED = (
    ("undecided_from", "carried_at", "nothing can be undecided"),
    ("altered_named_at", "altered_at", "a rule that names a change would speak against it"),
    ("claim_floor", "claim_link", "no claim could reach its floor"),
)


@dataclass(frozen=True)
class Settings:
    """The parameters of a comparison; `changed` returns a copy with other values."""

    carried_at: float = _setting(
        0.5,
        "a claim counts as carried from this calibrated probability on; "
        "of such cells coders call .75 (atomic claims) to .93 (whole sentences) carried",
    )
    undecided_from: float = _setting(
        0.35,
        "below it a claim counts as omitted; of such cells coders call .13 carried, "
        "of those between it and carried_at, where nothing is decided, .36 to .59",
    )
    verbatim_from: float = _setting(
        0.9, "share of the claim's content words that stand in the passage in the same order"
    )
    partial_below: float = _setting(
        0.6,
        "soft recall of the claim below which a carried claim is partial; "
        "of such whole sentences .75 are carried in part only, of the others .31",
    )
    read_from: float = _setting(
        0.05, "probability by words alone from which a reader of your own is asked; below it hardly a claim is carried"
    )
    altered_at: float = _setting(
        0.75, "probability of a changed meaning from which a carried claim is altered; high, because it accuses"
    )
    altered_named_at: float = _setting(
        0.05, "the same where a rule finds what was changed; low, because the shipped reader is seldom surer than .4"
    )
    majority_voices: int = _setting(
        3,
        "independent voices that a wording needs before an outlet that differs may be called altered",
        low=1,
        high=1000,
    )
    majority_share: float = _setting(
        0.75, "share that these must be of all voices that take a side; below it the claim is contested", low=0.5
    )
    match_from: float = _setting(0.1, "least probability of a pair in the matches table")
    claim_floor: float = _setting(0.08, "least probability of any two members of a claim")
    claim_link: float = _setting(0.22, "least average probability between two groups of clauses that become one claim")
    neighbours: int = _setting(
        30,
        "most similar clauses that are compared in full with a clause; "
        "two for each other article if that is more, and all that are as similar",
        low=1,
        high=10_000,
    )
    least_likeness: float = _setting(0.1, "least cosine of character n-grams of a pair that is compared in full")

    def __post_init__(self) -> None:
        for item in fields(self):
            value, low, high = getattr(self, item.name), item.metadata["low"], item.metadata["high"]
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
                raise SettingsError(f"setting {item.name} is {value!r}: give a number from {low:g} to {high:g}.")
            if isinstance(item.default, int) and not isinstance(value, int):
                raise SettingsError(f"setting {item.name} is {value!r}: give a whole number.")
        for lesser, greater, why in _ORDERED:
            low, high = getattr(self, lesser), getattr(self, greater)
            if low > high:
                raise SettingsError(
                    f"setting {lesser} is {low!r} and {greater} is {high!r}: {why}; make {lesser} the smaller one."
                )

    @property
    def middle_of_undecided(self) -> float:
        """The probability of a cell that is left undecided for another reason than its probability."""
        return (self.undecided_from + self.carried_at) / 2

    def changed(self, **values: float) -> Settings:
        """Return a copy with these values.

        Raises:
            SettingsError: a name is unknown or a value out of its range.
        """
        return _from_mapping(values, base=self)

    @classmethod
    def given(cls, settings: Settings | None) -> Settings:
        """Return the settings, or the defaults for None.

        Raises:
            SettingsError: they are something else.
        """
        if settings is not None and not isinstance(settings, Settings):
            raise SettingsError(f"settings is a {type(settings).__name__}; give compare.Settings(carried_at=0.6).")
        return settings or cls()

    @classmethod
    def read(cls, path: str | Path) -> Settings:
        """Read settings from a TOML file; settings that it does not name keep their defaults.

        Raises:
            SettingsError: the file cannot be read, or names an unknown setting or a bad value.
        """
        try:
            values = toml_in(path)
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
        except ValueError as error:
            raise SettingsError(f"{path}: is not TOML ({error}); {_EXAMPLE}.") from error
        try:
            return _from_mapping(values, base=cls())
        except SettingsError as error:
            raise SettingsError(f"{path}: {error}") from error

    def to_toml(self) -> str:
        """Return the settings as TOML, each with its reason as a comment."""
        return "".join(
            f"# {item.metadata['reason']}\n{item.name} = {getattr(self, item.name)}\n" for item in fields(self)
        )


def _from_mapping(values: Mapping[str, Any], base: Settings) -> Settings:
    known = [item.name for item in fields(Settings)]
    for name in values:
        if name not in known:
            raise SettingsError(f"there is no setting {name}: {way_out(name, known)}")
    return replace(base, **values)
