"""What a passage words and does not assert: "it is not known whether the plant will close", "it is untrue that"."""

from __future__ import annotations

import re
from typing import NamedTuple

_REPORTS = r"(?:claims?|reports?|rumours?|rumors?|suggestions?|allegations?|accusations?|stories)"
_FALSE = r"(?:false|untrue|baseless|unfounded|wrong|not true|made up|a lie)"
_OPEN = r"(?:not (?:yet |at all )?(?:known|clear|certain|sure)|unclear|unknown|uncertain|open|disputed)"
_ASKING = r"(?:ask(?:ed|s)?|examin(?:e|es|ed|ing)|investigat(?:e|es|ed|ing)|look(?:s|ed|ing)? into|stud(?:y|ies|ied))"
_FRAMES = (
    ("negation", rf"it(?:['’]s| is| was) {_FALSE} that (?P<told>.+)"),
    ("negation", rf"{_REPORTS} that (?P<told>.+?) (?:is|are|was|were) (?:all )?{_FALSE}\b.*"),
    ("hedge", rf"(?:it|that)(?:['’]s| is| was| remains) (?:still )?{_OPEN} (?:whether|if) (?P<told>.+)"),
    ("hedge", r"(?:nobody|no one|no-one) (?:knows|knew|could say|can say) (?:whether|if) (?P<told>.+)"),
    ("hedge", rf"(?:[\w'’-]+ ){{1,8}}{_ASKING} (?:whether|if) (?P<told>.+)"),
    ("modality", r"(?:even )?(?:if|unless) (?P<told>[^,;]+),.+"),
)
_COMPILED = tuple((kind, re.compile(rf"\A{frame}\Z", re.IGNORECASE)) for kind, frame in _FRAMES)
_LONGEST = 400  # characters of a sentence that is looked at


class Unasserted(NamedTuple):
    """What is not asserted: the kind of change against whoever says so, the words around it, and it."""

    kind: str
    words: str
    told: str


def unasserted(sentence: str) -> Unasserted | None:
    """Find what a whole sentence words without asserting it, None where it does no such thing."""
    text = sentence.strip().rstrip(".!”\"'’")
    if len(text) > _LONGEST:
        return None
    for kind, frame in _COMPILED:
        found = frame.match(text)
        if found:
            words = f"{text[: found.start('told')]}…{text[found.end('told') :]}".strip()
            return Unasserted(kind, words, found["told"])
    return None
