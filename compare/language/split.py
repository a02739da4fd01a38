"""Text to sentences, each a span of code points.

sentencex proposes where sentences end, for about thirty languages. A second step undoes what it gets wrong in English
("Ms. Lee", "9 a.m. Tuesday", a quotation and its cue) and adds what it misses. Quotation marks and brackets are hidden
from it: with them it takes quadratic time, panics on rare characters inside them, and never splits a quotation.
"""

# ruff: noqa: RUF003 - this file reads quotation marks and apostrophes of every kind

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from compare.language.boilerplate import is_boilerplate, is_caption
from compare.language.completeness import is_wall
from compare.language.english import abbreviations
from compare.language.others import LISTED, OtherLists, lists_of
from compare.language.quotes.stream import PARAGRAPH, quoted_share
from compare.reading.corrections import find_corrections
from compare.tables import HEADLINE, SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

_AFTER_A_WALL = 400  # characters, from the line that says that the rest must be paid for to the end

# Languages with their own rules in sentencex; all other codes use the English rules.
_LANGUAGES = frozenset(
    "am ar bg bn ca da de el es fi fr gu hi hy it ja kk kn ml mr my nl pa pl pt ru sk ta te uk".split()
)

# Each is hidden from sentencex by one space, so that offsets stay: what opens or closes, and unusual
# white space. Closing ’ stays: it is the apostrophe as well, and nothing is left that it could close.
_HIDDEN = '“”„‟"«»‹›‘‚‛`《》〈〉「」『』()（）[]{}<>@' + "".join(
    chr(point) for point in range(0x3001) if chr(point).isspace() and chr(point) not in " \n"
)
_OPENING_APOSTROPHE = re.compile(r"'(?<!\w')")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Italian takes quadratic time on a long line; no line of news is as long as one piece.
_PIECE = re.compile(r".{1,4000}(?<=\w)(?=\s)|.{1,4000}")

# Where a sentence may end: the mark, what closes with it (« Non. » and a note[1] too), white space.
_CLOSING = r"((?:[”’\"'»›)\]}」』]|[“«](?!\w))*+(?:\[\d{1,3}\])*+(?:\s[”’\"'»›)\]](?=\s))*+)"
_SPACE_FORGOTTEN = r"(?=(?!(?i:com|org|net|co|gov|edu|tv|js)\b)[“\"‘(]?[A-Z][a-z]*[\s,’'])"
_END = re.compile(rf"([.!?…](?<![.!?…]{{2}})[.!?…]*+){_CLOSING}(\s++|{_SPACE_FORGOTTEN})(?=\S)")
# Marks that end a sentence without a space after them, in scripts without small letters.
_FOREIGN_END = re.compile(rf"([.!?…]*+){_CLOSING}(\s*+)(?=\S)")
_NEXT_WORD = re.compile(r"(?![.!?…])\W{0,20}(\w[\w’']{0,30})(\.?)")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_OPENING = re.compile(r"[“”„\"«»‹›‘(\[{/–—-]")
_CUE = re.compile(
    r"(?:[A-Z][\w.’'-]{0,30}\s){1,4}(?:said|says|asked|asks|added|replied|told|wrote|shouted|wondered|demanded)"
    r"(?:[.,;:]|\s(?:on|in|at|during|after|when|as|to|reporters|him|her|them|later)\b)"
)

_FIRST_PERSON = frozenset(["I", "I’m", "I'm", "I’ve", "I've", "I’d", "I'd", "I’ll", "I'll"])

# Separators between a headline and the outlet's name: "Strike is over | The Gannet"; the first with spaces only.
_DASHES, _BARS = "-–—~:·•", "|»"


