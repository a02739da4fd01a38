"""The quotations of a story's articles, direct and in reported speech."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.language import english
from compare.language.languages import code_of
from compare.language.quotes.cues import PARTICLES, VERBS
from compare.language.quotes.extract import extract_quotes
from compare.language.quotes.stream import quotations
from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.reading.articles import by_publication
from compare.tables import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

# A form is full if it lacks no more than this share of the content words, and no word that denies or limits.
_LIGHT = 0.1
# Likeness of letters from which different words count as one in another spelling: organise, organize.
_SPELLING = 80.0
_WEIGHTY = frozenset("not no never nobody nothing neither nor without if unless until except only".split())
_NEGATED = re.compile(r"^(?:un|in|im|il|ir|dis|non|a)-?(?=\w{3})")
_LONG = {"d": "would", "ll": "will", "re": "are", "ve": "have", "m": "am"}
_SHORT = re.compile(rf"(?<=\w)['’]({'|'.join(_LONG)})\b")
# Openings that speakers use and editors leave out, which limit nothing that follows.
_LEAD_IN = re.compile(
    r"^\W*+(?:(?:all|what) (?:i|we) (?:can|will|would) (?:say|tell you) is|the (?:fact|point|thing|truth) is|"
    r"(?:i|we) (?:want|would like) to (?:say|stress|tell you)|let me (?:say|be clear))\b,?(?: that\b)?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\[[^\]\n]{0,60}\]")
_MOST_WORDS = 1500  # the most words of a form; a longer one is a speech
_REMEMBERED = 5000


class Form(NamedTuple):
    """The words of a form as written and as compared, and which of them are content words."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[bool, ...]

    @property
    def size(self) -> int:
        """The number of content words."""
        return sum(self.content)


class Kept(NamedTuple):
    """The part of a fuller form that another form keeps."""

    share: float  # of its content words
    content: int  # the number of these
    words: int  # words of any kind
    full: bool
    gone: str  # the runs of missing words, joined by " … "


@lru_cache(maxsize=_REMEMBERED)
def read_form(text: str) -> Form:
    """Split a form of a quotation into words, without an outlet's brackets and empty lead-ins."""
    whole = _SHORT.sub(lambda found: f" {_LONG[found[1]]}", _BRACKETS.sub(" ", text))
    said = words(_LEAD_IN.sub("", whole))[:_MOST_WORDS]
    stems = tuple([stem(word) for word in said])
    content = tuple([form not in FUNCTION_WORDS for form in stems])
    return Form(said, stems, content)


@lru_cache(maxsize=_REMEMBERED)
def kept(text: str, fuller: str) -> Kept:
    """Return the part of a fuller form that a form keeps, in order."""
    here, there = read_form(text), read_form(fuller)
    differences = [
        run
        for run in _differences(here.stems, there.stems)
        if not _respelled(there.stems[run[0] : run[1]], here.stems[run[2] : run[3]])
    ]
    missing = [(low, high) for low, high, _, _ in differences if low < high]
    gone = [at for low, high in missing for at in range(low, high)]
    lost = sum(there.content[at] for at in gone)
    left = there.size - lost
    share = left / there.size if there.size else 1.0
    # An additional "not" reverses the meaning as a missing one does; words before or after are another sentence.
    inside = [
        at for _, _, first, last in differences if first > 0 and last < len(here.stems) for at in range(first, last)
    ]
    weighty = any(there.stems[at] in _WEIGHTY for at in gone) or any(here.stems[at] in _WEIGHTY for at in inside)
    told = " … ".join(" ".join(there.words[low:high]) for low, high in missing)
    return Kept(share, left, len(there.words) - len(gone), lost <= _LIGHT * there.size and not weighty, told)


def _differences(here: tuple[str, ...], there: tuple[str, ...]) -> list[tuple[int, int, int, int]]:
    """Return the runs of words between those shared in order: from and to in the fuller form, and in the other."""
    from rapidfuzz.distance import LCSseq

    found: list[tuple[int, int, int, int]] = []
    for step in LCSseq.opcodes(there, here):
        if step.tag == "equal":
            continue
        run = step.src_start, step.src_end, step.dest_start, step.dest_end
        if found and found[-1][1] == run[0] and found[-1][3] == run[2]:
            before = found.pop()
            run = before[0], run[1], before[2], run[3]
        found.append(run)
    return found


