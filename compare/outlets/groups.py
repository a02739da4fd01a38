"""Groups of outlets as a user brings them: leaning, country, ownership."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, InputWarning
from compare.reading.problems import listed
from compare.reading.records import cleaned_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    Groups = Mapping[str, str] | pd.Series | pd.DataFrame


def group_labels(
    groups: Groups, outlets: Sequence[str], *, least: int = 2, stacklevel: int = 4
) -> tuple[str, list[str]]:
    """Give each outlet its group, and the groups a name.

    Args:
        groups: a mapping of outlets to groups; a Series of groups by outlet, whose name names them; or a DataFrame
            (such as the articles) with the column outlet and one other, whose name names them.
        outlets: the corpus's outlets.
        least: how many groups there must be; 1 where none are compared.
        stacklevel: whom a warning is addressed to: the caller of so many functions.

    Returns:
        The name, and for each outlet its group, empty if it has none.

    Raises:
        InputError: an outlet has two groups, no outlet has one, or all have the same and there must be more.
    """
    name, pairs = _pairs(groups)
    found: dict[str, str] = {}
    for outlet, group in pairs:
        key, value = cleaned_name(str(outlet)), str(group).strip()
        if not _is_given(group) or not value:
            continue
        if found.setdefault(key, value) != value:
            raise InputError(f"outlet {key!r} is in two groups ({found[key]!r} and {value!r}); give it one.")
    labels = [found.get(outlet, "") for outlet in outlets]
    if not any(labels):
        raise InputError(f"no outlet of the corpus is in a group; the corpus has {listed(list(outlets))}.")
    if len(set(labels) - {""}) < least:
        raise InputError(f"all outlets are in one group ({next(filter(None, labels))!r}); a comparison needs two.")
    without = [outlet for outlet, label in zip(outlets, labels, strict=True) if not label]
    if without:
        warnings.warn(f"in no group and left out: {listed(without)}.", InputWarning, stacklevel=stacklevel)
    return name, labels


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


def _is_given(group: Any) -> bool:
    return group is not None and group == group  # noqa: PLR0124 - nan is not itself
