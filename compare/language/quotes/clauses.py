"""Who says what in a sentence: each cue with its source and its content, by position alone."""

from __future__ import annotations

from typing import NamedTuple

from compare.language.quotes.cues import ADJECTIVES, NOUNS_THAT, NOUNS_TO, PARTICLES, VERBS, Cue
from compare.language.quotes.phrases import (
    AUXILIARIES,
    BE,
    CONTRACTED,
    DETERMINERS,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    WEEKDAYS,
    Span,
    first_phrase,
    is_adverb,
    phrase_after,
    subject_before,
)
from compare.language.quotes.stream import QUOTE, Token

_ENDS = frozenset(".?!;…") | {"...", ".."}
_DASHES = frozenset("—–-") | {"--"}
_ADJUNCT = (
    PREPOSITIONS | WEEKDAYS | frozenset("yesterday today tonight last later earlier this next when as while".split())
)
_PLURAL = frozenset(
    "people critics police officials some many most others both all few experts analysts we they you i who".split()
)
_OBJECT_ENDS = frozenset("after during when while because before since until although though if unless whereas".split())
_SPEECH = frozenset("said says saying added told wrote".split())
_NEGATIONS = frozenset("not never".split()) | {low for low in AUXILIARIES if low.endswith("n't")} | {"cannot"}
_ADDRESSED = frozenset("him her me us them you reporters journalists lawmakers supporters viewers listeners".split())
_NEVER_INVERTED = frozenset("tell inform assure remind convince brief".split())
_LONGEST = 120  # tokens of a content that no mark ends


class Attribution(NamedTuple):
    """A cue of a sentence: token spans of the cue, the source and the content."""

    cue: Span
    source: Span | None
    content: Span
    flavour: str
    clausal: bool = True  # the content is a clause, an infinitive or a quotation, no mere object


def attributions(sentence: list[Token]) -> list[Attribution]:
    """Find every cue of a sentence that has a content, in order."""
    found: list[Attribution] = []
    for at, token in enumerate(sentence):
        low = token.low
        made = None
        if low in VERBS and not (low == "asked" and at == 0):
            made = _of_verb(sentence, at, VERBS[low], found)
        elif low == "asked" and at == 0:
            made = _asked(sentence)
        elif low == "according" and _low(sentence, at + 1) == "to":
            made = _according(sentence, at)
        elif low == "by" and "account" in (_low(sentence, at + 2), _low(sentence, at + 3)):
            made = _by_account(sentence, at)
        if made is None and (low in NOUNS_THAT or low in NOUNS_TO or low in ADJECTIVES):
            made = _of_noun(sentence, at)
        if made is None and low == ":" and _low(sentence, at + 1) == QUOTE and not _just_cued(found, at):
            made = Attribution((at, at + 1), first_phrase(sentence[:at]), (at + 1, _end(sentence, at + 1)), "neutral")
        if made and made.content[0] < made.content[1]:
            found.append(made)
    return found


def _just_cued(found: list[Attribution], at: int) -> bool:
    return any(one.content[0] <= at + 1 < one.content[1] for one in found)


def _low(sentence: list[Token], at: int) -> str:
    return sentence[at].low if 0 <= at < len(sentence) else ""


