"""The words of the articles: full texts split at their sentences, the sentences behind a finding, and the headlines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compare.language.clauses import is_finite
from compare.language.languages import ENGLISH, code_of
from compare.language.quotes.stream import tokens_of
from compare.language.tokens import content_stems
from compare.report.look import LOOK_OF, QUOTE_LOOK_OF
from compare.report.story.copied import article_badges
from compare.report.wording import language_tag, moment, percent, plain, shorten, sureness, web_address
from compare.tables import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.report.look import Look
    from compare.report.story.quotations import Quotation, Version
    from compare.report.story.view import Claim, View

_OTHERS = 2  # outlets shown beside the one that a finding is about
_HEADLINE = 200  # most characters of a headline
_FEWEST_OF_CONTENT = 3  # content words of a headline that can belong to another article
_OF_THE_TEXT = 2  # content words that a headline shares with its article, if it is not another article's
_WIDTH = 400  # most characters of a sentence behind a finding; a link leads to the article


@dataclass(frozen=True)
class Piece:
    """A stretch of an article: a sentence (with its number in the page) or the text between two sentences."""

    text: str
    number: int | None = None
    claims: tuple[int, ...] = ()  # the numbers of the claims it carries, the most widely carried first
    sharing: int = 0  # outlets that carry the first of them
    alone: bool = False  # whether every other outlet leaves the first of them out
    boilerplate: bool = False
    note: str = ""  # if it belongs to the outlet's note on its own article, the kind of note: "correction", ...


@dataclass(frozen=True)
class Proof:
    """What one outlet has, in its article's words, and how sure that is; `number` is the sentence's in the page."""

    outlet: str
    look: Look
    sure: str
    number: int | None
    text: str
    language: str | None


def full_texts(view: View) -> list[dict[str, Any]]:
    """Return every article in full, in the order of the tables.

    Rows have outlet, outlet_number, title, after_title (the outlet's name at the title's end), headline (the number of
    the title as a sentence, or None), published, url, language, words, badge, boilerplate (number of lines that are
    neither story nor note), notes (their kinds) and paragraphs (of pieces).
    """
    story = view.comparison
    claims_of: dict[int | None, list[Claim]] = {}
    for claim in sorted(view.every, key=lambda claim: -len(claim.carriers)):
        for sentence in claim.sentences:
            claims_of.setdefault(sentence, []).append(claim)
    rows_of: dict[str, list[dict[Any, Any]]] = {}
    headlines = {}
    for number, row in enumerate(story.sentences.to_dict("records")):
        if row["index"] == HEADLINE:
            headlines[row["article_id"]] = number, row["end"]
        else:
            rows_of.setdefault(row["article_id"], []).append({**row, "number": number})
    badges = article_badges(view)
    kind_of: dict[int | None, str] = {number: note.kind for note in view.notes for number in note.sentences}
    articles = []
    for article in story.articles.to_dict("records"):
        alone = set(view.alone.get(article["outlet"], ()))
        pieces = []
        for piece in slices(article["text"], rows_of.get(article["article_id"], [])):
            if claims := claims_of.get(piece.number):
                numbers = tuple(claim.number for claim in claims)
                sharing, only_here = len(claims[0].carriers), claims[0].claim_id in alone
                piece = replace(piece, claims=numbers, sharing=sharing, alone=only_here)  # noqa: PLW2901
            pieces.append(replace(piece, note=kind_of.get(piece.number, "")))
        title, published = article["title"] if isinstance(article["title"], str) else "", article["published"]
        headline, end = headlines.get(article["article_id"], (None, len(title)))
        articles.append(
            {
                "outlet": article["outlet"],
                "outlet_number": view.outlets.index(article["outlet"]),
                "title": plain(title[:end]),
                "after_title": plain(title[end:]),
                "headline": headline,
                "published": f"{moment(published)} UTC" if published == published else "",  # noqa: PLR0124 - NaT differs from itself
                "url": web_address(article["url"]),
                "language": language_tag(article["language"]),
                "words": len(article["text"].split()),
                "cut": view.cut_articles.get(article["article_id"], ""),
                "badge": badges.get(article["article_id"], ""),
                "boilerplate": sum(piece.boilerplate and not piece.note for piece in pieces),
                "notes": [note.kind for note in view.notes if note.article_id == article["article_id"]],
                "paragraphs": list(paragraphs(pieces)),
            }
        )
    return articles


def slices(text: str, sentences: list[dict[Any, Any]]) -> Iterator[Piece]:
    """Split a text at its sentences' offsets; the joined pieces are the text."""
    at = 0
    for row in sorted(sentences, key=lambda row: row["start"]):
        start, end = max(row["start"], at), max(row["end"], at)
        if start > at:
            yield Piece(text[at:start])
        if end > start:
            yield Piece(text[start:end], number=row["number"], boilerplate=bool(row["boilerplate"]))
        at = end
    if at < len(text):
        yield Piece(text[at:])


