"""Every quotation of a text: its content, speaker and cue."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.language.english import abbreviations
from compare.language.languages import detect_language
from compare.language.others import LISTED
from compare.language.quotes.abroad import quotations_abroad
from compare.language.quotes.attributed import attributions
from compare.language.quotes.names import acting, is_person, may_speak, signature
from compare.language.quotes.persons import Persons
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, Token, paragraphs
from compare.language.quotes.verbless import BEARERS
from compare.reading.wrapping import unwrapped
from compare.tables import QUOTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from compare.language.quotes.said import Attribution

# A fragment in quotation marks without a cue is a quotation from this many words; a shorter one is a title,
# a nickname or a word used with reserve.
_FRAGMENT = 5

_SMALL = 4  # letters from which the words of a title have capitals, although "with" may not
_SHORT = 40  # characters between two pieces of a quotation that never separate them

_MARKS = "`“”\"„‟«»‹›「」『』‘’‚'"
_SHORTENED = abbreviations.suffixes - {"Com", "Cos", "Pl"}
_WORD = re.compile(r"\w")
_OPENS_CONTENT = re.compile(r"[^\W_]|[$£€#@(\['‘’]|[\u3000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LABEL = re.compile(r"[“\"]?((?:[A-Z][\w.’'-]*+\s?+){1,5}+)(?:\([^()\n]{1,40}\))?:[ \t]++(?=\S)")
_ASKED = re.compile(r"([QA]\.)[ \t]++(?=\S)")  # an interview's questions and answers
_NO_SPEAKER = re.compile(
    r"(?:read|watch|see|image|picture|photo|video|caption|update|updated|breaking|exclusive|correction|note|source"
    r"|more|related|listen|editor|reporting|analysis|opinion|live|advertisement)\b",
    re.IGNORECASE,
)


@dataclass
class Draft:
    """A quotation before its speaker is known: its pieces, and the place of its source."""

    pieces: list[tuple[int, int]]
    source: tuple[int, int] | None
    cue: str
    flavour: str
    direct: bool
    sentence: int
    meant: tuple[int, int] | None = None  # whom the source "who" means
    open: bool = False  # its paragraph ends inside the quotation


def extract_quotes(text: str, language: str | None = None) -> pd.DataFrame:
    """Find what a text quotes or reports as said, thought or wanted, with who says so.

    English news, by rules: no model is needed. A quotation that its cue interrupts, or that extends over several
    paragraphs, is one row. Words in quotation marks within reported speech belong to its row. Of German, French,
    Spanish and Italian only what stands in quotation marks or after the dash of a dialogue is found, with its speaker
    where a verb of saying stands beside it.

    Args:
        text: an article's text, paragraphs separated by line breaks; lines that end in mid-sentence are joined.
        language: the text's language as a BCP 47 code without country; by default it is detected.

    Returns:
        A QUOTATIONS table in the text's order; empty if nothing is quoted.

    Raises:
        InputError: the text is not a string.
    """
    if not isinstance(text, str):
        raise InputError(f"extract_quotes: the text is a {type(text).__name__}; give it as a string.")
    # Half a surrogate pair cannot be stored in a table.
    whole = unwrapped(text if text.isascii() else _SURROGATE.sub("\ufffd", text))
    text = whole.text
    spoken = detect_language(text) if language is None else language
    if spoken in LISTED:
        return QUOTATIONS.frame(
            [
                row | {"start": whole.origin(row["start"]), "end": whole.origin(row["end"] - 1) + 1}
                for row in quotations_abroad(text, spoken)
            ]
        )
    found = paragraphs(text)
    drafts = _drafts(text, found)
    cast = Persons(text, [sentence for paragraph in found for sentence in paragraph])
    speakers = cast.speakers([(draft.meant or draft.source, draft.sentence) for draft in drafts])
    rows = [
        {
            "quote": _joined(text, draft.pieces),
            "speaker": text[slice(*draft.source)] if draft.source else "",
            "cue": draft.cue,
            "start": whole.origin(draft.pieces[0][0]),
            "end": whole.origin(draft.pieces[-1][1] - 1) + 1,
            "kind": "direct" if draft.direct else "indirect",
            "resolved": speaker,
            "flavour": draft.flavour,
        }
        for draft, speaker in zip(drafts, speakers, strict=True)
        # "For Halden, it was a third defeat" is nobody's view.
        if draft.cue.lower() not in BEARERS or cast.cast.is_person(speaker)
    ]
    rows.sort(key=lambda row: (row["start"], row["end"]))
    return QUOTATIONS.frame(rows)


def _drafts(text: str, found: list[list[Sentence]]) -> list[Draft]:
    labels = _labels(text, found)
    drafts: list[Draft] = []
    number = 0
    before: Sentence = []
    for paragraph in found:
        fresh = len(drafts)
        if paragraph[0][0].start in labels:
            start, end = labels[paragraph[0][0].start]
            body = _trimmed(text, end, paragraph[-1][-1].end)
            source = start, start + len(text[start:end].partition("(")[0].rstrip().rstrip(":").rstrip())
            drafts.append(Draft([body], source, ":", "neutral", direct=True, sentence=number))
        elif not _sign(paragraph, before, drafts, number):
            for offset, sentence in enumerate(paragraph):
                drafts += _of_sentence(text, (before, sentence), number + offset, drafts, fresh)
                before = sentence
        number += len(paragraph)
        before = paragraph[-1]
    return drafts


def _sign(paragraph: list[Sentence], before: Sentence, drafts: list[Draft], number: int) -> bool:
    """Attribute the quotation that ends the paragraph before to its signature here: "― Ola Brekke, bus driver"."""
    sentence = paragraph[0]
    source = signature(sentence, 0) if len(paragraph) == 1 and sentence[0].low in DASHES else None
    if source is None or not drafts or drafts[-1].cue or before[-1].word != QUOTE:
        return False
    drafts[-1].source, drafts[-1].cue, drafts[-1].sentence = _spot(sentence, source), sentence[0].word, number
    return True


def _of_sentence(
    text: str, sentences: tuple[Sentence, Sentence], number: int, before: list[Draft], fresh: int
) -> list[Draft]:
    """Return the quotations of the second of two sentences; add a continued one to the draft that it continues."""
    last_sentence, sentence = sentences
    made = attributions(sentence)
    drafts = [_cued(text, sentence, number, one) for one in made if _says_enough(sentence, one)]
    drafts = [draft for draft in drafts if draft.pieces]
    last = before[-1] if before else None
    opened = last is not None and last.open and not last.cue and len(before) == fresh  # in the paragraph before
    if drafts and opened and drafts[0].direct and sentence[0].start <= drafts[0].pieces[0][0] < sentence[0].end:
        # Its speaker is named only here.
        drafts[0].pieces = [*before.pop().pieces, *drafts[0].pieces]
    covered = {at for one in made for at in range(*one.content)}
    loose = [at for at, token in enumerate(sentence) if token.word == QUOTE and at not in covered]
    alone = bool(loose) and all(token.word == QUOTE or not token.word[0].isalnum() for token in sentence)
    for at in loose:
        piece, goes_on = _inside(text, sentence[at]), _is_open(text, sentence[at])
        if not _WORD.search(text, *piece) or _is_title(text[slice(*piece)], sentence):
            continue
        last = before[-1] if before else None
        same = last is not None and len(before) > fresh  # the draft before is of this paragraph
        continued = last is not None and last.open and at == 0 and not same
        resumed = last is not None and alone and same and last.direct and last.sentence >= number - 1
        # It is continued here if the text between the pieces is no longer than the quotation.
        near = last is not None and piece[0] - last.pieces[-1][1] <= max(
            sum(end - start for start, end in [*last.pieces, piece]), _SHORT
        )
        if last and (continued or (resumed and near)):
            last.pieces.append(piece)
            last.sentence, last.open = number, goes_on
        elif len(text[slice(*piece)].split()) >= (2 if alone else _FRAGMENT):
            told = next((one.source for one in reversed(made) if one.source and one.cue[0] < at), None)
            actor = acting(sentence)
            actor = actor if actor and may_speak(sentence, actor) else None
            source = _spot(sentence, told or actor) or (last.source if last and same else None)
            if alone:
                spoke = last is not None and last.sentence == number - 1
                actor = None if spoke else acting(last_sentence)
                source = last.source if last else None
                if actor and is_person(last_sentence, actor):
                    source = _spot(last_sentence, actor)
            drafts.append(Draft([piece], source, "", "neutral", direct=True, sentence=number, open=goes_on))
    return drafts


def _is_title(quoted: str, sentence: Sentence) -> bool:
    """Whether all words of four letters or more have capitals: "Woman With a Blue Jug" is a work's title."""
    if not any(token.word.islower() and len(token.word) >= _SMALL for token in sentence):
        return False  # a headline
    words = [word for word in quoted.split() if len(word) >= _SMALL]
    return len(words) > 1 and quoted[-1].isalnum() and all(word[0].isupper() for word in words)