def _of_verb(sentence: list[Token], at: int, cue: Cue, found: list[Attribution]) -> Attribution | None:
    frames, flavour, after = cue.frames, cue.flavour, at + 1
    particle = PARTICLES.get(f"{cue.lemma} {_low(sentence, after)}")
    if particle:
        frames, flavour, after = *particle, after + 1
        if cue.lemma == "vote" and frames == "i":
            after -= 1
    if not frames or after >= len(sentence) + 1:
        return None
    left = begin = at
    auxiliaries = set()
    while left > 0 and at - left < 8:
        low = sentence[left - 1].low
        if low in AUXILIARIES:
            auxiliaries.add(low)
            if low in _NEGATIONS or begin < at:
                begin = left - 1
        elif not is_adverb(low):
            break
        if low in CONTRACTED:
            break
        left -= 1
    if cue.form == "past" and auxiliaries & BE:
        if not set(frames) & set("tai") and cue.lemma not in {"accuse", "cite", "describe"}:
            return None
        return _passive(sentence, (begin, after), flavour)
    if not _is_verb(sentence, at, left, cue, frames, auxiliaries):
        return None
    participle = cue.form == "ing" and not auxiliaries & BE
    if not participle and "to" in auxiliaries and not auxiliaries - {"to", "not"}:
        if not (_low(sentence, after) in {"that", QUOTE, "whether"} or "i" in frames and _low(sentence, after) == "to"):
            return None
        participle = True
    if participle:
        source = _governing(sentence, at, found)
    else:
        inverted = _inverted(sentence, at, after, frames, found)
        if inverted:
            return inverted._replace(flavour=flavour)
        contracted = left > 0 and sentence[left - 1].low in CONTRACTED
        if contracted:
            source = (left - 1, left)
        elif left > 0 and sentence[left - 1].low == "and" and found:
            source = found[-1].source
        else:
            source = subject_before(sentence, left)
            if source is None and left > 0 and sentence[left - 1].low in {"and", "but", "or"}:
                source = _governing(sentence, at, found)
        if source is None:
            return None
        around = _around(sentence, source, left, after, frames, found)
        if around:
            return Attribution((begin, after), source, around, flavour)
    content = _content(sentence, after, frames)
    if content is None:
        return None
    clausal = not _short(sentence, content[0], frames)
    return Attribution((begin, after), source, content, flavour, clausal)


def _is_verb(sentence: list[Token], at: int, left: int, cue: Cue, frames: str, auxiliaries: set[str]) -> bool:
    """Whether the word is a finite verb or a participle here, not a noun or an adjective."""
    before = _low(sentence, at - 1)
    if before in DETERMINERS - {"that", "some", "many", "most", "both", "all", "several", "few", "those", "these"}:
        return False
    if before.endswith(("'s", "s'")) and before not in CONTRACTED and before != "'s" and cue.form != "ing":
        return False
    subject = sentence[left - 1] if left else None
    if cue.form == "ing":
        if auxiliaries & BE:
            return True
        return before in {
            ",",
            QUOTE,
            "by",
            "while",
            "and",
            "before",
            "after",
            "as",
            "in",
            "for",
        } | _DASHES or is_adverb(before)
    if cue.form == "base":
        if auxiliaries & MODALS:
            return True
        if subject is None:
            return False
        return subject.low in _PLURAL or (
            subject.low.endswith("s")
            and len(subject.low) > 3
            and not subject.low.endswith(("ss", "'s"))
            and before not in PREPOSITIONS
        )
    if "n" in cue.frames and cue.form == "s":
        # "the union demands" or "its demands": a name or a noun that no adjective can be.
        after = _low(sentence, at + 1)
        if (
            after not in {"that", "to", ":", QUOTE, "it", "he", "she", "they", "the", "a", "an", "his", "her"}
            or before in PREPOSITIONS
        ):
            return False
        phrase = subject_before(sentence, left)
        return phrase is not None and (
            sentence[phrase[0]].word[0].isupper() or sentence[phrase[0]].low in DETERMINERS | PRONOUNS
        )
    return before not in PREPOSITIONS - {"after", "before", "since", "in", "on"} and before not in {"a", "an", "the"}


def _governing(sentence: list[Token], at: int, found: list[Attribution]) -> Span | None:
    """Who does what a participle says: the source of the cue before it, or else the sentence's subject."""
    for one in reversed(found):
        if one.source and one.source[0] < at:
            return one.source
    subject = first_phrase(sentence)
    return subject if subject and subject[1] <= at else None


def _passive(sentence: list[Token], cue: Span, flavour: str) -> Attribution | None:
    """Reported by nobody in particular: "is expected to resign", "was accused by the mayor of theft"."""
    after = cue[1]
    source = None
    if _low(sentence, after) == "by":
        source = phrase_after(sentence, after + 1)
        if source is None:
            return None
        after = source[1]
    if _low(sentence, after) not in {"to", "that", "of", "as", "about", "whether", "if"}:
        return None
    start = after + (_low(sentence, after) in {"that", "of", "as", "about"})
    return Attribution(cue, source, (start, _end(sentence, start)), flavour)


