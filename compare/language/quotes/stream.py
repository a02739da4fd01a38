"""Split text into sentences of tokens, with each quotation as one token, and find the quotations.

A full stop inside a quotation therefore ends no sentence, and ``"We go," she said, "and you stay."`` becomes QUOTE ,
she said , QUOTE. Marks are paired paragraph by paragraph: an unclosed one ends with its paragraph, because a quotation
over several paragraphs opens anew in each. `compare.language.tokens` reads words for counting, without their places.
"""

# ruff: noqa: RUF002 - quotation marks and apostrophes of every kind are what is read here

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from compare.language.english import DATES, abbreviations, people, speech, time
from compare.language.remembering import remembered
from compare.language.tokens import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# Capitalised words that begin a sentence or stand alone without being a name.
NOT_NAMES = people.not_names | DATES
QUOTE = "“"  # the word of a quotation's token


def _capitals(words: frozenset[str]) -> str:
    return any_of(word for word in words if word[0].isupper())


_TOKEN = re.compile(
    r"[a-z]++(?=[ ,])"  # most words; the other patterns would match them too, but take a fifth longer
    rf"|(?:{_capitals(abbreviations.titles)}|St|Jr|Sr|Inc|Corp|Co|Ltd|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec) ?\.(?=\s)"
    rf"|(?:{_capitals(abbreviations.counted)}) ?\.(?=\s\d)"
    # "Fire Dept. said", but "He lives on Elm Ave. The mayor said"
    rf"|(?:{_capitals(abbreviations.suffixes | abbreviations.states)}|Vol) ?\.(?=,|\s[a-z,&(])"
    rf"|(?:{_capitals(abbreviations.suffixes)}|Vol) ?\.(?=\s(?:{_capitals(abbreviations.suffixes)}|Fire) ?\.?\s)"
    r"|[A-Z]-(?:(?:[A-Z]\.)+|[A-Z][a-z]{1,4}\.)(?=[,)])"
    r"|[A-Z][a-z]{1,4}\.(?=\))|(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s?[A-Z])"
    r"|\d+(?:[.,:]\d+)*(?:%|[a-z]{1,2})?(?![-\w])"
    r"|[^\W_]+(?:[-’'&/][^\W_]+)*(?:[’'](?=\s))?"
    r"|\.{2,}|-{2,}|[^\w\s]"
)
_DOUBLED = re.compile(r"``|(?<![\w'`])''(?=[^\s'])|(?<=\S)''(?!['\w])|(?<=\s)''(?!\S)")
_SPACED = re.compile(r'(?<!\S)"(?!\S)')
# William “Bill” Harker: a name in marks between names.
_NAME_BEFORE = re.compile(r"(?:^|[\s(“\"])([A-Z][\w-]+|[A-Z]\.) $")
_NICKNAME = re.compile(r"(?:[Tt]he )?[A-Z][\w’-]*(?: [A-Z][\w’-]*){0,2}")
_ARTICLE = re.compile(r"^[Tt]he ")
_NAME_AFTER = re.compile(r" ([A-Z][\w’'-]+)")
_LONGEST_NICKNAME = 32  # characters, including the marks
_ENDS = frozenset([".", "?", "!", "…", "...", "..", "....", ";"])
_MAY_END = _ENDS | {QUOTE, "a.m.", "p.m."}
DASHES = frozenset("—–-―|") | {"--"}
_GOES_ON = ",;:)]’'-—–.?!"
_CLOSING = "”\"“’'»«›」』‘"
_SPOKEN_END = ".?!…"
_REMEMBERED = 20000  # sentences; a story's are split into clauses and then searched for their sources
_LONGEST = 400  # tokens of a sentence; text without a full stop is cut here

# The marks that close each opening mark; in some languages » and ” open.
_CLOSED_BY = {
    "“": '”"',
    "”": "”",
    '"': '"”',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’'",
    "’": "’",
    "'": "'’",
    "‚": "‘’",
}
_SINGLE = "‘’‚'"
_OPENS_OR_CLOSES = "\"”»'’"
_NOT_AFTER_OPENER = ",;:!?)]}"

