"""Changes of meaning that the words prove, whatever a reader makes of them.

Both passages are about the same, nearly word for word, and differ in one mark: another day, another side, "some" for
"all", "planned to" for did. Or they report the same from two mouths that cannot be one. All proofs come together here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.clauses import clauses
from compare.language.split import split_text
from compare.matching.changes.attribution import surely_two
from compare.matching.changes.clashes import clash, counts, lost, opposed
from compare.matching.changes.frame import Frame, marks, speakers, told
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.unasserted import unasserted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.matching.changes.reading import Mark, Reading
    from compare.matching.changes.sources import Source

Proof = tuple[str, str, str]  # the kind, the words here and there

# Where the main clause ends and what is told besides begins.
_BESIDES = re.compile(r", (?:who|which|whose|where)\b| (?:after|amid|following|because|despite)\b")
_MOST_LONGER = 2  # words that the claim may have more than the passage
_MOST_CLAUSES = 12  # of a sentence; one with more is a list
_LONGEST_SHOWN = 4  # words between a mark and the word it goes with


def proven(
    claim: Reading, sentence: str, read: Callable[[str], Reading], passage: str = "", article: Sequence[str] = ()
) -> Proof | None:
    """Find the change of meaning that the words of a claim and a passage prove.

    Args:
        claim: the claim.
        sentence: the sentence of the passage that tells it.
        read: gives a text as a reading.
        passage: the sentence with its neighbours. Where one of them tells the claim as it is, nothing is proven.
        article: the sentences of the passage's article.
    """
    framed = unasserted(sentence)
    if framed and unasserted(claim.text) is None and _tells_no_more(claim, read(framed.told), article):
        plain = any(_unchanged(claim, read(other), article) for other in article if other != sentence)
        return None if plain else (framed.kind, claim.show(0, len(claim.words) - 1), framed.words)
    parts = clauses(sentence)
    texts = [sentence, *(part.read(sentence) for part in parts if 1 < len(parts) <= _MOST_CLAUSES)]
    texts.append(_BESIDES.split(sentence)[0])
    beside = [passage[begin:end] for begin, end in split_text(passage)] if passage != sentence else []
    finders = (found for text in texts if (found := _found(claim, read(text), article)))
    found = next(finders, None)
    if found and any(_unchanged(claim, read(text), article) for text in (*texts, *beside)):
        return None
    return found


def _found(claim: Reading, other: Reading, article: Sequence[str]) -> Proof | None:
    return _either_way(claim, other) or _another_speaker(claim, other, article)


def _either_way(one: Reading, other: Reading) -> Proof | None:
    """The change that one mark proves, whichever of the two has a word more."""
    found = _between(one, other)
    if found or abs(len(told(one)) - len(told(other))) > _MOST_LONGER:
        return found
    turned = _between(other, one)
    return (turned[0], turned[2], turned[1]) if turned else None


def _unchanged(claim: Reading, other: Reading, article: Sequence[str]) -> bool:
    """Whether a text tells a claim as it is."""
    frame = Frame.of(claim, other)
    differ = _clashes(frame) or any(map(counts, (*frame.here, *frame.there))) or frame.amounts_here
    # "It is not": what a mark says of a pronoun, it may say of what the claim names.
    whole = frame.shared and len(frame.missing) + len(frame.here) <= (frame.agreed > 0)
    return bool(whole) and not differ and not _another_speaker(claim, other, article)


def _tells_no_more(claim: Reading, other: Reading, article: Sequence[str]) -> bool:
    """Whether a text tells a claim as it is and nothing else: who asks whether it was on purpose, asks no more."""
    return _unchanged(claim, other, article) and not Frame.of(claim, other).added


def _another_speaker(left: Reading, right: Reading, article: Sequence[str]) -> Proof | None:
    """Find the same content from two mouths that cannot be one."""
    here, there = (_called(speakers(reading)) for reading in (left, right))
    if len(here) != 1 or len(there) != 1:
        return None
    frame = Frame.of(left, right)
    differ = _clashes(frame) or any(map(counts, (*frame.here, *frame.there))) or frame.amounts_here
    if differ or not frame.says_the_same(len(frame.here), len(frame.there)):
        return None
    two = surely_two(here[0], there[0], (left.text, right.text), article)
    return ("attribution", here[0].told, there[0].told) if two else None


def _called(sources: Sequence[Source]) -> list[Source]:
    """The sources that are called something; "he said" tells nothing beside them."""
    return [source for source in sources if source.names or source.roles]


def _clashes(frame: Frame) -> list[tuple[Mark, Mark]]:
    return [(one, other) for one in frame.here for other in frame.there if clash(one, other)]


def _between(left: Reading, right: Reading) -> Proof | None:
    """The change of meaning between two texts that one mark proves, nothing where there is none."""
    if not (marks(left) or marks(right)) or left.text.rstrip().endswith("?") or right.text.rstrip().endswith("?"):
        return None
    frame = Frame.of(left, right)
    clashing = _clashes(frame)
    here = [one for one in frame.here if one not in [pair[0] for pair in clashing]]
    there = [one for one in frame.there if one not in [pair[1] for pair in clashing]]
    alone = [(one, side) for side, ones in enumerate((here, there)) for one in ones if counts(one)]
    if not clashing and not alone:
        return None
    if len(clashing) + len(alone) != 1 or frame.amounts_here:
        return None
    # What is a mark of one alone and turns nothing is a word that the other lacks.
    spare = [sum(not counts(one) for one in side) for side in (here, there)]
    joins = bool(alone) and alone[0][0].value(SHARE) == "only"
    if not joins and not frame.says_the_same(*spare):
        return None
    if clashing:
        kind = opposed(frame, *clashing[0])
        return (kind, _words(left, clashing[0][0]), _words(right, clashing[0][1])) if kind else None
    return _of_one_alone(frame, *alone[0], spare)


def _of_one_alone(frame: Frame, one: Mark, side: int, spare: Sequence[int]) -> Proof | None:
    """What a mark proves that one of the two alone has: the left (0) or the right (1)."""
    sides = frame.pair.left, frame.pair.right
    seen = Frame.of(*sides[::-1]) if side else frame
    kind, place = lost(seen, one, spare[side])
    if not kind:
        return None
    words = [_words(sides[side], one), sides[1 - side].show(place, place)]
    return kind, words[side], words[1 - side]


def _words(reading: Reading, one: Mark) -> str:
    """A mark, with the word that it goes with where that is near."""
    last = one.places[-1]
    near = one.word - last < _LONGEST_SHOWN and reading.commas[one.word] == reading.commas[last]
    return reading.show(one.places[0], max(one.word, last) if near else last)
