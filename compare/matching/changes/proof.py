"""Changes of meaning that the words alone prove.

Either the passages are nearly the same word for word and differ in one mark (another day, another side, "some" for
"all"), or two different speakers say the same thing, or one only mentions what the other asserts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.clauses import clauses
from compare.language.english import changes as english
from compare.language.remembering import remembered
from compare.language.split import split_text
from compare.matching.changes import direction, hedges, times
from compare.matching.changes.across import found_empty, in_two
from compare.matching.changes.announced import announced
from compare.matching.changes.attribution import called_something, surely_two
from compare.matching.changes.certainty import DOUBT, SURE
from compare.matching.changes.certainty import SCALE as CERTAIN
from compare.matching.changes.denials_of_less import denied_in_whole
from compare.matching.changes.frame import Frame, marks, marks_beside, speakers, told
from compare.matching.changes.lexicon import ALSO_DENY, BE, UNTIL, stems
from compare.matching.changes.light import lights
from compare.matching.changes.negation import SCALE as DENIED
from compare.matching.changes.negation import takes_against
from compare.matching.changes.quantifiers import OPEN, shares_differ
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.reading import form_of, kept
from compare.matching.changes.scope import ends_by_itself, of_limits, tells_apart
from compare.matching.changes.silent import answered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.matching.changes.reading import Mark, Reading

Proof = tuple[str, str, str]  # the kind, the words here and there

# Where the main clause ends and secondary matter begins.
_BESIDES = re.compile(
    r"; |, (?:who|which|whose|where)\b| (?:after|amid|following|because|despite)\b"
    r"|,? (?:but|though|although) (?:has|have|had|did|does|do) (?:not|yet)\b"
)
_MOST_LONGER = 2  # words by which the two may differ in length
_MOST_CLAUSES = 12  # of a sentence; one with more is a list
_LONGEST_SHOWN = 4  # words between a mark and the word it goes with

_BESIDE = 4  # words between "and" and a word that it joins
_ORDERS = english.orders_of_time - {"till"}
_DAYS = frozenset({"weekday", "date", "month", "year"})
_MOST_ADDED_OF_ORDERS = 2
_LEAST_OF_BOUNDS = 3  # shared words, if one lasts until a day and the other begins on it
_ONE_SIDED = (DENIED, CERTAIN, "supposed")  # these count if only one passage has them
_BELIEVING = stems(english.believing)
_RESERVED = (hedges.HEDGED, hedges.SAID_TO, hedges.WEAK)
_ONE_SIDED_SHARES = ("none", "not-all", "only", "few")

# Mentioned but not asserted: "it is not known whether the plant will close".
_REPORTS = r"(?:claims?|reports?|rumours?|rumors?|suggestions?|allegations?|accusations?|stories)"
_FALSE = r"(?:false|untrue|baseless|unfounded|wrong|not true|not the case|made up|a lie)"
_OPEN = r"(?:not (?:yet |at all )?(?:known|clear|certain|sure)|unclear|unknown|uncertain|open|disputed)"
_ASKING = r"(?:ask(?:ed|s)?|examin(?:e|es|ed|ing)|investigat(?:e|es|ed|ing)|look(?:s|ed|ing)? into|stud(?:y|ies|ied))"
_WORDED = (
    ("negation", rf"it(?:['’]s| is| was) {_FALSE} that (?P<told>.+)"),
    ("negation", r"it (?:is|was)n['’]t (?:true|so|the case) that (?P<told>.+)"),
    ("negation", rf"{_REPORTS} that (?P<told>.+?) (?:is|are|was|were) (?:all )?{_FALSE}\b.*"),
    ("hedge", rf"(?:it|that)(?:['’]s| is| was| remains) (?:still )?{_OPEN} (?:whether|if) (?P<told>.+)"),
    ("hedge", r"(?:nobody|no one|no-one) (?:knows|knew|could say|can say) (?:whether|if) (?P<told>.+)"),
    ("hedge", rf"(?:[\w'’-]+ ){{1,8}}{_ASKING} (?:whether|if) (?P<told>.+)"),
    ("modality", r"(?:even )?(?:if|unless) (?P<told>[^,;]+),.+"),
)
_FRAMES = tuple((kind, re.compile(rf"\A{frame}\Z", re.IGNORECASE)) for kind, frame in _WORDED)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 400  # characters; longer sentences are not read
_REMEMBERED = 10000  # pairs of texts


def proven(
    claim: Reading, sentence: str, read: Callable[[str], Reading], passage: str = "", article: Sequence[str] = ()
) -> Proof | None:
    """Find the change of meaning that the words of a claim and a sentence prove.

    Nothing is proven if the passage around the sentence tells the claim unchanged, or if other sentences of its
    article name the two speakers together or assert what this one only mentions.
    """
    passed = read(sentence)
    kind, words, content = _unasserted(passed) or ("", "", "")
    if kind and _unasserted(claim) is None:
        bare = read(content)
        # "Asked whether it was on purpose" asserts only the event.
        if _unchanged(claim, bare, article) and not Frame.of(claim, bare).added:
            plain = any(_unchanged(claim, read(other), article) for other in article if other != sentence)
            return None if plain else (kind, claim.show(0, len(claim.words) - 1), words)
    said = answered(claim, passed, read, article)
    if said:
        return said
    own, later = _texts(passed)
    sentences = _sentences(passage)
    texts = [*own, *sentences] if passage != sentence else own
    claims = [claim, *map(read, _announced(claim))]
    pairs = ((one, read(text)) for one in claims for text in (*own, *later))
    found = next((found for one, other in pairs if (found := _found(one, other, article))), None)
    if found is None:
        denials = (denied_in_whole(claim, read(text)) for text in texts)
        found = next((one for one in denials if one), None)
    if found is None:
        return _in_two_sentences(claim, sentence, sentences, article, read)
    if found[0] == "modality" and _both_told(found, claim, read(passage or sentence)):
        return None
    return None if any(_unchanged(claim, read(text), article) for text in texts) else found


@kept
def _texts(reading: Reading) -> tuple[list[str], list[str]]:
    """A sentence, its clauses and its main clause; and what they announce."""
    sentence = reading.text
    worded = _unasserted(reading)
    parts = [] if worded and worded[0] == "negation" else clauses(sentence)
    texts = [sentence, *(part.read(sentence) for part in parts if 1 < len(parts) <= _MOST_CLAUSES)]
    texts = list(dict.fromkeys((*texts, _BESIDES.split(sentence)[0])))
    later = dict.fromkeys(one for text in texts for one in announced(text))
    return texts, [one for one in later if one not in texts]


@remembered(_REMEMBERED)
def _sentences(passage: str) -> tuple[str, ...]:
    return tuple(passage[begin:end] for begin, end in split_text(passage))


@kept
def _announced(reading: Reading) -> list[str]:
    return announced(reading.text)


def _both_told(found: Proof, claim: Reading, passage: Reading) -> bool:
    """Whether a passage says both that a thing was planned and that it was done: "had planned to sell it, and did"."""
    done = [form_of(words.casefold()) for words in found[1:] if len(words.split()) == 1]
    return any(
        hedges.told_as_done(passage, form)
        and (hedges.told_as_done(claim, form) or sum(form == other for other in passage.stems) > 1)
        for form in done
    )


def _in_two_sentences(
    claim: Reading, sentence: str, sentences: Sequence[str], article: Sequence[str], read: Callable[[str], Reading]
) -> Proof | None:
    """Find a denial of a claim that takes two consecutive sentences."""
    for joined in in_two(claim, sentence, sentences, article, read):
        found = _between(claim, joined) or denied_in_whole(claim, joined) or found_empty(claim, joined)
        if found:
            return found
    return None


def said_by_another(
    claim: Reading, passage: str, read: Callable[[str], Reading], article: Sequence[str]
) -> Proof | None:
    """Find a sentence that attributes a claim to another speaker, unless a neighbouring one names the claim's own."""
    if not speakers(claim):
        return None
    texts = _sentences(passage)
    found = next((found for text in texts if (found := _another_speaker(claim, read(text), article))), None)
    return None if any(_unchanged(claim, read(text), article) for text in texts) else found