def _inverted(sentence: list[Token], at: int, after: int, frames: str, found: list[Attribution]) -> Attribution | None:
    """`We go," said the mayor.`: the cue follows the content, the source follows the cue."""
    before = _low(sentence, at - 1)
    if (
        not set(frames) & set("tq")
        or not (before == QUOTE or before == ",")
        or VERBS[sentence[at].low].lemma in _NEVER_INVERTED
    ):
        return None
    following = _low(sentence, after)
    if not following or not sentence[after].word[0].isalnum() or following in PREPOSITIONS | {"that"}:
        return None
    if before == ",":
        # ", who left, said the plan was dead" has its subject before the comma.
        subject = subject_before(sentence, at)
        named = sentence[after].word[0].isupper() or following in {"a", "an", "the", "one", "another"}
        source = phrase_after(sentence, after)
        if not named or source is None or (subject and _clause_follows(sentence, after)):
            return None
        beyond = _low(sentence, source[1])
        if subject and not (
            not beyond or beyond in _ENDS or beyond in {",", "who", "in", "on", "at"} or beyond in WEEKDAYS
        ):
            return None
    elif _clause_follows(sentence, after) and following not in {"he", "she", "they"}:
        return None
    source = phrase_after(sentence, after)
    content = _before(sentence, at, found)
    if source is None or content is None:
        return None
    if before == "," and _low(sentence, source[1]) == ",":
        content = content[0], max(content[1], _end(sentence, source[1] + 1))
    return Attribution((at, after), source, content, "neutral")


def _clause_follows(sentence: list[Token], start: int) -> bool:
    """Whether a verb follows before the next comma, so that the words are a clause and no name alone."""
    for token in sentence[start : start + 14]:
        if token.low in {",", ".", "who", "which", QUOTE} or token.low in _DASHES:
            return False
        if token.low in AUXILIARIES and token.low != "to":
            return True
    return False


def _around(
    sentence: list[Token], source: Span, left: int, after: int, frames: str, found: list[Attribution]
) -> Span | None:
    """The content before (or on both sides of) "Ms Vey said", if that is where it stands."""
    begin = _beside_quotation(sentence, source[0])
    before = _low(sentence, begin - 1)
    if not set(frames) & set("tq") or begin == 0 or not (before in {",", QUOTE} or before in _DASHES):
        return None
    following = _low(sentence, after)
    if following == "to" and "i" in frames:
        return None
    closed = not following or following in _ENDS or following in {",", ":"} or following in _DASHES
    if (following == QUOTE and "a" not in frames) or (following in {",", ":"} and _low(sentence, after + 1) == QUOTE):
        # `In Leeds, he said, "we go"` or `"We will," he said, "go"`
        content = _before(sentence, begin, found)
        if content and any(token.word == QUOTE for token in sentence[content[0] : content[1]]):
            return content[0], _end(sentence, after)
        return None
    content = _before(sentence, begin, found)
    if before == QUOTE and content and (goes_on := _second_quotation(sentence, after)):
        return content[0], _end(sentence, goes_on)
    if not closed and not (following in _ADJUNCT and not _that_follows(sentence, after)):
        spoken = before == QUOTE and sentence[begin - 1].capital and following != "that"
        if not (spoken or (before == QUOTE and _addressed(sentence, after))):
            return None
    if content is None or (content[1] - content[0] < 3 and before != QUOTE and following != ","):
        return None
    if before != QUOTE and not closed and sentence[content[0]].low in PREPOSITIONS and content[1] - content[0] < 9:
        return None
    if following == "," and before == ",":
        rest = _end(sentence, after + 1)
        trailing = after + 1 < len(sentence) and (
            _low(sentence, after + 1).endswith("ing")
            or _low(sentence, after + 1) in {"who", "which", "and", "but", "as", "when", "while", "after"}
        )
        if not trailing and rest > after + 1:
            return content[0], rest
    return content


