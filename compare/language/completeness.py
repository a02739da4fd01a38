"""Whether an article is whole or was cut off, by a paywall or an excerpt: nobody leaves out what stood after the cut.

A text is `cut` only if something proves it, `unknown` if it ends oddly, and otherwise `yes`. A text that was cut at
the end of a sentence, and says nothing of it, looks whole.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.language.languages import ENGLISH, code_of, detect_language
from compare.reading.wrapping import known_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

WHOLE, CUT, UNKNOWN = "yes", "cut", "unknown"

_TAIL = 1200  # characters at the end of a text in which marks are looked for
_AFTER_A_WALL = 240  # characters: "Already a subscriber? Sign in", a copyright line
_LONGEST_MARK = 240  # characters of its line
# "[+1234 chars]", as NewsAPI and feeds of it end a text
_COUNTED = re.compile(r"\[\s?\+\s?[\d.,]{1,9}\s?(?:chars?|characters|words?|zeichen|caract[eè]res)\s?\]\W{0,3}$", re.I)
_GAP = re.compile(r"[\[(]\s?(?:\.\.\.|…)\s?[\])]\W{0,2}$")  # "[...]", as feeds and blogs end an excerpt
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)\s?$")
_ANY_ELLIPSIS = re.compile(r"\.\.\.|…|\.\. \.|\. \. \.")
_QUOTATION = re.compile(r"[\"“][^\"“”\n]{0,600}[\"”]")
_STOPPED = re.compile(r"[.!?…。！？।؟][\s\"'”’“‘«»)\]*_–—-]{0,6}$")
_QUOTED_END = re.compile(r"[\"”’»“']\s?$")
_QUOTED_COMMA = re.compile(r",\s?[\"”’»“']{1,2}$")
_SENTENCE_START = re.compile(r"(?<=[.!?…])[\"”’»)\]]{0,2}\s")
_SPLIT_WORD = re.compile(r"[^\W\d_]-$")
_NOT_PROSE = re.compile(r"https?://|www\.|@|©|\|")
_FEWEST_WORDS = 5  # of a sentence that ends in an ellipsis: "We shall see..." may be meant
_PROSE_FROM = 6  # words of a last line without a stop that is no heading, name or place
_HABIT_FROM = 8  # articles of an outlet by which its usual length is known
_FAR_UNDER = 0.25  # share of that length


class _Marks(NamedTuple):
    wall: tuple[str, ...]
    hint: tuple[str, ...]
    serial: tuple[str, ...]


def with_completeness(articles: pd.DataFrame, usual: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Return the ARTICLES table with `complete` judged from the text where the input does not give it.

    Args:
        articles: the ARTICLES table. A text that ends oddly is cut if it is also far shorter than the outlet's others;
            that is known only of outlets with at least eight articles.
        usual: the `usual_length` of each outlet's articles; if None, that of these articles.
    """
    given = articles["complete"].tolist()
    if all(isinstance(one, str) for one in given):
        return articles
    texts, outlets = articles["text"].tolist(), articles["outlet"].tolist()
    if usual is None:
        lengths = articles["text"].str.len().groupby(articles["outlet"])
        usual = {str(outlet): usual_length(sorted(of_outlet)) for outlet, of_outlet in lengths}
    short = [len(text) < _FAR_UNDER * usual[outlet] for outlet, text in zip(outlets, texts, strict=True)]
    rows = zip(given, texts, articles["language"].tolist(), short, strict=True)
    told = [old if isinstance(old, str) else _judged(text, code, brief) for old, text, code, brief in rows]
    return articles.assign(complete=told).astype({"complete": articles["complete"].dtype})


def completeness_of(text: str, language: str = "en") -> str:
    """Return `yes`, `cut` or `unknown` for a text by how it ends.

    Args:
        text: the article's text.
        language: its language, a BCP 47 code without country; marks of every language that is listed are known.
    """
    end = text.rstrip()
    if not end:
        return UNKNOWN
    lines = [line.strip() for line in end[-_TAIL:].split("\n") if line.strip()]
    last, after = lines[-1], 0
    if is_wall(_SENTENCE_START.split(last)[-1]):
        return CUT
    for line in reversed(lines):
        if is_wall(line):
            return CUT
        after += len(line)
        if after > _AFTER_A_WALL:  # a label above the text: "Article réservé aux abonnés"
            break
    hinted = _hint_at(last)
    if hinted is not None:
        before = last[:hinted].rstrip() or (lines[-2] if len(lines) > 1 else "")
        sign = _by_ending(before, text[: text.rfind(before) + len(before)] if before else "", language)
        return sign if sign == CUT else WHOLE
    return _by_ending(last, end, language)