def _found(claim: Reading, other: Reading, article: Sequence[str]) -> Proof | None:
    found = _between(claim, other)
    if found is None and abs(len(told(claim)) - len(told(other))) <= _MOST_LONGER:
        turned = _between(other, claim)
        found = turned and (turned[0], turned[2], turned[1])
    return found or _another_speaker(claim, other, article)


def _unchanged(claim: Reading, other: Reading, article: Sequence[str]) -> bool:
    frame = Frame.of(claim, other)
    # "It is not": a mark on a pronoun may be about what the claim names.
    own = [one for one in frame.here if one.value(CERTAIN) != SURE]
    whole = frame.shared and len(frame.missing) + len(own) <= (frame.agreed > 0)
    return bool(whole) and not _differ(frame) and not _another_speaker(claim, other, article)


def _another_speaker(left: Reading, right: Reading, article: Sequence[str]) -> Proof | None:
    """Find the same content from two speakers who cannot be one person."""
    here, there = (called_something(speakers(reading)) for reading in (left, right))
    if len(here) != 1 or len(there) != 1:
        return None
    frame = Frame.of(left, right)
    if _differ(frame) or not frame.says_the_same(len(frame.here), len(frame.there)):
        return None
    name = here[0].told.split()[-1]
    if any(name in text and not english.agreeing.isdisjoint(_WORD.findall(text.casefold())) for text in article):
        return None  # "Ellin agreed": she says it as well
    two = surely_two(here[0], there[0], (left.text, right.text), article)
    return ("attribution", here[0].told, there[0].told) if two else None