def _beside_quotation(sentence: list[Token], begin: int) -> int:
    """Where the subject begins together with what describes it: `QUOTE the club's head, Ann Lee, told`."""
    for at in range(begin - 1, max(begin - 14, -1), -1):
        token = sentence[at]
        if token.word == QUOTE:
            return at + 1
        if token.low in AUXILIARIES or token.low in VERBS or token.low in {".", ":"}:
            break
    return begin


def _second_quotation(sentence: list[Token], start: int) -> int | None:
    """Where `"We will," she told reporters on Monday, "go"` goes on."""
    for at in range(start, min(start + 14, len(sentence))):
        if sentence[at].word == QUOTE:
            return at if sentence[at - 1].low in {",", ":"} else None
        if sentence[at].low in AUXILIARIES or sentence[at].low in VERBS or sentence[at].low in {"that", "."}:
            return None
    return None


def _addressed(sentence: list[Token], start: int) -> bool:
    """Whether what follows is whom it was said to, and no clause: told reporters, told the BBC on Monday."""
    return not _clause_follows(sentence, start) and not _that_follows(sentence, start)


def _that_follows(sentence: list[Token], start: int) -> bool:
    for token in sentence[start : start + 16]:
        if token.low in {"that", QUOTE, "whether"}:
            return True
        if token.low in {"."}:
            return False
    return False


def _before(sentence: list[Token], end: int, found: list[Attribution]) -> Span | None:
    """What stands before the cue's clause, back to the sentence's start or an earlier cue's content."""
    stop = end
    while stop > 0 and sentence[stop - 1].low in {",", *_DASHES}:
        stop -= 1
    start = max((one.content[1] for one in found if one.content[1] <= stop - 1 and _closed_by(one, stop)), default=0)
    while start < stop and sentence[start].low in {",", "and", *_DASHES}:
        start += 1
    if sentence[stop - 1].word == QUOTE:
        # A quotation alone, unless it is the end of a clause.
        first = stop - 1
        if sentence[first].capital and (first == start or sentence[first - 1].low in {",", ":", "."}):
            return first, stop
    return (start, stop) if start < stop else None


def _closed_by(one: Attribution, stop: int) -> bool:
    return one.cue[0] < one.content[0] and one.content[1] < stop


def _content(sentence: list[Token], after: int, frames: str) -> Span | None:
    """What follows the cue, as its frames allow."""
    start = _content_start(sentence, after, frames)
    if start is None:
        return None
    return start, _end(sentence, start, short=_short(sentence, start, frames))


def _short(sentence: list[Token], start: int, frames: str) -> bool:
    """Whether the content is an object and no clause."""
    return (
        "t" not in frames
        and "q" not in frames
        and _low(sentence, start) not in _CLAUSAL
        and _low(sentence, start - 1) != "that"
    )


_CLAUSAL = frozenset(["that", "to", "whether", "if", QUOTE])


def _content_start(sentence: list[Token], after: int, frames: str) -> int | None:
    following = _low(sentence, after)
    if not following or following in _ENDS:
        return None
    if following in {"up", "out", "off", "down", "away", "back", "over"}:
        return None
    if following in {",", ":"}:
        if _low(sentence, after + 1) == QUOTE:
            return after + 1
        return after + 1 if following == ":" and set(frames) & set("tq") else _later(sentence, after, frames)
    if following == QUOTE:
        return after
    if "i" in frames and following == "to":
        return after
    if "t" in frames and following in {"that", "whether", "if", "how", "why", "what"}:
        return after + (following == "that")
    if "a" in frames:
        addressed = _after_addressee(sentence, after, frames)
        if addressed is not None or not set(frames) & set("o"):
            return addressed
    later = _later(sentence, after, frames)
    if later is not None:
        return later
    if "t" in frames:
        return after if _plausible_clause(sentence, after) else None
    if "o" in frames:
        return after if following not in PREPOSITIONS and sentence[after].word[0].isalnum() else None
    return None


def _plausible_clause(sentence: list[Token], start: int) -> bool:
    """Whether a clause without "that" begins here."""
    low = _low(sentence, start)
    if low in _DASHES or not sentence[start].word[0].isalnum() or low in {"and", "or", "but", "as", "by"}:
        return False
    return low not in PREPOSITIONS or _low(sentence, start - 1) in _SPEECH