def paragraphs(pieces: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Group pieces into paragraphs; drop only the line breaks between sentences and the blanks beside them."""
    current: list[Piece] = []
    for piece in pieces:
        first, *further = piece.text.split("\n") if piece.number is None else [piece.text]
        if first.strip() or not further:
            current.append(replace(piece, text=first))
        for line in further:
            if current:
                yield tuple(current)
            current = [replace(piece, text=line)] if line.strip() else []
    if current:
        yield tuple(current)


def claim_proofs(view: View, claim: Claim, about: Iterable[str]) -> tuple[Proof, ...]:
    """Show what the outlets of a finding have of a claim, beside the surest of the outlets that carry it."""
    named = set(about)
    judged = [j for j in claim.judgements if j]
    carriers = sorted(
        (j for j in judged if j.carried and j.outlet not in named),
        key=lambda j: (j.state in ("altered", "contested"), -j.probability),
    )
    told = [j for j in judged if j.outlet in named][:_OTHERS] + carriers[:_OTHERS]
    proofs = []
    for judgement in told:
        look = LOOK_OF[judgement.state]
        nearest = "" if judgement.carried or judgement.sentence is None else "; its nearest sentence:"
        nearest = "; its own note:" if judgement.sentence in view.note_of else nearest
        said = f"{look.word}, {sureness(judgement.state, judgement.probability)}{nearest}"
        proofs.append(proof(view, judgement.outlet, look, said, judgement.sentence))
    return tuple(proofs)


def quotation_proofs(view: View, quotation: Quotation, about: Version) -> tuple[Proof, ...]:
    """Show a quotation's version at an outlet, beside full versions or, if there are too few, other ones."""
    states = ("full", "trimmed", "paraphrased")
    others = [version for state in states for version in sorted(quotation.at(state), key=lambda one: -one.probability)]
    beside = [version for version in others if version.outlet != about.outlet]
    proofs = []
    for version in (about, *beside[:_OTHERS]):
        look = QUOTE_LOOK_OF[version.state]
        said = f"{look.word}, {percent(version.probability)} sure that these words are its version"
        proofs.append(proof(view, version.outlet, look, said, version.sentence))
    return tuple(proofs)


def proof(view: View, outlet: str, look: Look, said: str, number: int | None) -> Proof:
    """Return a sentence, by its number in the page, or the note that it begins, as a proof, with its language."""
    if number is None:
        return Proof(outlet, look, said, None, "", None)
    row = view.comparison.sentences.iloc[number]
    articles = view.comparison.articles
    language = articles.loc[articles["article_id"] == row["article_id"], "language"]
    text = view.note_of[number].text if number in view.note_of else row["text"]
    return Proof(outlet, look, said, number, shorten(text, _WIDTH), language_tag(next(iter(language), None)))


def headlines_of(view: View) -> list[dict[str, Any]]:
    """Return outlet, text, language and doubt (a `Proof` or None) of each headline, in order of publication."""
    story = view.comparison
    languages = dict(zip(story.articles["article_id"], story.articles["language"], strict=True))
    return [
        {
            "outlet": row["outlet"],
            "text": shorten(row["title"], _HEADLINE),
            "language": language_tag(languages[row["article_id"]]),
            "doubt": _doubt(view, row, languages[row["article_id"]]),
        }
        for row in story.headlines.sort_values("published", kind="stable").to_dict("records")
    ]


def _doubt(view: View, row: dict[Any, Any], language: str | None) -> Proof | None:
    state = row["state"]
    if state not in {"altered", "omitted"}:  # a headline without words has neither state nor probability
        return None
    sure = sureness(state, row["probability"])
    said = f"its own text says it otherwise ({plain(row['changes'])}), {sure}:"
    if state == "omitted":  # labels and plays on words exaggerate nothing, if they belong to this article
        sentences = view.comparison.sentences
        own = sentences[(sentences["article_id"] == row["article_id"]) & (sentences["index"] != HEADLINE)]
        shared = content_stems(row["title"]) & content_stems(" ".join(own["text"]))
        if code_of(language) != ENGLISH or len(shared) >= _OF_THE_TEXT or not _has_content(row["title"]):
            return None
        said = f"not found in its own text, {sure}; what comes nearest:"
    return proof(view, row["outlet"], LOOK_OF[state], said, view.sentence_numbers.get(row["sentence_id"]))


def _has_content(headline: str) -> bool:
    """Return whether a headline has enough words with content, and is no phrase like "A narrow win".

    Headlines that state something drop their articles, or have a verb, a number or a name.
    """
    tokens = tokens_of(headline)
    named = any(token.word[0].isupper() or token.word[0].isdigit() for token in tokens[1:])
    told = named or any(is_finite(tokens, at, surely=False) for at in range(len(tokens)))
    phrase = headline.casefold().startswith(("a ", "an ")) and not told
    return not phrase and len(content_stems(headline)) >= _FEWEST_OF_CONTENT