def _clashes(frame: Frame) -> list[tuple[Mark, Mark]]:
    return [(one, other) for one in frame.here for other in frame.there if _clash(one, other)]


def _differ(frame: Frame) -> bool:
    """Whether a mark or an amount tells two passages apart."""
    if _clashes(frame) or any(map(_counts, (*frame.here, *frame.there))) or frame.amounts_here:
        return True
    return _other_time(frame) is not None


def _other_time(frame: Frame) -> Proof | None:
    """Find two events in another order, or a day that ends something in one and begins it in the other."""
    left, right = frame.pair.left, frame.pair.right
    ends, begins = (times.bounds(side) for side in (left, right))
    if (ends[0] & begins[1] or ends[1] & begins[0]) and not (ends[0] & begins[0] or ends[1] & begins[1]):
        lasts = [left.low[at] for at in frame.missing] + [right.low[at] for at in frame.added]
        if len(lasts) <= 1 and len(frame.shared) >= _LEAST_OF_BOUNDS:
            return "time", left.text, right.text
    here, there = times.course(left), times.course(right)
    if here is None or there is None or frame.amounts_here or _clashes(frame):
        return None
    sides = (frame.missing, frame.here, here), (frame.added, frame.there, there)
    for most, (alone, marks_alone, course) in zip((1, _MOST_ADDED_OF_ORDERS), sides, strict=True):
        if len(set(alone).difference(course.words)) > most:
            return None
        events = course.one | course.other
        others = [
            one for one in marks_alone if times.ORDER not in one.scales and set(course.words).isdisjoint(one.places)
        ]
        if any(_counts(one) or one.kind == "time" or not events.isdisjoint(one.places) for one in others):
            return None
    if not here.turned(there, frame.shared):
        return None
    return "time", left.show(here.words[0], max(here.other)), right.show(there.words[0], max(there.other))


@remembered(_REMEMBERED)  # the same pairs recur, in both orders
def _between(left: Reading, right: Reading) -> Proof | None:
    """The change of meaning between two texts that a single mark proves, if any."""
    bare = not (marks(left) or marks(right)) or left.text.rstrip().endswith("?") or right.text.rstrip().endswith("?")
    if bare or (_agree(left, right) and not (_of_time(left) and _of_time(right))):
        return None
    frame = Frame.of(left, right)
    when = _other_time(frame)
    if when is not None:
        return when
    clashing = _clashes(frame)
    here = [one for one in frame.here if one not in [pair[0] for pair in clashing]]
    there = [one for one in frame.there if one not in [pair[1] for pair in clashing]]
    alone = [(one, side) for side, ones in enumerate((here, there)) for one in ones if _counts(one)]
    opposed = min(len({pair[side] for pair in clashing}) for side in (0, 1))
    if opposed + len(alone) != 1 or _other_amounts(frame, clashing):
        return None
    # A mark in one passage alone that changes nothing counts as a word that the other lacks.
    spare = [sum(not _counts(one) for one in side) for side in (here, there)]
    joins = bool(alone) and alone[0][0].value(SHARE) == "only"
    if not joins and not frame.says_the_same(*spare):
        return None
    if clashing:
        sure = ((kind, one, other) for one, other in clashing if (kind := _opposed(frame, one, other)))
        found = next(sure, None)
        return found and (found[0], _words(left, found[1]), _words(right, found[2]))
    one, side = alone[0]
    kind, place = _lost(Frame.of(right, left) if side else frame, one, spare[side])
    own, others = (right, left) if side else (left, right)
    words = _words(own, one), others.show(place, place)
    return (kind, words[side], words[1 - side]) if kind else None