def _later(sentence: list[Token], after: int, frames: str) -> int | None:
    """Where the content begins after an adjunct: "said on Monday that", "said in a statement: QUOTE"."""
    following = _low(sentence, after)
    if following not in _ADJUNCT and following != "," and not is_adverb(following):
        return None
    if following in WEEKDAYS and _low(sentence, after + 1) not in {",", "that", "in", "at", "on", "to", QUOTE}:
        return after + 1 if "t" in frames else None
    for at in range(after + 1, min(after + 18, len(sentence))):
        low = sentence[at].low
        if low == "that" and "t" in frames and sentence[at - 1].low not in PREPOSITIONS:
            return at + 1
        if low == "to" and "i" in frames:
            return at - (sentence[at - 1].low == "not")
        if low == QUOTE and set(frames) & set("tq"):
            # `said in a "quiet" voice that`
            return at if sentence[at - 1].low in {",", ":"} or at + 2 >= len(sentence) else after
    return None


def _after_addressee(sentence: list[Token], after: int, frames: str) -> int | None:
    """Where the content begins after whom it was said to: told *reporters* that, urged *both sides* to."""
    limit = min(after + 16, len(sentence))
    for at in range(after, limit):
        low = sentence[at].low
        if low in {"that", "whether", "how", "why", "what", "if"} and "t" in frames and at > after:
            return at + (low == "that")
        if low == QUOTE and at > after and "t" in frames:
            named = _after_name(sentence, after, limit)
            clause = named and any(token.low in AUXILIARIES for token in sentence[named:at])
            return named if clause else at
        if low == "to" and "i" in frames and at > after:
            return after
        if low == ":" and "t" in frames:
            return at + 1
        if low in {"of", "about"} and at > after and "t" in frames and "i" not in frames:
            return at + 1
        if low in _ENDS or (low in {",", "and"} and "t" not in frames):
            break
    if "t" not in frames:
        return None
    # No mark at all: "told the BBC the talks had failed", "told me it was over".
    at = _after_name(sentence, after, limit)
    return at if at and _low(sentence, at) not in _ENDS | {","} else None


def _after_name(sentence: list[Token], after: int, limit: int) -> int | None:
    """The token after "reporters", "him" or a name, which is all that can be told from a clause without a parser."""
    first = sentence[after].low
    if first in _ADDRESSED:
        return after + 1
    article = first in {"the", "a", "an", "his", "her", "their"}
    at = after + article
    while at < limit and sentence[at].word[0].isupper():
        at += 1
    return at if at > after + article else None


def _end(sentence: list[Token], start: int, *, short: bool = False) -> int:
    """Where a content ends: at the sentence's end, or before the next cue of the same or another source."""
    stop = min(len(sentence), start + _LONGEST)
    at = start
    while at < stop:
        low = sentence[at].low
        if at > start and (low in {",", "and", "but"} or low in _DASHES) and _cue_begins(sentence, at):
            break
        if at > start and sentence[at - 1].word == QUOTE:
            if _cue_begins(sentence, at - 1) or (
                at == start + 1 and (low in _OBJECT_ENDS or low in {"as", "in"} or low.endswith("ing"))
            ):
                break
        if low == ":" and at > start and _low(sentence, at + 1) != QUOTE:
            break
        if (
            short
            and at > start
            and (
                low in _OBJECT_ENDS
                or (low in WEEKDAYS and _low(sentence, at + 1) not in {"a", "an", "the"})
                or (low in {","} and not _listed(sentence, at))
            )
        ):
            break
        at += 1
    while at > start and (sentence[at - 1].low in _ENDS or sentence[at - 1].low in {",", ":", "and", "on"} | _DASHES):
        at -= 1
    return at


def _listed(sentence: list[Token], at: int) -> bool:
    """Whether the comma stands in a list: "jobs, homes and schools"."""
    return any(token.low == "and" for token in sentence[at + 1 : at + 5]) and not sentence[at + 1].low in {"and", "but"}


