"""What stands around a clause in its article: the sentences before it, who is meant, and whose words it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from compare.language.quotes.extract import extract_quotes
from compare.language.quotes.names import PEOPLE
from compare.language.quotes.persons import PRONOUNS, Persons
from compare.language.quotes.phrases import PREPOSITIONS
from compare.language.quotes.stream import Sentence, paragraphs, quotations, straight
from compare.language.standing import NAMED_BEFORE
from compare.language.tokens import FUNCTION_WORDS

_REMEMBERED = 64  # articles
_BROUGHT_IN = re.compile(r"(?:an?|one) \w", re.IGNORECASE)  # "a retired optician"
_INDEFINITE = r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) ((?:[a-zA-Z’'-]+ ){{0,3}}?){noun}\b"
_BESIDE = (
    r"(?<![a-z] )\b((?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+), (?:the|an?|its|their) (?:[a-z’'-]+ ){{0,3}}?{noun}\b"
    r"(?:,| that| which| who)"
)
_BARE = 2  # words that say no more than "the official": "an official"


@dataclass(frozen=True)
class Around:
    """An article, as far as its clauses need it to be understood.

    Attributes:
        text: of the article.
        outlet: whose article it is.
    """

    text: str
    outlet: str = ""

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences, in which a whole quotation is one word."""
        return [sentence for paragraph in paragraphs(self.text) for sentence in paragraph]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence[0].start for sentence in self.sentences]

    @cached_property
    def _cast(self) -> Persons:
        return Persons(self.text, self.sentences)

    def number(self, at: int) -> int:
        """The number of the sentence that holds this place of the text."""
        return int(np.searchsorted(self._starts, at, side="right")) - 1

    def span(self, number: int) -> tuple[int, int]:
        """Where a sentence begins and ends in the text."""
        return self.sentences[number][0].start, self.sentences[number][-1].end

    def meant(self, pronoun: str, at: int, speaker: str = "") -> str:
        """Name whom "he" or "her" at this place means, where only one person can be meant; never the one who speaks.

        That somebody whose name tells nothing is a "he" is sure only where the article knows no "she", and the other
        way round.
        """
        low = pronoun.casefold().replace("’", "'").partition("'")[0]
        gender = next((gender for gender, words in PRONOUNS.items() if low in words), "")
        if not gender:
            return ""
        who = self._cast.only_one(at, self.number(at), gender, speaker)
        return who if self._cast.is_known(who) or not self._speaks_of["m" if gender == "f" else "f"] else ""

    @cached_property
    def _speaks_of(self) -> dict[str, bool]:
        """Whether the article has a pronoun of each gender."""
        said = {token.low.partition("'")[0] for sentence in self.sentences for token in sentence}
        return {gender: not words.isdisjoint(said) for gender, words in PRONOUNS.items()}

    def speaker(self, start: int, end: int) -> str:
        """Name whose words these are, where they stand inside a quotation and it is sure who is quoted."""
        quoted = next((span for span in self._quotations if span[0] <= start and end <= span[1] + 1), None)
        if quoted is None:
            return ""
        said = [one[2:] for one in self._said if one[0] <= quoted[0] + 1 and quoted[1] <= one[1] + 1]
        if len({name for _, name in said}) != 1:
            return ""
        source, name = said[0]
        pronoun = source.casefold() in PRONOUNS["m"] | PRONOUNS["f"]
        sure = self.meant(source, quoted[0]) == name if pronoun else bool(source)
        named = name[:1].isupper() and not name.startswith("The ")
        return name if sure and (named or _BROUGHT_IN.match(name)) else ""

    def brought_in(self, noun: str, at: int) -> str:
        """Say which "official" the one at this place is, where the text before has brought in but one.

        With a name that it stands beside ("Ada Moll, the official who"), or as "a European intelligence official".
        """
        if noun not in PEOPLE | NAMED_BEFORE:
            return ""
        before = self.text[:at]
        if re.search(rf"\b{noun}s\b", before):
            return ""
        found = {who[1] for who in re.finditer(_BESIDE.format(noun=noun), before)}
        found |= {
            who[0][:1].casefold() + who[0][1:]
            for who in re.finditer(_INDEFINITE.format(noun=noun), before)
            if FUNCTION_WORDS.isdisjoint(who[1].split()) and PREPOSITIONS.isdisjoint(who[1].split())
        }
        who = found.pop() if len(found) == 1 else ""
        return who if who[:1].isupper() or len(who.split()) > _BARE else ""

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether these words stand inside a quotation, closed or not."""
        line = self.text[self.text.rfind("\n", 0, start) + 1 : end]
        is_open = line.count("“") > line.count("”") or line.count('"') % 2 == 1
        return is_open or any(span[0] <= start and end <= span[1] + 1 for span in self._quotations)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return quotations(straight(self.text))

    @cached_property
    def _said(self) -> list[tuple[int, int, str, str]]:
        found = extract_quotes(self.text)
        found = found[found["kind"] == "direct"]
        return list(zip(*(found[name].tolist() for name in ("start", "end", "speaker", "resolved")), strict=True))


around = lru_cache(maxsize=_REMEMBERED)(Around)