def _agree(left: Reading, right: Reading) -> bool:
    """Whether it is plain that each mark of one passage is met by one of the other, whatever words they go with."""
    find = _said_beside if left.sources and right.sources else _said
    here = find(left)
    return here is not None and here == find(right)


@kept
def _said(reading: Reading) -> list[tuple[str, str]] | None:
    """What the marks of a passage say, in order; None if one of them says several things."""
    return _in_order(marks(reading))


@kept
def _said_beside(reading: Reading) -> list[tuple[str, str]] | None:
    """The same beside a passage that has a source as well."""
    return _in_order(marks_beside(reading, reading))


def _in_order(ones: Sequence[Mark]) -> list[tuple[str, str]] | None:
    return sorted(said for one in ones for said in one.says) if all(len(one.says) == 1 for one in ones) else None


@kept
def _of_time(reading: Reading) -> bool:
    """Whether a passage relates two events, or tells until or from when something lasts."""
    return times.course(reading) is not None or any(times.bounds(reading))


def _other_amounts(frame: Frame, clashing: Sequence[tuple[Mark, Mark]]) -> bool:
    """Whether the left has an amount that the right lacks, apart from a share that clashes: "half of" for "all of"."""
    starts = {frame.pair.left.starts[at] for one, _ in clashing for at in one.places}
    return any(one.start not in starts for one in frame.amounts_here)


def _words(reading: Reading, one: Mark) -> str:
    """A mark, with the word that it modifies if that is near."""
    last = one.places[-1]
    near = one.word - last < _LONGEST_SHOWN and reading.commas[one.word] == reading.commas[last]
    return reading.show(one.places[0], max(one.word, last) if near else last)


@kept
def _unasserted(reading: Reading) -> Proof | None:
    """What a sentence mentions without asserting it: the kind of change, the words around it, and the content."""
    text = reading.text.strip().rstrip(".!”\"'’")
    for kind, frame in _FRAMES if len(text) <= _LONGEST else ():
        found = frame.match(text)
        if found:
            return kind, f"{text[: found.start('told')]}…{text[found.end('told') :]}".strip(), found["told"]
    return None


def _counts(one: Mark) -> bool:
    """Whether a mark changes the meaning if only one of two passages has it."""
    if one.value(CERTAIN) == SURE:
        return False
    return any(scale in _ONE_SIDED for scale in one.scales) or one.value(SHARE) in _ONE_SIDED_SHARES


def _clash(one: Mark, other: Mark) -> bool:
    """Whether two marks say different things on the same scale."""
    common = one.scales.keys() & other.scales.keys()
    if SHARE in common:
        closed = OPEN in common and one.value(OPEN) != other.value(OPEN)
        return closed or shares_differ(one.value(SHARE), other.value(SHARE))
    if times.ORDER in common:
        return {one.value(times.ORDER), other.value(times.ORDER)} == times.CLASH
    return common != {"clock"} and any(one.scales[scale] != other.scales[scale] for scale in common)