def _says_enough(sentence: Sentence, one: Attribution) -> bool:
    """Whether the content can be compared: an object of a few words ("backed the plan") cannot."""
    start, end = one.content
    if any(token.word == QUOTE for token in sentence[start:end]):
        return True
    return end - start >= (2 if one.clausal else 4)  # "said no" gives nothing to compare


def _cued(text: str, sentence: Sentence, number: int, one: Attribution) -> Draft:
    start, end = one.content
    tokens = sentence[start:end]
    spans = [one.source, one.cue, (one.cue[0], one.beyond)]
    inner = [span for span in spans if span and start <= span[0] < span[1] <= end]
    if inner:
        # The cue is inside the content, which continues after it.
        low, high = min(span[0] for span in inner), max(span[1] for span in inner)
        runs = [sentence[start:low], sentence[high:end]]
        quoted = next((at for at, token in enumerate(runs[1]) if token.word == QUOTE), 0)
        if any(token.word == QUOTE for token in runs[0]):
            # "told reporters on Monday" belongs to the cue.
            runs[1] = runs[1][quoted:]
    else:
        runs = [tokens]
    pieces = [piece for run in runs for piece in _pieces(text, run)]
    told = [token for run in runs for token in run]
    return Draft(
        pieces,
        _spot(sentence, one.pronoun or one.source),
        text[sentence[one.cue[0]].start : sentence[one.cue[1] - 1].end],
        one.flavour,
        direct=2 * _length(token for token in told if token.word == QUOTE) >= _length(told),
        sentence=number,
        meant=_spot(sentence, one.source) if one.pronoun else None,
        open=bool(tokens) and tokens[-1].word == QUOTE and _is_open(text, tokens[-1]),
    )