# Every line end of Python's splitlines ends a paragraph.
PARAGRAPH = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MARK = re.compile(r"[“”\"„«»‹›「」『』‘’‚']")
# "HALDEN, March 3 (Northwire) -", "PORT ASHE —"; without an agency or a date, the place must be in capitals.
_DATELINE = re.compile(
    r"(?P<place>(?:[A-Z][\w.'’/-]*+ ?+){1,4}+)(?P<date>(?:, ?+(?:[A-Z\d][\w.]*+ ?+){1,3}+){0,3}+)"
    r"(?P<agency>\([^()\n]{2,40}+\) ?+)?(?:[–—―]|--?) (?=[\"“‘„«`A-Z\d])"
)
_INITIALS = 2  # the most letters that are hardly a place: "UN - ..."
_DAYS = frozenset([*time["weekdays"], *(form for month in time["months"] for form in month.split())])
_DATELINES = 3  # paragraphs: a headline or a byline may stand before a dateline
_NOT_LETTERS = re.compile(r"[\W\d_]+")
# Apostrophes where a quotation could begin: the '90s, 'tis, 'em, rock 'n' roll.
_ELISION = re.compile(r"['’‘](?:\d0s|\d\d\b|(?:tis|twas|em|til|till|cause|bout|round|n)\b)", re.IGNORECASE)


class Token(NamedTuple):
    """A word, a mark or a whole quotation (`word` is `QUOTE`), with its offsets."""

    word: str
    low: str
    start: int
    end: int
    capital: bool = False  # a quotation that begins with a capital


Sentence = list[Token]


def low_at(sentence: Sentence, at: int) -> str:
    """Return the token's word in lower case; "" outside the sentence."""
    return sentence[at].low if 0 <= at < len(sentence) else ""


def paragraphs(text: str) -> list[list[Sentence]]:
    """Return the text's paragraphs as lists of sentences; a colon keeps the quotation after it in its paragraph."""
    text, spans = _spoken(straight(text))
    found: list[list[Token]] = []
    at = 0
    for paragraph in PARAGRAPH.finditer(text):
        first = at
        while at < len(spans) and spans[at][0] < paragraph.end():
            at += 1
        begin = paragraph.start() if len(found) >= _DATELINES else _after_dateline(text, paragraph.start())
        tokens = _tokens(text, begin, paragraph.end(), spans[first:at])
        signed = len(tokens) > 1 and tokens[1].word in DASHES  # "“It is lost.” — Ann Lee"
        if tokens and found and tokens[0].word == QUOTE and found[-1][-1].word == ":" and not signed:
            found[-1] += tokens
        elif tokens:
            found.append(tokens)
    return [_sentences(text, tokens) for tokens in found]


def _after_dateline(text: str, start: int) -> int:
    """Return where a paragraph begins after its dateline."""
    found = _DATELINE.match(text, start)
    if found is None:
        return start
    place = found["place"].strip()
    dated = found["agency"] or not _DAYS.isdisjoint(re.findall(r"[a-z]+", found["date"].lower()))
    return found.end() if dated or (place.isupper() and len(place) > _INITIALS) else start


@remembered(_REMEMBERED)
def tokens_of(sentence: str) -> Sentence:
    """Return the tokens of one sentence; the list is cached, so callers must not change it."""
    text, spans = _spoken(sentence)
    return _tokens(text, 0, len(text), spans)


def sentences_of(passage: str) -> list[Sentence]:
    """Return the sentences of a passage without line breaks."""
    tokens = tokens_of(passage)
    return _sentences(passage, tokens) if tokens else []