def _cue_begins(sentence: list[Token], at: int) -> bool:
    """Whether a new attribution begins after this comma or conjunction."""
    first = at
    at += 1
    low = _low(sentence, at)
    while low in {"and", "but", "then", "also", "later", "has", "had", "have"} or (low and is_adverb(low)):
        at += 1
        low = _low(sentence, at)
    cue = VERBS.get(low)
    joined = any(token.low in {"and", "but"} for token in sentence[first:at])
    if cue and cue.form == "ing" and set(cue.frames) & set("tao"):
        return True
    if cue and joined and (cue.form == "past" or (cue.form == "s" and "n" not in cue.frames)) and cue.frames != "q":
        return True
    if low == "according":
        return True
    if _low(sentence, at - 1) in {"and", "but", "while"} or low in {"while", "although", "though"}:
        return any(token.low in _SPEECH for token in sentence[at : at + 7])
    return False


def _asked(sentence: list[Token]) -> Attribution | None:
    """A question that nobody in particular put: "Asked about the strike, the minister left"."""
    following = _low(sentence, 1)
    end = next((at for at, token in enumerate(sentence[:40]) if token.low == ","), 0)
    if end < 4 or following not in {"about", "whether", "if", "to", "how", "why", "what"}:
        return None
    return Attribution((0, 1), None, (1 + (following == "about"), end), "neutral")


def _according(sentence: list[Token], at: int) -> Attribution | None:
    source = phrase_after(sentence, at + 2)
    if source is None:
        return None
    cue = (at, at + 2)
    if at < 2:
        end = source[1]
        while end < len(sentence) and sentence[end].low != ",":
            end += 1
        return Attribution(cue, source, (end + 1, _end(sentence, end + 1)), "neutral") if end < len(sentence) else None
    end = at
    while end > 0 and sentence[end - 1].low in {",", *_DASHES}:
        end -= 1
    return Attribution(cue, source, (0, end), "neutral") if end else None


def _by_account(sentence: list[Token], at: int) -> Attribution | None:
    """ "The other side, by her account, had left": what stands around it."""
    if _low(sentence, at + 1) not in POSSESSIVES and not _low(sentence, at + 1).endswith("'s"):
        return None
    stop = at + 3 if _low(sentence, at + 2) == "account" else at + 4
    return Attribution((at, stop), (at + 1, at + 2), (0, _end(sentence, stop)), "neutral")


def _of_noun(sentence: list[Token], at: int) -> Attribution | None:
    """A noun or an adjective as the cue: "his claim that", "a plan to", "is confident that"."""
    low, following, before = sentence[at].low, _low(sentence, at + 1), _low(sentence, at - 1)
    if low in ADJECTIVES:
        if not (following in {"that", "whether", "if", "about"} and (before in BE or is_adverb(before))):
            return None
        left = at - 1
        while left > 0 and (
            sentence[left].low in BE or is_adverb(sentence[left].low) or sentence[left].low in AUXILIARIES
        ):
            left -= 1
        source = subject_before(sentence, left + 1)
        start = at + 1 + (following in {"that", "about"})
        return Attribution((at, at + 1), source, (start, _end(sentence, start)), "neutral")
    linked = following in {"is", "was"} and _low(sentence, at + 2) == "that" and low in NOUNS_THAT
    if linked:
        following = "that"
    if not ((following == "that" and low in NOUNS_THAT) or (following == "to" and low in NOUNS_TO)):
        return None
    start = at + 1 + (following == "that") + linked
    source = None
    for left in range(at - 1, max(at - 5, -1), -1):
        word = sentence[left].low
        if word in POSSESSIVES or word.endswith(("'s", "s'")):
            source = (left, left + 1)
            while source[0] > 0 and sentence[source[0] - 1].word[0].isupper() and word not in POSSESSIVES:
                source = (source[0] - 1, source[1])
            break
    if following == "to" and source is None:
        return None
    flavour = NOUNS_THAT.get(low, "neutral")
    return Attribution((at, at + 1), source, (start, _end(sentence, start)), flavour)
