"""Articles cut at their sentences' offsets, with nothing lost, for reading and as the page's store of text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compare.report.copies import article_badges
from compare.report.wording import language_tag, moment, plain, web_address
from compare.tables import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.report.view import Claim, View


@dataclass(frozen=True)
class Piece:
    """A stretch of an article: a sentence (with its number in the page) or what stands between two.

    Attributes:
        sharing: outlets that carry the sentence's first claim; 0 where it carries none.
        claims: numbers of the claims that it carries, the most widely carried first.
        alone: whether every other outlet leaves that claim out.
        note: what it is in a note of the outlet on its own article: "correction", ...; empty elsewhere.
    """

    text: str
    number: int | None = None
    claims: tuple[int, ...] = ()
    sharing: int = 0
    alone: bool = False
    boilerplate: bool = False
    note: str = ""


@dataclass(frozen=True)
class Article:
    """One article, ready to be shown.

    Attributes:
        after_title: the outlet's name, where it stands at the end of the title.
        headline: the number of the title in the page, as a sentence; None where it is none.
        boilerplate: how many of its lines are no part of the story and no note.
    """

    outlet: str
    outlet_number: int
    title: str
    after_title: str
    headline: int | None
    published: str
    url: str | None
    language: str | None
    words: int
    badge: str
    boilerplate: int
    notes: tuple[str, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]


def full_texts(view: View) -> list[Article]:
    """Give every article in full, in the tables' order."""
    story = view.comparison
    claims_of = _claims_by_sentence(view)
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
        pieces = list(slices(article["text"], rows_of.get(article["article_id"], [])))
        pieces = [replace(piece, note=kind_of.get(piece.number, "")) for piece in pieces]
        alone = set(view.alone.get(article["outlet"], ()))
        pieces = [_marked(piece, claims_of, alone) for piece in pieces]
        title, published = article["title"] if isinstance(article["title"], str) else "", article["published"]
        headline, end = headlines.get(article["article_id"], (None, len(title)))
        articles.append(
            Article(
                outlet=article["outlet"],
                outlet_number=view.outlets.index(article["outlet"]),
                title=plain(title[:end]),
                after_title=plain(title[end:]),
                headline=headline,
                published=f"{moment(published)} UTC" if published == published else "",  # noqa: PLR0124 - NaT differs from itself
                url=web_address(article["url"]),
                language=language_tag(article["language"]),
                words=len(article["text"].split()),
                badge=badges.get(article["article_id"], ""),
                boilerplate=sum(piece.boilerplate and not piece.note for piece in pieces),
                notes=tuple(note.kind for note in view.notes if note.article_id == article["article_id"]),
                paragraphs=tuple(paragraphs(pieces)),
            )
        )
    return articles


def slices(text: str, sentences: list[dict[Any, Any]]) -> Iterator[Piece]:
    """Cut a text at its sentences' offsets; the pieces joined are the text."""
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
    """Group pieces into paragraphs; only the line breaks between sentences, and blanks beside them, go."""
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


def _claims_by_sentence(view: View) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in view.every:
        for sentence in claim.sentences:
            found.setdefault(sentence, []).append(claim)
    for claims in found.values():
        claims.sort(key=lambda claim: -len(claim.carriers))
    return found


def _marked(piece: Piece, claims_of: dict[int, list[Claim]], alone: set[str]) -> Piece:
    claims = claims_of.get(piece.number, []) if piece.number is not None else []
    if not claims:
        return piece
    return replace(
        piece,
        claims=tuple(claim.number for claim in claims),
        sharing=len(claims[0].carriers),
        alone=claims[0].claim_id in alone,
    )