def is_wall(line: str) -> bool:
    """Return whether a line says that the rest of its article must be paid for or stands elsewhere."""
    if len(line) > _LONGEST_MARK:
        return False
    folded = _folded(line)
    pairs = (phrase.split(" … ") for phrase in _marks().wall if " … " in phrase)
    return (
        _COUNTED.fullmatch(line) is not None
        or folded.startswith(_marks().wall)
        or any(folded.startswith(first) and then in folded for first, then in pairs)
    )


def _judged(text: str, language: Any, brief: bool) -> str:
    found = completeness_of(text, "")
    if found == UNKNOWN:  # only then the language matters, and finding it out takes time
        found = completeness_of(text, code_of(language) if isinstance(language, str) else detect_language(text))
    return CUT if found == UNKNOWN and brief else found


def _by_ending(last: str, text: str, language: str) -> str:
    """Judge a text by its last line: an excerpt's mark, an ellipsis, or a sentence without an end."""
    if any(mark.search(last) for mark in (_COUNTED, _GAP, _QUOTED_COMMA)):
        return CUT
    sentence = _SENTENCE_START.split(last)[-1].strip()
    if _ELLIPSIS.search(last):
        return _trailing_off(_ELLIPSIS.sub("", sentence).strip(), text, language)
    ended = _STOPPED.search(last) or _QUOTED_END.search(last) or last.endswith((")", "]", "*", "_"))
    if ended or _NOT_PROSE.search(sentence):
        return WHOLE
    begun = sentence != last.strip()  # in a paragraph with whole sentences before it
    fewest = 2 if begun else _PROSE_FROM  # below, it is an address, a byline or a heading
    is_open = _is_open(sentence, language)
    if len(sentence.split()) < fewest:
        return UNKNOWN if is_open else WHOLE
    is_open |= sentence.endswith((",", "(")) or _SPLIT_WORD.search(sentence) is not None
    if is_open or (language == ENGLISH and _is_broken_off(sentence, text)):
        return CUT
    return UNKNOWN if _is_prose(sentence) else WHOLE


def _trailing_off(sentence: str, text: str, language: str) -> str:
    """Judge a text whose last sentence, given without it, ends in an ellipsis."""
    if _folded(sentence).endswith(_marks().serial):
        return WHOLE
    # A writer who uses them elsewhere, outside quotations, may end so, too.
    style = len(_ANY_ELLIPSIS.findall(_QUOTATION.sub("", text))) > 1
    proven = _is_open(sentence, language) or (len(sentence.split()) >= _FEWEST_WORDS and not style)
    return CUT if proven else UNKNOWN


def _is_prose(sentence: str) -> bool:
    """Whether a line without a stop may be a sentence that was cut: no headline in capitals, no list of names."""
    words = sentence.split()[1:]
    return sum(word[0].islower() for word in words) >= len(words) / 2


def _is_open(text: str, language: str) -> bool:
    """Whether a text ends in a word with which no sentence ends."""
    # Not in capitals: "Vitamin A", "Category I".
    return text.rpartition(" ")[2].rpartition("\n")[2].rstrip(",;:–—-") in _open_words().get(language, frozenset())


def _is_broken_off(sentence: str, text: str) -> bool:
    """Whether an English text ends within a word: in small letters, unknown, and nowhere else in the text."""
    last = sentence.rpartition(" ")[2]
    if not (last.isalpha() and last.islower() and last.isascii()):
        return False
    known = known_words()
    forms = {last, *(last.removesuffix(end) for end in ("s", "es", "d", "ed", "ing", "ly", "er"))}
    again = re.search(rf"\b{last}\b", text[: -len(last)], re.IGNORECASE)
    return not (forms & known or again)


def _hint_at(line: str) -> int | None:
    """Return where, at the end of a line, a hint such as "Read more at ..." begins; None if there is none."""
    folded = _folded(line)
    if folded.startswith(_marks().hint) and len(line) <= _LONGEST_MARK:
        return 0
    places = [found for hint in _marks().hint if (found := folded.rfind(hint)) > 0 and len(line) - found <= 80]
    cut = [at for at in places if _ELLIPSIS.search(folded[:at].rstrip())]
    return min(cut, default=None)


def usual_length(lengths: Sequence[int]) -> int:
    """Return how many characters an outlet's articles usually have, given those of each in order; 0 of too few."""
    return lengths[len(lengths) // 2] if len(lengths) >= _HABIT_FROM else 0


def _folded(line: str) -> str:
    # As long as the line, so that places in it are places in the line.
    low = line.lower()
    return low if len(low) == len(line) else line


@cache
def _lists() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        (files("compare.language") / "cut_marks.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def _marks() -> _Marks:
    """All languages' marks together: a wall may be in another language than the article."""
    return _Marks(
        *(tuple(line for one in _lists().values() for line in one[kind].split("\n") if line) for kind in _Marks._fields)
    )


@cache
def _open_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(one["open"].split()) for language, one in _lists().items()}
