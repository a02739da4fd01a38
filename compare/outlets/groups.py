"""Groups of outlets provided by a user: leaning, country, ownership."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, listed, near_name, warn
from compare.reading.records import cleaned_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    Groups = Mapping[str, str] | pd.Series | pd.DataFrame


def group_labels(groups: Groups, outlets: Sequence[str], *, least: int = 2) -> tuple[str, list[str]]:
    """Return the name of the grouping, and each outlet's group (empty if it has none).

    Args:
        groups: a mapping of outlets to groups; a Series of groups by outlet, named after them; or a DataFrame (such as
            the articles) with the column outlet and one other, named after them.
        outlets: the outlets of a corpus or a story.
        least: how many groups there must be; 1 where none are compared.

    Raises:
        InputError: an outlet has two groups, no outlet has one, or there are fewer than `least` groups.
    """
    name, pairs = _pairs(groups)
    found: dict[str, str] = {}
    for outlet, group in pairs:
        key, value = cleaned_name(str(outlet)), str(group).strip()
        if group is None or group != group or not value:  # noqa: PLR0124 - nan is not itself
            continue
        if found.setdefault(key, value) != value:
            raise InputError(f"outlet {key!r} is in two groups ({found[key]!r} and {value!r}); give it one.")
    labels = [found.get(outlet, "") for outlet in outlets]
    strangers = _strangers(found, outlets)
    if not any(labels):
        raise InputError(f"none of the outlets is in a group; they are {listed(list(outlets))}.")
    if len(set(labels) - {""}) < least:
        more = f"; there are no outlets {strangers}" if strangers else ""
        raise InputError(
            f"all outlets are in one group ({next(filter(None, labels))!r}); a comparison needs two{more}."
        )
    if strangers:
        warn(f"groups name outlets that are not among these: {strangers}.")
    without = [outlet for outlet, label in zip(outlets, labels, strict=True) if not label]
    if without:
        said = f"in no group, so left out where groups are compared: {listed(without)}."
        warn(said)
    return name, labels


def in_order(groups: Groups, labels: Sequence[str]) -> list[str]:
    """Return the groups among these labels, in the order in which `groups` names them first."""
    named = (str(group).strip() for _, group in _pairs(groups)[1])
    return [group for group in dict.fromkeys(named) if group and group in labels]


def grouped(groups: Groups, outlets: Sequence[str], *, least: int = 1) -> dict[str, list[str]]:
    """Return the outlets of each group of a story, the groups in the order in which `groups` names them.

    Raises:
        InputError: an outlet has two groups, or no outlet has one.
    """
    labels = group_labels(groups, outlets, least=least)[1]
    return {
        group: [outlet for outlet, label in zip(outlets, labels, strict=True) if label == group]
        for group in in_order(groups, labels)
    }


def _strangers(found: Mapping[str, str], outlets: Sequence[str]) -> str:
    """List the names that no outlet has, each with the outlet probably meant."""
    known, waiting = set(outlets), [outlet for outlet in outlets if outlet not in found]
    names = []
    for name in found:
        if name not in known:
            near = near_name(name, waiting)
            names.append(f"{name!r} (did you mean {near!r}?)" if near else repr(name))
    return listed(names)


def _pairs(groups: Any) -> tuple[str, list[tuple[Any, Any]]]:
    import pandas as pd

    if isinstance(groups, pd.DataFrame):
        others = [str(column) for column in groups.columns if column != "outlet"]
        if "outlet" not in groups.columns or len(others) != 1:
            raise InputError(
                "groups as a table need the column outlet and one other, such as articles[['outlet', 'leaning']]; "
                f"this one has {listed(list(map(str, groups.columns)))}."
            )
        return others[0], list(zip(groups["outlet"], groups[others[0]], strict=True))
    if isinstance(groups, pd.Series):
        return str(groups.name or "group"), list(groups.items())
    if isinstance(groups, Mapping):
        return "group", list(groups.items())
    raise InputError(f"groups are a {type(groups).__name__}: give a mapping of outlets to groups.")
