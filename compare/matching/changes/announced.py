"""Announced actions: "The mayor said she would resign if a gap was found" tells that the mayor would resign."""

from __future__ import annotations

import re

from compare.language.english import changes as english

# The condition on which something will or would be done; only its "if" is kept.
_IF = r"(?:only |but |even )*(?:if|unless|provided|providing|on condition|as long as|in case)\b"
_CONDITION = re.compile(
    rf"(?P<done>.*\b(?:would|will)\b[^,;]+?),? {_IF}.*"
    rf"|{_IF}[^,;]+, (?:then )?(?P<then>[^,;]+\b(?:would|will)\b[^,;]+).*",
    re.IGNORECASE | re.DOTALL,
)
# "The mayor said she would resign": the speaker is the one to act.
_PROMISE = re.compile(
    rf"(?P<who>[^,;]{{1,80}}?),? (?:(?:has|have|had) )?(?:{'|'.join(sorted(english.announcing))})(?: on \w+)?(?: that)?"
    r" (?:it|he|she|they) (?P<will>(?:would|will)\b(?! (?:not|never|have|like)\b)[^,;.!?]+)"
)


def announced(text: str) -> list[str]:
    """Return what a text says somebody would do, without the speaker and the condition; an "if" ends each."""
    hangs = _CONDITION.fullmatch(text.strip().rstrip('.!?”"’'))
    bare = [f"{hangs['done'] or hangs['then']} if"] if hangs else []
    promised = (_PROMISE.match(one) for one in (*bare, text))
    return bare + [f"{one['who']} {one['will'].removesuffix(' if')} if" for one in promised if one]
