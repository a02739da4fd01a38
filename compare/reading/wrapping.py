"""Rejoin text that was wrapped at a fixed width: copied PDF, mail, old database exports."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import NamedTuple

# A line end, the blank lines after it, and the start of the next line: spaces, or a mail's quote marks.
_BREAK = re.compile(r"(?<=\S)[^\S\n]*+\n(?P<blank>(?:[ \t\r\f]*+\n)*+)(?=(?P<indent>[ \t\f]*+(?:>[ \t]++)*+)\S)")
_LAST = r"the|an?|of|and|or|nor|but|that|which|whose|than|mrs?|ms|dr"  # no sentence and few headlines end like this
_MAY_GO_ON = re.compile(  # most texts have no such line end
    rf"\n[ \t\f>]*[a-zß-ÿ]|[-\u2010\u00ad][ \t\r]*\n|(?:,|\b(?:{_LAST})\.?)[ \t\r]*\n", re.IGNORECASE
)
_OPEN_END = re.compile(rf"(?:,|\b(?:{_LAST}))$|\b(?:Mrs?|Ms|Dr)\.$", re.IGNORECASE)
# Headlines may end like this, but rarely, so it only helps to recognise wrapped text.
_LIKELY_OPEN = re.compile(r"\b(?:on|in|at|to|by|for|from|with|was|were|is|are|has|had|his|her|its|their|as)$")
_HYPHENS = "-\u2010\u00ad"
_SOFT_HYPHEN = "\u00ad"
_LAST_WORD = re.compile(r"[^\W\d_]{1,40}$")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TERMINAL = ".!?…:"
_CLOSING = "\"”’'»)]"
_BULLET = re.compile(r"[-–—•*>]|\d+[.)]\s")
_ITEM = 20  # characters; a shorter line may be an item of a list
_ROUNDS = 8  # joining lengthens short lines, which may then be joined again
_WIDEST = 130  # most characters of a wrapped line; paragraphs are longer
_FULL = 0.75  # share of the widest line from which a line is full
_HALF_FULL = 0.5  # the same if the line does not end a sentence
_WRAPPED_FROM = 0.4  # share of line ends in mid-sentence from which the whole text counts as wrapped


class Whole(NamedTuple):
    """A text without the line ends of wrapping, and where its pieces come from.

    Attributes:
        text: the joined text.
        starts: the start of each piece in the joined text.
        origins: the start of the same piece in the original text.
    """

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, at: int) -> int:
        """Return the original position of a character of the joined text."""
        piece = bisect_right(self.starts, at) - 1
        return self.origins[piece] + at - self.starts[piece]


def unwrapped(text: str) -> Whole:
    r"""Join the lines of a text that was wrapped at a fixed width, and the words hyphenated at their ends.

    A line end is removed if a sentence visibly goes on after it: with a lower-case letter, or after a comma or an
    article. If many of a text's line ends are like this, those of full lines are removed too. Indents and blank lines
    still separate paragraphs, except blank lines in a wrapped text after which a sentence goes on with a lower-case
    letter.

    A hyphen at the end is removed if that makes a word ("No-\nbody"). It stays between two words that make none
    ("well-\nknown"), and if the text has the hyphenated word elsewhere. The known words are those of the sentence
    vectors.
    """
    if not _MAY_GO_ON.search(text):
        return Whole(text, [0], [0])
    # Each line end, and the line before it without trailing white space.
    cuts = [
        (found, line)
        for found in _BREAK.finditer(text)
        if (line := text[text.rfind("\n", 0, found.start()) + 1 : found.start()].rstrip())
    ]
    soft = [_goes_on(text, found, line) for found, line in cuts]
    if sum(soft) < 2:  # a single blank line proves nothing
        soft = [surely and not found["blank"] for surely, (found, _) in zip(soft, cuts, strict=True)]
    if not any(soft):
        return Whole(text, [0], [0])
    width = max(len(line) for _, line in cuts)
    likely = [surely or bool(_LIKELY_OPEN.search(line)) for surely, (_, line) in zip(soft, cuts, strict=True)]
    inside = sum(surely or not found["blank"] for surely, (found, _) in zip(soft, cuts, strict=True))
    wrapped = width <= _WIDEST and sum(likely) >= max(2, _WRAPPED_FROM * inside)
    words = frozenset(_WORDS.findall(text.lower()))
    pieces, starts, origins, length, last = [], [0], [0], 0, 0
    for (found, line), surely in zip(cuts, soft, strict=True):
        if not (surely or (wrapped and _is_full(text, found, line, width))):
            continue
        following = found.end() + len(found["indent"])
        end, joint = text.rfind("\n", 0, found.start()) + 1 + len(line), " "
        if _parts_a_word(line, text[following]):
            joint = ""
            end -= not _keeps_hyphen(line, text[following : following + 40], words)
        pieces += [text[last:end], joint]
        length += end - last + len(joint)
        last = following
        starts.append(length)
        origins.append(last)
    return Whole("".join([*pieces, text[last:]]), starts, origins)


def joined(text: str) -> str:
    """Apply `unwrapped` until the text no longer changes, and return it."""
    for _ in range(_ROUNDS):
        before, text = text, unwrapped(text).text
        if text == before:
            break
    return text


def _parts_a_word(line: str, following: str) -> bool:
    return line[-1:] in _HYPHENS and line[-2:-1].isalnum() and following.isalnum()


def _goes_on(text: str, found: re.Match[str], line: str) -> bool:
    """Whether a sentence or a word visibly goes on in the next line."""
    following = text[found.end() + len(found["indent"])]
    if _parts_a_word(line, following):
        return True
    if len(line.strip()) < _ITEM:
        return False
    if following.islower():
        return line.rstrip(_CLOSING)[-1:] not in _TERMINAL
    return bool(not found["blank"] and _OPEN_END.search(line) and not _BULLET.match(text, found.end()))


def _is_full(text: str, found: re.Match[str], line: str, width: int) -> bool:
    """Whether a line of a wrapped text ends because it is full, not because a paragraph ends."""
    indent = found["indent"].partition(">")[0]
    quoted = ">" in found["indent"]
    if found["blank"] or len(indent) > 1 or "\t" in indent or (not quoted and _BULLET.match(text, found.end())):
        return False
    ended = line.rstrip(_CLOSING)[-1:] in _TERMINAL
    return len(line) >= (_FULL if ended else _HALF_FULL) * width


def _keeps_hyphen(line: str, following: str, words: frozenset[str]) -> bool:
    """Whether the hyphen at the end of a line belongs to a compound, and does not split a word."""
    if line[-1] == _SOFT_HYPHEN:
        return False
    left, right = _LAST_WORD.search(line[:-1]), _WORD.match(following)
    if left is None or right is None or not right[0].islower():
        return True
    before, after = line[left.start() - 1 : left.start()], following[right.end() : right.end() + 1]
    if "-" in (before, after):
        return True  # "state-of-\nthe-art"
    first, second = left[0].lower(), right[0]
    known = known_words()
    if first + second in words or f"{first}-{second}" in words:
        return first + second not in words
    if first + second in known or (first + second).removesuffix("s") in known:
        return False
    return first in known and second in known


@cache
def known_words() -> frozenset[str]:
    """Return the whole words of the sentence vectors, the only word list in the package."""
    import numpy as np

    with np.load(Path(__file__).parents[1] / "language" / "potion64.npz", allow_pickle=False) as file:
        pieces = file["pieces"].tobytes().decode("utf-8").split("\n")
    return frozenset(piece for piece in pieces if not piece.startswith("##"))