def _closed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop a mark that is never closed, unless the quotation continues in the next paragraph."""
    kept: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        closed = end < len(text) and text[end] in _CLOSING
        following = spans[number + 1][0] if number + 1 < len(spans) else -1
        goes_on = following > end and text[following] == text[start] and not text[end:following].strip()
        if closed or goes_on:
            kept.append((start, end))
    return kept


def straight(text: str) -> str:
    """Replace ``two marks'' by one and a space, and " spaced marks " by “ paired ones ”, keeping the offsets."""
    if "''" in text or "``" in text:
        text = _DOUBLED.sub(lambda mark: _single(text, mark), text)
    if ' " ' in text:
        text = PARAGRAPH.sub(lambda line: _paired(line[0]), text)
    return text


def _single(text: str, mark: re.Match[str]) -> str:
    if mark[0] == "``":
        return " “"
    if text[mark.start() - 1 : mark.start()].isspace() and not text[mark.end() : mark.end() + 1].strip():
        return "” "
    before = text[mark.start() - 1] if mark.start() else " "
    opens = not text[mark.end() : mark.end() + 1].isspace() and (before.isspace() or before in "([—–-")
    return ' "' if mark.end() < len(text) and opens else '" '


def _paired(line: str) -> str:
    """Pair the marks of tokenised text, which have spaces on both sides: every second one closes."""
    spaced = [mark.start() for mark in _SPACED.finditer(line)]
    if len(spaced) % 2 or len(spaced) != line.count('"'):
        return line
    for number, at in enumerate(spaced):
        line = f"{line[:at]}{'”' if number % 2 else '“'}{line[at + 1 :]}"
    return line


def _spoken(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without the marks of nicknames, and its quotations, keeping the offsets."""
    spans = _closed(text, quotations(text))
    names = [span for span in spans if span[1] - span[0] < _LONGEST_NICKNAME and _is_nickname(text, *span)]
    for start, end in names:
        name = _ARTICLE.sub("    ", text[start + 1 : end])
        text = f"{text[:start]} {name} {text[end + 1 :]}"
    return text, [span for span in spans if span not in names] if names else spans


def _is_nickname(text: str, start: int, end: int) -> bool:
    before = _NAME_BEFORE.search(text, max(0, start - _LONGEST_NICKNAME), start)
    after = _NAME_AFTER.match(text, end + 1)
    if not (before and after and _NICKNAME.fullmatch(text, start + 1, end)):
        return False
    return not {before[1].lower(), after[1].lower()} & NOT_NAMES


def _tokens(text: str, start: int, stop: int, spans: list[tuple[int, int]]) -> list[Token]:
    tokens: list[Token] = []
    for begin, end in [*spans, (stop, stop)]:
        # Creating tokens takes a third of the time; tuple.__new__ avoids looking up defaults.
        tokens += [
            tuple.__new__(Token, (word := match[0], word.lower().replace("’", "'"), *match.span(), False))
            for match in _TOKEN.finditer(text, start, begin)
        ]
        start = end
        if begin < end:
            start = min(end + 1, stop)
            capital = not text[begin + 1 : begin + 4].lstrip("'‘“\" ")[:1].islower()
            tokens.append(Token(QUOTE, QUOTE, begin, start, capital))
    return tokens


def _sentences(text: str, tokens: list[Token]) -> list[Sentence]:
    found = []
    first = 0
    for at in [at for at, token in enumerate(tokens[:-1]) if token.word in _MAY_END]:
        if _cut(text, tokens, at):
            found += _short(tokens, first, at + 1)
            first = at + 1
    return found + _short(tokens, first, len(tokens))


def _short(tokens: list[Token], first: int, stop: int) -> list[Sentence]:
    """Cut overlong sentences."""
    return [tokens[at : min(at + _LONGEST, stop)] for at in range(first, stop, _LONGEST)]