def _pieces(text: str, run: list[Token]) -> list[tuple[int, int]]:
    """Return the character spans of a run of tokens; of a quotation alone, without its marks."""
    while run and run[0].word != QUOTE and not _OPENS_CONTENT.match(run[0].word):
        run = run[1:]
    while run and run[-1].word in {",", ":", "—", "–", "-", "--", "(", ";", "."}:
        run = run[:-1]
    if not run:
        return []
    if all(token.word in {QUOTE, ","} for token in run):
        found = [_inside(text, token) for token in run if token.word == QUOTE]
    else:
        stop = run[-1].word in _SHORTENED and text[run[-1].end : run[-1].end + 1] == "."  # "by Dunmere Steel Inc."
        found = [_trimmed(text, run[0].start, run[-1].end + stop)]
    return [piece for piece in found if _WORD.search(text, *piece)]


def _length(tokens: Iterable[Token]) -> int:
    return sum(token.end - token.start for token in tokens)


def _joined(text: str, pieces: list[tuple[int, int]]) -> str:
    """Join the pieces; keep the comma before a cue if the next piece is a sentence of its own."""
    words = []
    for number, (start, end) in enumerate(pieces):
        following = pieces[number + 1][0] if number + 1 < len(pieces) else end
        comma = text[end : end + 1] == "," and text[following : following + 1].isupper()
        words.append(text[start : end + comma])
    return " ".join(words)


def _inside(text: str, token: Token) -> tuple[int, int]:
    """Return the span of a quotation's token without its marks and the comma before the cue."""
    start, end = token.start, token.end
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _MARKS or text[end - 1].isspace()):
        end -= 1
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def _is_open(text: str, token: Token) -> bool:
    return text[token.end - 1] not in _MARKS


def _spot(sentence: Sentence, span: tuple[int, int] | None) -> tuple[int, int] | None:
    return (sentence[span[0]].start, sentence[span[1] - 1].end) if span else None


def _labels(text: str, found: list[list[Sentence]]) -> dict[int, tuple[int, int]]:
    """Return the labelled paragraphs of a transcript ("MR LEE: ..."): where each begins, and the span of its label."""
    labels = {}
    answers: Counter[str] = Counter()  # how often a name answers a paragraph that asks
    before = ""
    for paragraph in found:
        start = paragraph[0][0].start
        match = _LABEL.match(text, start) or _ASKED.match(text, start)
        if match and not _NO_SPEAKER.match(match[1]):
            labels[start] = match
            answers[match[1]] += before == "?"
        before = paragraph[-1][-1].word
    names = Counter(match[1] for match in labels.values())
    capitals = sum(name.isupper() for name in names.elements())
    several = {name for name, times in names.items() if times > 1 and (len(names) > 1 or answers[name] > 1)}
    several |= {name for name in names if name.isupper() and capitals > 1}
    several -= set() if {"Q.", "A."} <= names.keys() else {"Q.", "A."}  # "A. Lee left early."
    return {start: (match.start(1), match.end()) for start, match in labels.items() if match[1] in several}
