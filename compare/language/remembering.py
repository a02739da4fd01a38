"""A cache for functions of texts."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = 5000  # results of one function from one story to the next
_LONGEST = 2000  # characters; a longer "sentence" is a broken page, which would stay in memory for long
_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")
_caches: list[Any] = []


def remembered(most: int) -> Callable[[Callable[_Given, _Found]], Callable[_Given, _Found]]:
    """Cache the last `most` results of a function of texts, or of objects with a `text`, unless one of them is long."""

    def decorate(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
        cached = lru_cache(maxsize=most)(function)
        _caches.append(cached)

        @wraps(function)
        def look_up(*given: _Given.args, **named: _Given.kwargs) -> _Found:
            for one in given:  # no generator: this is called hundreds of thousands of times
                if len(one if isinstance(one, str) else getattr(one, "text", "")) > _LONGEST:
                    return function(*given, **named)
            asked: Callable[..., _Found] = cached
            return asked(*given, **named)

        return look_up

    return decorate


def forget() -> None:
    """Empty the caches that a large story has filled, so that those of many stories do not add up in memory.

    What small stories leave stays for the next ones, which may print the same wire copy.
    """
    for cached in _caches:
        if cached.cache_info().currsize > _KEPT:
            cached.cache_clear()
