"""Attributions without a verb of saying: "according to the mayor", "in her view", "as Ann Lee put it"."""

from __future__ import annotations

from compare.language.english import speech
from compare.language.quotes.cues import PUT
from compare.language.quotes.names import with_description
from compare.language.quotes.phrases import FINITE, POSSESSIVES, Span, subject_before
from compare.language.quotes.rightward import phrase_after
from compare.language.quotes.said import Attribution, end_of
from compare.language.quotes.stream import DASHES, Sentence, low_at
from compare.language.quotes.verbs import resumed_to

_AS_PUT = (["as"], ["the", "way"], ["to", "hear"])  # "to hear Lee tell it"
BEARERS = frozenset(["for", "to"])  # "For Ann Lee, this is ..."
_JUDGED = frozenset(["this", "that", "it"])
_HELD = frozenset(["in", "to"])


def verbless(sentence: Sentence, at: int) -> Attribution | None:
    """Return the attribution whose cue this token belongs to, if the cue has no verb of saying."""
    low, following = sentence[at].low, low_at(sentence, at + 1)
    if at == 0 and low in BEARERS:
        return _borne(sentence)
    if low == "asked" and at == 0:
        return _asked(sentence)
    if low == "according" and following == "to":
        return _according(sentence, at, at + 2)
    if low == "per" and low_at(sentence, at - 1) == "as":
        return _according(sentence, at - 1, at + 1)
    if low in speech.held:
        return _held(sentence, at)
    if low in PUT and following == "it":
        return _put_it(sentence, at)
    if low == "by" and "account" in {low_at(sentence, at + 2), low_at(sentence, at + 3)}:
        return _by_account(sentence, at)
    return None


def _borne(sentence: Sentence) -> Attribution | None:
    """Read "For Ann Lee, this is a question of dignity"; whether it is a person is for the article to show."""
    phrase = phrase_after(sentence, 1)
    if phrase is None or not all(token.word[0].isupper() for token in sentence[slice(*phrase)]):
        return None
    source, beyond = with_description(sentence, phrase)
    start = beyond + 1
    judged = low_at(sentence, start) in _JUDGED and low_at(sentence, start + 1) in FINITE
    judged = judged or low_at(sentence, start) in {"it's", "that's"}
    if low_at(sentence, beyond) != "," or not judged:
        return None
    return Attribution((0, 1), source, (start, end_of(sentence, start)))


def _asked(sentence: Sentence) -> Attribution | None:
    """Read a question without a source: "Asked about the strike, the minister left"."""
    following = low_at(sentence, 1)
    end = next((at for at, token in enumerate(sentence[:40]) if token.low == ","), 0)
    if end < 4 or following not in {"about", "whether", "if", "to", "how", "why", "what"}:
        return None
    return Attribution((0, 1), None, (1 + (following == "about"), end))


def _according(sentence: Sentence, at: int, after: int) -> Attribution | None:
    """Read "according to the mayor" or "in the words of the mayor", with the content after or before it."""
    phrase = phrase_after(sentence, after)
    if phrase is None:
        return None
    source, beyond = with_description(sentence, phrase)
    if at < 2:
        described = beyond if low_at(sentence, beyond) == "," else phrase[1]
        comma = next((k for k in range(described, len(sentence)) if sentence[k].low == ","), len(sentence))
        source = source if source[1] <= comma else phrase
        return Attribution((at, after), source, (comma + 1, end_of(sentence, comma + 1)))
    return _beside(sentence, (at, after), source, beyond)


def _beside(sentence: Sentence, cue: Span, source: Span, beyond: int) -> Attribution:
    """Return the content before a cue, and after it if the cue is between two commas."""
    end = at = cue[0]
    while end > 0 and (sentence[end - 1].low == "," or sentence[end - 1].low in DASHES):
        end -= 1
    if end < at and low_at(sentence, beyond) == ",":
        # "The plan, according to the mayor, will be dropped"
        content = (0, max(end, resumed_to(sentence, beyond + 1)))
        return Attribution(cue, source, content, beyond=beyond)
    return Attribution(cue, source, (0, end))


def _put_it(sentence: Sentence, at: int) -> Attribution | None:
    """Read "as the mayor put it" or "the way she sees it", with the content after or before it."""
    source = subject_before(sentence, at)
    if source is None:
        return None
    led = next(((begin, words) for words in _AS_PUT if (begin := _begins(sentence, source, words)) is not None), None)
    if led is None:
        return None
    begin, after = led[0], at + 2
    source = max(source[0], begin + len(led[1])), source[1]
    content = 0, begin - (low_at(sentence, begin - 1) == ",")
    if begin == 0:
        content = after + (low_at(sentence, after) == ","), end_of(sentence, after)
    return Attribution((at, after), source, content)


def _begins(sentence: Sentence, source: Span, words: list[str]) -> int | None:
    """Return where these words stand before the name of a source, maybe read as a part of it."""
    for at in range(max(0, source[0] - len(words)), source[1] - len(words)):
        if [token.low for token in sentence[at : at + len(words)]] == words:
            return at
    return None


def _by_account(sentence: Sentence, at: int) -> Attribution | None:
    """Read "by her own account", with the content around it."""
    whose = low_at(sentence, at + 1)
    if whose not in POSSESSIVES and not whose.endswith("'s"):
        return None
    stop = at + 3 if low_at(sentence, at + 2) == "account" else at + 4
    return Attribution((at, stop), (at + 1, at + 2), (0, end_of(sentence, stop)))


def _held(sentence: Sentence, at: int) -> Attribution | None:
    """Read "in the view of the mayor" and "in Ann Lee's view", with the content after or before it."""
    if low_at(sentence, at + 1) == "of" and low_at(sentence, at - 1) == "the" and low_at(sentence, at - 2) in _HELD:
        return _according(sentence, at - 2, at + 2)
    owner = owner_before(sentence, at)
    if owner is None or sentence[at].low == "words":
        return None
    begin = owner[0]
    while begin > 0 and begin > owner[0] - 4 and low_at(sentence, begin - 1) not in _HELD | {","}:
        begin -= 1
    if low_at(sentence, begin - 1) not in _HELD:
        return None
    cue, after = (begin - 1, at + 1), at + 1
    # "Tears stood in her eyes", "came in Halden's view at noon": a place, which no comma sets apart.
    aside = low_at(sentence, begin - 2) == "," or (begin < 3 and low_at(sentence, after) == ",")
    loose = sentence[at].low != "eyes" and (begin < 3 or not low_at(sentence, after)[:1].isalnum())
    if not (aside or loose):
        return None
    if begin < 3:
        start = after + (low_at(sentence, after) == ",")
        return Attribution(cue, owner, (start, end_of(sentence, start)))
    return _beside(sentence, cue, owner, after)


def owner_before(sentence: Sentence, at: int) -> Span | None:
    """Return the owner of a noun: "his" or "Ann Lee's", up to four words before."""
    for left in range(at - 1, max(at - 5, -1), -1):
        low = sentence[left].low
        if low in POSSESSIVES:
            return left, left + 1
        if low.endswith(("'s", "s'")):
            first = left
            while first > 0 and sentence[first - 1].word[0].isupper():
                first -= 1
            return first, left + 1
    return None