def _respelled(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two runs of words are one in another spelling, with the same numbers and negative prefixes."""
    here, there = "".join(one), "".join(other)
    if here == there:
        return True
    if any(sign.isdigit() for sign in here + there):
        return False
    pairs = zip(one, other, strict=False) if len(one) == len(other) else ((here, there),)
    if any(_NEGATED.sub("", a) == b or _NEGATED.sub("", b) == a for a, b in pairs if a != b):
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(here, there) >= _SPELLING


_LEAST_CONTENT = 3  # content words; reported speech with fewer cannot be compared
_LEAST_QUOTED = 2  # the same for a quotation in marks
_SPEAKING = frozenset("taq")  # frames of cues that say, ask or tell; a mere wish or plan is not a quotation
_CLOSING = "”\"’'»«›」』“‘"


@dataclass(frozen=True, eq=False)
class Saying:
    """A quotation in an article.

    `number` is its place in the story, by publication and then by position; `article` and `sentence` are rows, the
    latter of the sentence in which it begins; `voice` is the article's id, or the id shared by copies of one wire text;
    `spoken` are the words of `text` inside quotation marks, empty for indirect speech; `lead` is the same speaker's
    reported speech right before; `speaker` is the speaker in the article's words, and `resolved` the person meant.
    """

    number: int
    article: int
    outlet: str
    voice: str
    sentence: int
    start: int
    end: int
    text: str
    spoken: str
    lead: str
    speaker: str
    resolved: str
    cue: str
    kind: str


def find_sayings(articles: pd.DataFrame, sentences: pd.DataFrame, wire: pd.DataFrame) -> tuple[list[Saying], set[int]]:
    """Return the comparable quotations of the articles; of nested ones only the outer.

    Also return the rows of all sentences that attribute something to a speaker.
    """
    in_text = np.flatnonzero(sentences["index"] != HEADLINE)
    rows_of = {
        str(name): in_text[rows]
        for name, rows in sentences.iloc[in_text].groupby("article_id", sort=False).indices.items()
    }
    starts, boilerplate = sentences["start"].to_numpy(), sentences["boilerplate"].to_numpy()
    copies = wire.dropna(subset="group_id").set_index("article_id")["group_id"].to_dict()
    names, outlets, texts = (articles[name].tolist() for name in ("article_id", "outlet", "text"))
    found: list[Saying] = []
    attributed: set[int] = set()
    # Read copies of a text once.
    read = {
        text: (quotations(text), extract_quotes(text, code_of(language)).rename(columns={"quote": "text"})[[*_READ]])
        for text, language in dict(zip(texts, articles["language"], strict=True)).items()
    }
    for article in by_publication(articles).tolist():
        name, text = names[article], texts[article]
        if name not in rows_of:
            continue
        begins, (spans, quoted) = starts[rows_of[name]].tolist(), read[text]
        rows: list[dict[str, Any]] = quoted.to_dict("records")  # type: ignore[assignment]  # its columns are texts
        for row in rows:
            first, last = (max(0, bisect_right(begins, at) - 1) for at in (row["start"], row["end"] - 1))
            row["sentence"] = int(rows_of[name][first])
            attributed.update(range(row["sentence"], int(rows_of[name][last]) + 1))
        sayings: list[Saying] = []
        end = -1
        for row in sorted(filter(_is_said, rows), key=lambda row: (row["start"], -row["end"])):
            if row["end"] <= end:
                continue
            end = row["end"]
            spoken = _spoken(text, row, spans)
            if not boilerplate[row["sentence"]] and _is_comparable(row, spoken):
                voice = copies.get(name, name)
                sayings.append(Saying(0, article, outlets[article], voice, spoken=spoken, lead="", **row))
        # Repetitions within an article count once; some pages repeat a quotation a thousand times.
        once = {(one.text, one.resolved, one.spoken): one for one in reversed(_led_in(sayings, text))}
        found += sorted(once.values(), key=lambda one: (one.start, one.end))
    return [replace(one, number=number) for number, one in enumerate(found)], attributed


_READ = ("start", "end", "text", "speaker", "resolved", "cue", "kind")


def _is_said(row: dict[str, Any]) -> bool:
    """Whether it is speech: a mere wish, plan, refusal or denial is not."""
    if row["kind"] == "direct":
        return True
    cue = row["cue"].lower().replace("’", "'").split()
    if "not" in cue or any(word.endswith("n't") for word in cue):
        return False
    verbs = [(VERBS[word], following) for word, following in zip(cue, [*cue[1:], ""], strict=True) if word in VERBS]
    if any(verb.lemma in english.speech.denying for verb, _ in verbs):
        return False  # a speaker who denies knowledge does not state it
    # The frames of a verb with its particle: "called", "called on".
    frames = [PARTICLES.get(f"{verb.lemma} {following}", (verb.frames,))[0] for verb, following in verbs]
    return not frames or any(set(one) & _SPEAKING for one in frames)


def _is_comparable(row: dict[str, Any], spoken: str) -> bool:
    size = read_form(row["text"]).size
    return size >= _LEAST_CONTENT or (
        row["kind"] == "direct" and (read_form(spoken).size >= _LEAST_QUOTED or size >= _LEAST_QUOTED)
    )


def _spoken(text: str, row: dict[str, Any], spans: Sequence[tuple[int, int]]) -> str:
    """Return the words of a quotation inside marks; all of them if it has no marks of its own (a transcript)."""
    start, end = row["start"], row["end"]
    pieces = []
    for low, high in spans[max(0, bisect_left(spans, (start, 0)) - 1) :]:
        if low >= end:
            break
        closed = high < len(text) and text[high] in _CLOSING
        inside = max(start, low + 1), min(end, high)
        if inside[0] < inside[1] and (closed or row["kind"] == "direct"):
            pieces.append(text[slice(*inside)].strip(" ,"))
    return " … ".join(pieces) if pieces else row["text"] if row["kind"] == "direct" else ""


def _led_in(sayings: list[Saying], text: str) -> list[Saying]:
    """Join indirect speech with a quotation of the same speaker that directly follows in its paragraph."""
    result: list[Saying] = []
    for one in sayings:
        last = result[-1] if result else None
        follows = last is not None and one.sentence == last.sentence + 1 and one.resolved == last.resolved
        apart = last is not None and "\n" in text[last.end : one.start]
        if last and follows and not apart and one.kind == "direct" and not last.spoken and one.resolved:
            result[-1] = replace(one, lead=last.text)
        else:
            result.append(one)
    return result