def _opposed(frame: Frame, one: Mark, other: Mark) -> str:
    """The kind of change that two clashing marks make, or "" if that is not certain."""
    scales = one.scales.keys() & other.scales.keys()
    kind, sure = "", False
    if DENIED in scales:
        pass
    elif SHARE in scales:
        # "Anyone may apply", "only members may apply".
        closed = OPEN in scales and not frame.missing and len(frame.added) <= 1
        # "None was hurt", "all were safe": with other words, one may count the rest of the other.
        kind, sure = "quantifier", closed or (not frame.missing and _same_word(frame, one, other))
    elif times.ORDER in scales:
        kind, sure = "time", _same_order(frame, one, other)
    elif scales & _DAYS:
        kind, sure = "time", not _may_be_one_day(frame, one, other)
    elif CERTAIN in scales:
        said = {one.value(CERTAIN), other.value(CERTAIN)}
        if said & {SURE, DOUBT}:
            against = said == {SURE, DOUBT} or (SURE in said and not said.isdisjoint(_RESERVED))
            believed = DOUBT in said and any(_believes(side, mark) for side, mark in _read_by(frame, one, other))
            raised = said == {DOUBT, hedges.PLANNED} and _same_word(frame, one, other)
            kind, sure = "hedge", not frame.missing and (against or believed or raised)
        else:
            # "May pay up to 5", "must not pay more than 5": one limit.
            limits = any(not of_limits(side).isdisjoint(mark.places) for side, mark in _read_by(frame, one, other))
            ordered = said == {hedges.ORDERED, hedges.HEDGED} and not limits
            kind, sure = "modality", ordered and _same_word(frame, one, other)
    else:
        kind = "negation" if "negation" in (one.kind, other.kind) else one.kind
        sure = _other_way(frame, one, other)
    return kind if sure else ""


def _read_by(frame: Frame, one: Mark, other: Mark) -> tuple[tuple[Reading, Mark], ...]:
    return (frame.pair.left, one), (frame.pair.right, other)


def _believes(reading: Reading, one: Mark) -> bool:
    """Whether a mark says what somebody believes: whoever doubts a thing does not believe it."""
    return reading.stems[one.places[0]] in _BELIEVING