def _cut(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a sentence ends after this token."""
    token, following = tokens[at], tokens[at + 1].word
    if token.word != QUOTE:
        clock = token.word not in _ENDS  # "a.m." sometimes ends a sentence
        if clock:
            return following[0].isupper()
        return following == QUOTE or not (following[0].islower() or following[0] in _GOES_ON)
    said = text[token.start : token.end].rstrip("\"”’'»›」』 ")
    if not said or said[-1] not in _SPOKEN_END:
        return False
    near = [token.low for token in tokens[at + 1 : at + 7]]
    # Not after a quotation with a short name and a verb of speaking: "Why?" Ms Vey asked.
    cued = said[-1] in "?!" and "," not in near[:1] and not speech.asked.isdisjoint(near)
    return following == QUOTE or (following[0].isupper() and not cued)


def quoted_share(text: str, spans: Sequence[tuple[int, int]]) -> list[float]:
    """Return for each span the share (0 to 1) of its letters that is inside quotation marks.

    Marks are read over the whole text, so a sentence within a quotation counts even if it has no mark of its own.
    `spans` are start and end (exclusive), in code points; a span without letters gets 0.
    """
    spoken = quotations(text)
    starts = [start for start, _ in spoken]
    shares = []
    for start, end in spans:
        inside = 0
        at = max(bisect_right(starts, start) - 1, 0)
        while at < len(spoken) and spoken[at][0] < end:
            low, high = spoken[at]
            inside += _letters(text, max(start, low), min(end, high))
            at += 1
        shares.append(inside / _letters(text, start, end) if inside else 0.0)
    return shares


def _letters(text: str, start: int, end: int) -> int:
    return len(_NOT_LETTERS.sub("", text[start:end])) if start < end else 0


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans between quotation marks, in order; nested quotations are part of the outer one."""
    found: list[tuple[int, int]] = []
    for paragraph in PARAGRAPH.finditer(text):
        marks = [mark.start() for mark in _MARK.finditer(text, *paragraph.span())]
        if marks:
            found += _pair(text, marks, paragraph.start(), paragraph.end())
    return found


def _pair(text: str, marks: list[int], first: int, last: int) -> list[tuple[int, int]]:
    """Pair the marks at these offsets in the paragraph from `first` to `last`, left to right."""
    found = []
    opener = ""
    opened = first
    for at, closed_later in zip(marks, _closed_later(text, marks), strict=True):
        mark = text[at]
        if opener:
            if mark in _CLOSED_BY[opener] and _closes(text, at, plural=closed_later):
                found.append((opened, at))
                opener = ""
        elif _opens(text, at) and (mark not in "'’" or closed_later or at == first):
            opener, opened = mark, at
    if opener:
        found.append((opened, last))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether the mark can open a quotation, judged by its two neighbours."""
    mark = text[at]
    if mark not in _CLOSED_BY or (mark in _SINGLE and _ELISION.match(text, at)):
        return False
    before, after = _neighbours(text, at)
    if mark in _OPENS_OR_CLOSES:
        return not (before.isalnum() or after.isspace() or after in _NOT_AFTER_OPENER)
    return before.isspace() or not after.isspace()


def _closes(text: str, at: int, *, plural: bool) -> bool:
    """Whether the mark closes the open quotation; with `plural`, workers’ ends in an apostrophe."""
    before, after = _neighbours(text, at)
    if text[at] in _SINGLE:
        return _surely_closes(before, after) or (not plural and before in "sS" and after.isspace())
    # A straight mark that touches the next word opens again, because the one before was never closed.
    return text[at] != '"' or not before.isspace() or after.isspace()


def _surely_closes(before: str, after: str) -> bool:
    """Whether a single mark is certainly not an apostrophe: neither don’t nor the workers’ union."""
    if before.isspace() or (before.isalnum() and after.isalnum()):
        return False
    return not (before in "sS" and after.isspace())


def _closed_later(text: str, marks: list[int]) -> list[bool]:
    """For each mark, whether a single mark that certainly closes follows before another single mark opens."""
    later = [False] * len(marks)
    closed = False
    for number in range(len(marks) - 1, -1, -1):
        later[number] = closed
        at = marks[number]
        if text[at] in _SINGLE:
            if text[at] in "’'" and _surely_closes(*_neighbours(text, at)):
                closed = True
            elif _opens(text, at):
                closed = False
    return later


def _neighbours(text: str, at: int) -> tuple[str, str]:
    """Return the characters before and after; spaces at the ends of the text."""
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
