"""Text to sentences of tokens in which a whole quotation is one token.

So a full stop inside a quotation ends no sentence, and ``"We go," she said, "and you stay."`` reads
as QUOTE , she said , QUOTE whatever is said in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from compare.language import english
from compare.language.quotes.marks import PARAGRAPH, quotations
from compare.language.quotes.names import NOT_NAMES

QUOTE = "“"  # what a quotation's token is written as

_TOKEN = re.compile(
    r"[a-z]++(?=[ ,])"  # most words; the rest says the same of them, in a fifth more time
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Sgt|Capt|Maj|Rev|Prof|St|Jr|Sr|Inc|Corp|Co|Ltd|Hon|Sir"
    r"|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|Mt|Ft|Adm|Cmdr|Pres)\.(?=\s)"
    r"|[A-Z]-(?:(?:[A-Z]\.)+|[A-Z][a-z]{1,4}\.)(?=[,)])"
    r"|[A-Z][a-z]{1,4}\.(?=\))|(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s?[A-Z])"
    r"|\d+(?:[.,:]\d+)*%?(?![-\w])"
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
_LONGEST_NICKNAME = 32  # characters, marks and all
_ENDS = frozenset([".", "?", "!", "…", "...", "..", "....", ";"])
_MAY_END = _ENDS | {QUOTE, "a.m.", "p.m."}
_GOES_ON = ",;:)]’'-—–.?!"
_CLOSING = "”\"“’'»«›」』‘"
_SPOKEN_END = ".?!…"
_REMEMBERED = 1500  # sentences: a story's are cut into clauses and then searched for their sources
_LONGEST_REMEMBERED = 2000  # characters
_LONGEST = 400  # tokens of a sentence: what has no full stop is cut here


class Token(NamedTuple):
    """A word, a mark or a whole quotation (`word` is `QUOTE`), with its offsets."""

    word: str
    low: str
    start: int
    end: int
    capital: bool = False  # a quotation that begins with a capital


Sentence = list[Token]


def low_at(sentence: Sentence, at: int) -> str:
    """Give the token's word in small letters; nothing outside the sentence."""
    return sentence[at].low if 0 <= at < len(sentence) else ""


def paragraphs(text: str) -> list[list[Sentence]]:
    """Give the text's paragraphs, each a list of sentences, each a list of tokens.

    A quotation that a colon leads to belongs to the paragraph before it.
    """
    text, spans = _spoken(straight(text))
    found: list[list[Token]] = []
    at = 0
    for paragraph in PARAGRAPH.finditer(text):
        first = at
        while at < len(spans) and spans[at][0] < paragraph.end():
            at += 1
        tokens = _tokens(text, paragraph.start(), paragraph.end(), spans[first:at])
        if tokens and found and tokens[0].word == QUOTE and found[-1][-1].word == ":":
            found[-1] += tokens
        elif tokens:
            found.append(tokens)
    return [_sentences(text, tokens) for tokens in found]


def tokens_of(sentence: str) -> Sentence:
    """Give the tokens of one sentence; they are remembered, so no caller may change them."""
    return _remembered(sentence) if len(sentence) <= _LONGEST_REMEMBERED else _all_tokens(sentence)


def sentences_of(passage: str) -> list[Sentence]:
    """Give the sentences of a passage without line breaks."""
    tokens = tokens_of(passage)
    return _sentences(passage, tokens) if tokens else []


def _all_tokens(text: str) -> Sentence:
    text, spans = _spoken(text)
    return _tokens(text, 0, len(text), spans)


_remembered = lru_cache(maxsize=_REMEMBERED)(_all_tokens)


def _closed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop a mark that is never closed, unless the quotation goes on in the next paragraph."""
    kept: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        closed = end < len(text) and text[end] in _CLOSING
        following = spans[number + 1][0] if number + 1 < len(spans) else -1
        goes_on = following > end and text[following] == text[start] and not text[end:following].strip()
        if closed or goes_on:
            kept.append((start, end))
    return kept


def straight(text: str) -> str:
    """Write ``two marks'' as one and a space, and " spaced marks " as “ paired ones ”: the offsets stay."""
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
    return ' "' if mark.end() < len(text) and _opening(text, mark) else '" '


def _paired(line: str) -> str:
    """In tokenised text every mark stands between spaces: each second one closes."""
    spaced = [mark.start() for mark in _SPACED.finditer(line)]
    if len(spaced) % 2 or len(spaced) != line.count('"'):
        return line
    for number, at in enumerate(spaced):
        line = f"{line[:at]}{'”' if number % 2 else '“'}{line[at + 1 :]}"
    return line


def _spoken(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Give the quotations of a text, and the text without the marks of nicknames: the offsets stay."""
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


def _opening(text: str, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1] if mark.start() else " "
    return not text[mark.end()].isspace() and (before.isspace() or before in "([—–-")


def _tokens(text: str, start: int, stop: int, spans: list[tuple[int, int]]) -> list[Token]:
    tokens: list[Token] = []
    for begin, end in [*spans, (stop, stop)]:
        # A third of the time goes into making these: a tuple is made without its defaults being looked up.
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
    """Cut a paragraph's tokens after what ends a sentence."""
    found = []
    first = 0
    for at in [at for at, token in enumerate(tokens[:-1]) if token.word in _MAY_END]:
        if _cut(text, tokens, at):
            found += _short(tokens, first, at + 1)
            first = at + 1
    return found + _short(tokens, first, len(tokens))


def _short(tokens: list[Token], first: int, stop: int) -> list[Sentence]:
    """Cut what runs on for ever."""
    return [tokens[at : min(at + _LONGEST, stop)] for at in range(first, stop, _LONGEST)]


def _cut(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a sentence ends after this token."""
    token, following = tokens[at], tokens[at + 1].word
    if token.word != QUOTE:
        clock = token.word not in _ENDS  # a.m. ends a sentence now and then
        if clock:
            return following[0].isupper()
        return following == QUOTE or not (following[0].islower() or following[0] in _GOES_ON)
    said = text[token.start : token.end].rstrip("\"”’'»›」』 ")
    if not said or said[-1] not in _SPOKEN_END:
        return False
    return following == QUOTE or (following[0].isupper() and not (said[-1] in "?!" and _cue_near(tokens, at)))


def _cue_near(tokens: list[Token], index: int) -> bool:
    """Whether a short name and a verb of speaking follow the quotation: "Why?" Ms Vey asked."""
    near = [token.low for token in tokens[index + 1 : index + 7]]
    return any(word in _ASKED for word in near) and "," not in near[:1]


_ASKED = english.speech.asked