def split_text(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Split a text into sentences.

    The end of a line always ends a sentence. A quotation of several sentences is split; a quotation stays with the cue
    that follows it ("Why now?" asked the minister.). An unknown BCP 47 `language` is read by the English rules.

    Returns:
        Start and end (exclusive) in code points, in order; only white space lies between them.
    """
    code = language.lower().replace("_", "-").split("-")[0]
    code = code if code in _LANGUAGES else "en"
    hidden = text
    for character in _HIDDEN:
        hidden = hidden.replace(character, " ")
    # sentencex does not accept a lone surrogate.
    hidden = _SURROGATE.sub("\ufffd", _OPENING_APOSTROPHE.sub(" ", hidden))
    spans: list[tuple[int, int]] = []
    for line in PARAGRAPH.finditer(text):
        content = line.group()
        start = line.end() - len(content.lstrip())
        stop = line.start() + len(content.rstrip())
        for end, following in _cuts(text, (start, stop), _proposals(hidden, start, stop, code), code):
            # Two marks of different kinds may end a sentence at the same place.
            if start < end:
                spans.append((start, end))
                start = following
        if start < stop:
            spans.append((start, stop))
    return spans


def split_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Split every article of an ARTICLES table; return a SENTENCES table in the articles' order."""
    columns: dict[str, list[object]] = {name: [] for name in SENTENCES.names}
    languages = articles["language"] if "language" in articles.columns else [None] * len(articles)
    for article_id, text, language in zip(articles["article_id"], articles["text"], languages, strict=True):
        spans = split_text(text, language if isinstance(language, str) and language else "en")
        sentences = [text[start:end] for start, end in spans]
        columns["sentence_id"] += [f"{article_id}:{index}" for index in range(len(spans))]
        columns["article_id"] += [article_id] * len(spans)
        columns["index"] += range(len(spans))
        columns["start"] += [start for start, _ in spans]
        columns["end"] += [end for _, end in spans]
        columns["text"] += sentences
        columns["quoted"] += [share > 0.5 for share in quoted_share(text, spans)]
        columns["boilerplate"] += _boilerplate(text, spans, sentences)
    return SENTENCES.frame(columns)


def _boilerplate(text: str, spans: list[tuple[int, int]], sentences: list[str]) -> list[bool]:
    flags = [is_boilerplate(sentence) for sentence in sentences]
    for at in range(1, len(spans)):
        # A picture's line is its caption and the credit, with nothing before or after them.
        if not flags[at - 1] and "\n" not in text[spans[at - 1][0] : spans[at][1]]:
            before = text[spans[at - 2][1] : spans[at - 1][0]] if at > 1 else "\n"
            after = text[spans[at][1] : spans[at + 1][0]] if at + 1 < len(spans) else "\n"
            flags[at - 1] = "\n" in before and "\n" in after and is_caption(sentences[at - 1], sentences[at])
    near_the_end = (at for at, (start, _) in enumerate(spans) if len(text) - start <= _AFTER_A_WALL)
    wall = next((at for at in near_the_end if is_wall(sentences[at])), None)
    if wall is not None:
        flags[wall:] = [True] * (len(flags) - wall)  # "Already a subscriber? Sign in"
    for note in find_corrections(text, spans):
        flags[note.first : note.last + 1] = [True] * (note.last - note.first + 1)
    return flags


def _proposals(hidden: str, start: int, stop: int, code: str) -> set[int]:
    """Where sentencex ends sentences: the offsets after their marks."""
    import sentencex

    return {
        piece.start() + found["start_index"] + len(found["text"].rstrip())
        for piece in _PIECE.finditer(hidden, start, stop)
        for found in sentencex.get_sentence_boundaries(code, piece.group())
    }


def _cuts(text: str, line: tuple[int, int], proposals: set[int], code: str) -> list[tuple[int, int]]:
    """Where a line is cut: the end of each sentence but the last, and the start of the one after it."""
    ends = _ends_english if code == "en" else partial(_ends, lists=lists_of(code) if code in LISTED else None)
    cuts = [(end.start(3), end.end()) for end in _END.finditer(text, *line) if ends(end, proposals)]
    foreign = (at for at in proposals if at > line[0] and text[at - 1] not in ".!?…" and not text[at - 1].isalnum())
    return sorted(cuts + _foreign(text, line[1], foreign))


def _ends(end: re.Match[str], proposals: set[int], lists: OtherLists | None) -> bool:
    """Whether a sentence of a language other than English ends at this mark."""
    following = _NEXT_WORD.match(end.string, end.end(), end.endpos)
    head = end.string[max(end.pos, end.start() - 2) : end.start()]
    initial = end[1] == "." and head[-1:].isupper() and not head[:-1].isalnum()
    if following is None or not end[3] or following[1][0].islower() or initial:
        return False
    if lists and end[1] == "." and _is_shortened(end, following[1], lists):
        return False
    return end.end(1) in proposals or (end[1] == "…" and following[1][0].isupper())


def _is_shortened(end: re.Match[str], word: str, lists: OtherLists) -> bool:
    """Whether the full stop belongs to an abbreviation or an ordinal ("art. 3", "19. Jahrhundert") before a word."""
    token = _OPENING.split(end.string[max(end.pos, end.start() - 40) : end.start()])[-1]
    token = re.split(r"[\s'’.]", token)[-1].casefold()
    if token.isdecimal():
        return len(token) < 3 and (word in lists.ordinal_nouns or word.casefold() in lists.months)
    return token in lists.titles or (word[0].isdecimal() and token in lists.before_numbers)


def _foreign(text: str, stop: int, marks: Iterable[int]) -> list[tuple[int, int]]:
    """Where marks like 。 or ؟, given by the offsets after them, cut a line."""
    cuts = []
    for mark in marks:
        end = _FOREIGN_END.match(text, mark, stop)
        following = end and _NEXT_WORD.match(text, end.end(), stop)
        # 「行く。」と述べた goes on without a space.
        if end and following and not following[1][0].islower() and (end[3] or not end[2].endswith(("」", "』"))):
            cuts.append((end.start(3), end.end()))
    return cuts


def _ends_english(end: re.Match[str], proposals: set[int]) -> bool:
    """Whether an English sentence ends at this mark."""
    text, at = end.string, end.start()
    proposed = end.end(1) in proposals
    tail = text[max(at - 5, end.pos) : at]
    # Most ends are these: a long word in small letters, a full stop, a capital.
    plain = proposed and end[1] == "." and end[3] and ")" not in end[2] and text[end.end()].isupper()
    if plain and len(tail) == 5 and tail.isalpha() and tail.islower() and tail not in abbreviations.long_endings:
        return True
    following = _NEXT_WORD.match(text, end.end(), end.endpos)
    if following is None:
        return False
    word = following[1]
    if word[0].islower() and not _CAMEL.match(word):
        return False
    head = text[max(end.pos, at - 40) : at]
    last = head.rsplit(maxsplit=1)[-1] if head and not head[-1].isspace() else ""
    token = _OPENING.split(last)[-1].lstrip("'’")  # after any opening mark: "R-Fla" gives "Fla"
    starts = word in abbreviations.starters and not following[2]
    space_forgotten = not end[3] and not (token[-2:].islower() and token.isalpha())
    if space_forgotten or not (proposed or starts or token in abbreviations.counted):
        return False
    if end[1] != ".":
        return _ends_at_other(end, token, word, starts=starts)
    return starts if _in_brackets(end) else _ends_at_period(head, token, word, starts=starts)


def _in_brackets(end: re.Match[str]) -> bool:
    """Whether the mark stands before the bracket that closes a remark within a sentence."""
    if ")" not in end[2]:
        return False
    opened = end.string.rfind("(", max(end.pos, end.start() - 200), end.start())
    before = end.string[max(end.pos, opened - 3) : max(opened, 0)].rstrip()
    return bool(before) and before[-1] not in '.!?…"”’»)'


def _ends_at_period(head: str, token: str, word: str, *, starts: bool) -> bool:
    """Whether a full stop ends the sentence rather than an abbreviation or a list's number."""
    listed = head.strip() == token and (len(token) == 1 or (len(token) == 2 and token.isdigit()))
    if token in abbreviations.titles or listed:
        return False
    if token in abbreviations.counted:
        return not word[0].isdigit() and (word == "I" or not set(word) <= set("IVXLC"))
    if token.lower() in {"a.m", "p.m"}:
        return not word[0].isdigit() and word not in abbreviations.after_clock
    parts = token.split(".")
    initials = all(part.isalpha() and len(part) <= 2 for part in parts) and (len(parts) > 1 or len(token) == 1)
    place = token in abbreviations.states and head[: len(head) - len(token)].rstrip().endswith((",", "-"))
    return starts or not (initials or place or token in abbreviations.suffixes)


def _ends_at_other(end: re.Match[str], token: str, word: str, *, starts: bool) -> bool:
    """Whether an exclamation mark, question mark or ellipsis ends the sentence."""
    if "!" in end[1] or "?" in end[1]:
        cue = set(end[2]) & set("”\"’'»") and _CUE.match(end.string, end.end(), end.endpos)
        return starts or not (cue or token in abbreviations.exclaimed or _in_brackets(end))
    # “the ... United States” leaves words out; “and so... Then” and “It ended. ... Lee left” end.
    before = end.string[max(end.pos, end.start() - 2) : end.start()]
    if before[-1:].isspace():
        return before[0] in ".!?”" or (starts and word not in _FIRST_PERSON)
    return word not in _FIRST_PERSON


def with_headlines(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Put each article's headline before its sentences, as a SENTENCES row with index -1 and offsets into the title."""
    import pandas as pd

    rows = []
    for article_id, outlet, title in zip(articles["article_id"], articles["outlet"], articles["title"], strict=True):
        start, end = headline_span(title, outlet) if isinstance(title, str) else (0, 0)
        if start < end:
            rows.append(
                {
                    "sentence_id": f"{article_id}:{HEADLINE}",
                    "article_id": article_id,
                    "index": HEADLINE,
                    "start": start,
                    "end": end,
                    "text": title[start:end],
                    "quoted": quoted_share(title, [(start, end)])[0] > 0.5,
                    "boilerplate": False,
                }
            )
    if not rows:
        return sentences
    both = pd.concat([SENTENCES.frame(rows), sentences], ignore_index=True)
    place = {name: at for at, name in enumerate(articles["article_id"])}
    # Each part is in the articles' order, and the headlines come first.
    order = both["article_id"].map(place).argsort(kind="stable")
    return both.iloc[order].reset_index(drop=True)


def headline_span(title: str, outlet: str) -> tuple[int, int]:
    """Return the headline's span in a title, without surrounding white space or the outlet's name at its end."""
    told = title.rstrip()
    name = re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE)
    for ending in (f"the {name}", name):
        before, after = told[: -len(ending)], told[-len(ending) :]
        if after.casefold() == ending.casefold() and (mark := _mark(before)) is not None:
            told = told[:mark].rstrip()
            break
    return len(told) - len(told.lstrip()), len(told)


def _mark(before: str) -> int | None:
    """Where the separator before a name begins; None if there is none."""
    told = before.rstrip()
    begin = len(told.rstrip(_DASHES + _BARS))
    # "Anglo-Gannet" has a hyphen but is one word.
    apart = before != told and told[:begin] != told[:begin].rstrip()
    return begin if not told or set(told[begin:]) & set(_BARS) or (begin < len(told) and apart) else None