def _may_be_one_day(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether two different days, months or years may be one night or one moment."""
    sides = frame.pair.left, frame.pair.right
    differing = {scale for scale in one.scales.keys() & other.scales.keys() if one.value(scale) != other.value(scale)}
    unit = "date" if "date" in differing else differing.pop()
    days = unit, float(one.value(unit)), float(other.value(unit))
    places = one.places[0], other.places[0]
    return times.may_be_one_night(sides, places, *days) or times.may_be_one_moment(sides, *days)


def _other_way(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether two opposites are about the same thing."""
    mirrored = (one.scales.keys() & other.scales.keys()) & direction.MIRRORED
    at, place = one.places[0], other.places[0]
    if frame.pair.left.stems[at] == frame.pair.right.stems[place]:
        return False  # "beat", "was beaten by": who did it to whom
    if any(k < at for k in frame.missing) and any(k < place for k in frame.added):
        return False  # "unions praised the plan", "owners criticised the plan"
    if mirrored and _exchanged(frame.shared, at, place):
        return False  # "Tarn lost to Odder", "Odder won against Tarn"
    words = set(frame.pair.left.low) ^ set(frame.pair.right.low)
    if words & UNTIL:
        return False  # "open until Friday", "will close on Friday"
    if direction.compares(frame.pair.left, one.places[-1]) != direction.compares(frame.pair.right, other.places[-1]):
        return False  # "fewer in 2010", "more than in 2010"
    return _same_company(frame, one, other)


def _exchanged(shared: Sequence[tuple[int, int]], at: int, place: int) -> bool:
    """Whether what comes just before a word in one passage comes after its counterpart in the other."""
    before = max((pair for pair in shared if pair[0] < at), default=None)
    there = max(((b, a) for a, b in shared if b < place), default=None)
    crossed = (before is not None and before[1] > place) or (there is not None and there[1] > at)
    return crossed or 2 * sum((a < at) == (b < place) for a, b in shared) <= len(shared)


def _same_company(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether the words before two marks are the same, or those after them."""
    before = [max((k for k in side if k < mark.places[0]), default=-1) for side, mark in _sides(frame, one, other)]
    behind = [min((k for k in side if k > mark.places[-1]), default=-1) for side, mark in _sides(frame, one, other)]
    if not _ORDERS.isdisjoint(set(frame.pair.left.low) ^ set(frame.pair.right.low)):
        # "A year after being beaten, she has won": the other may be about the second event.
        return tuple(before) in frame.shared and tuple(behind) in frame.shared
    return tuple(before) in frame.shared or tuple(behind) in frame.shared or _crossed(frame, one, other)


def _crossed(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether one of two marks is a passive, and has before it what the other has after it."""
    passive = [
        not BE.isdisjoint(side.low[max(0, mark.places[0] - 2) : mark.places[0]])
        or any(one.turned and one.places[-1] == mark.places[-1] for one in lights(side))
        for side, mark in ((frame.pair.left, one), (frame.pair.right, other))
    ]
    at, place = one.places[0], other.places[0]
    near = [(a, b) for a, b in frame.shared if abs(a - at) <= _BESIDE + 1 and abs(b - place) <= _BESIDE + 1]
    return passive[0] != passive[1] and any((a < at) != (b < place) for a, b in near)


def _sides(frame: Frame, one: Mark, other: Mark) -> list[tuple[list[int], Mark]]:
    """Each passage's words, with its mark."""
    here = [*frame.missing, *(at for at, _ in frame.shared)]
    return [(here, one), ([*frame.added, *(at for _, at in frame.shared)], other)]


def _same_word(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether two marks modify the same word, or neither modifies any."""
    left, right = frame.pair.left, frame.pair.right
    if one.word < 0 or other.word < 0:
        return one.word == other.word
    return left.stems[one.word] == right.stems[other.word]


def _same_order(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether two marks of order relate the same two things in the same way."""
    if len(frame.missing) > 1 or len(frame.added) > _MOST_ADDED_OF_ORDERS:
        return False
    here, there = (  # what a word of order introduces, up to a comma or full break
        {k for k in range(mark.places[-1] + 1, len(side.words)) if side.are_together(k, mark.places[-1])}
        for side, mark in ((frame.pair.left, one), (frame.pair.right, other))
    )
    inside = [(a in here, b in there) for a, b in frame.shared]
    straight = sum(a == b for a, b in inside)
    return 3 * straight >= 2 * len(inside) and any(a and b for a, b in inside)


def _lost(frame: Frame, one: Mark, missing: int) -> tuple[str, int]:
    """The kind of change if the right lacks a mark of the left ("" if unsure), and where it has the modified word."""
    place = frame.partner(one.word) if one.word >= 0 else -1
    if place < 0:
        return "", -1
    mode, share = one.value(CERTAIN), one.value(SHARE)
    if one.value(DENIED):
        sure = not _denied_otherwise(frame, one)
    elif mode:
        sure = _is_so(frame, one, place, missing)
    else:
        none = share == "none" and not _denied_otherwise(frame, one)
        sure = none or share == "not-all" or (share == "only" and _with_others(frame, place))
    kind = "negation" if share == "none" else one.kind
    return (kind, place) if sure else ("", -1)


def _denied_otherwise(frame: Frame, one: Mark) -> bool:
    """Whether the right has a word of its own that may stand for the left's "not"."""
    forms = [frame.pair.right.stems[at] for at in frame.added]
    against = any(form in ALSO_DENY or takes_against(form) for form in forms)
    there = [*frame.added, *(at for _, at in frame.shared)]
    ended = ends_by_itself(frame.pair.right, there, frame.pair.left, one.places[0])
    apart = tells_apart(frame.pair.right, frame.pair.left, one.places[0])
    return against or ended or apart or any("-" in mark.scales.values() for mark in frame.there)


def _is_so(frame: Frame, one: Mark, place: int, missing: int) -> bool:
    """Whether the right states plainly what is planned, ordered, hedged or doubted in the left."""
    right, mode = frame.pair.right, one.value(CERTAIN)
    if mode in (hedges.PLANNED, hedges.ORDERED):
        return hedges.is_told(right, place)
    # Whoever doubts it comes first: "experts doubt that".
    lacking = [at for at in frame.missing if mode != DOUBT or at > one.places[0]]
    tight = not lacking and not missing and len(frame.added) <= 1
    alone = not any(other.value(CERTAIN) for other in marks(right))
    leave = bool(of_limits(right)) and frame.pair.left.low[one.places[0]] == "may"
    return mode in (hedges.HEDGED, DOUBT) and not leave and tight and alone and hedges.is_plain(right, place)


def _with_others(frame: Frame, place: int) -> bool:
    """Whether the right adds others to what the left names alone: "only the north", "the north and the south"."""
    right = frame.pair.right
    if place < 0 or frame.missing or not frame.added:
        return False
    joint = [at for at, word in enumerate(right.low) if word in english.joining and abs(at - place) <= _BESIDE]
    return any(all(abs(at - one) <= _BESIDE for one in frame.added) for at in joint)
