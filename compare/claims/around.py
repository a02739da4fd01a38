"""An outlet's article as the context of its clauses: who is meant by "he", who is speaking, and which company it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from compare.claims import referents
from compare.language.quotes.extract import extract_quotes
from compare.language.quotes.persons import PRONOUNS, Persons
from compare.language.quotes.stream import Sentence, paragraphs, quotations, straight

_REMEMBERED = 64  # articles
_BROUGHT_IN = re.compile(r"(?:an?|one) \w", re.IGNORECASE)  # "a retired optician"


@dataclass(frozen=True)
class Around:
    """An outlet's article as the context of its clauses."""

    text: str
    outlet: str = ""

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The article's sentences, in which a whole quotation is one word."""
        return [sentence for paragraph in paragraphs(self.text) for sentence in paragraph]

    @cached_property
    def _persons(self) -> Persons:
        return Persons(self.text, self.sentences)

    def number(self, at: int) -> int:
        """Return the number of the sentence at this place of the text."""
        return bisect_right(self.sentences, at, key=lambda sentence: sentence[0].start) - 1

    def span(self, number: int) -> tuple[int, int]:
        """Return where a sentence begins and ends in the text."""
        return self.sentences[number][0].start, self.sentences[number][-1].end

    def meant(self, pronoun: str, at: int, speaker: str = "") -> str:
        """Return the person meant by "he" or "her" at this place, if only one is possible; never the speaker.

        If the person's name does not show the gender, "he" is certain only if the article contains no "she", and vice
        versa.
        """
        gender = gender_of(pronoun)
        if not gender:
            return ""
        who = self.only_one(at, gender, speaker)
        return who if self._persons.cast.is_known(who) or not self._speaks_of["m" if gender == "f" else "f"] else ""

    def only_one(self, at: int, gender: str = "", besides: str = "") -> str:
        """Return the only person introduced right before this place; see `Persons.only_one`."""
        return self._persons.only_one(at, self.number(at), gender, besides)

    def leaves_out(self, pronoun: str, at: int, context: str, reach: int) -> bool:
        """Whether a context omits somebody in the last sentences whom "he" or "her" at this place may mean."""
        gender = gender_of(pronoun)
        others = self._persons.around(at, self.number(at), gender, reach) if gender else ()
        return any(who.rpartition(" ")[2] not in context for who in others)

    @cached_property
    def _speaks_of(self) -> dict[str, bool]:
        """Whether the article has a pronoun of each gender."""
        said = {token.low.partition("'")[0] for sentence in self.sentences for token in sentence}
        return {gender: not words.isdisjoint(said) for gender, words in PRONOUNS.items()}

    def speaker(self, start: int, end: int) -> str:
        """Return the speaker of these words if they are inside a quotation and the speaker is certain."""
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

    def added(self, noun: str, at: int) -> str:
        """Return which "company" or "offer" is meant at this place; see `referents.added`."""
        number = self.number(at)
        begin = self.span(number)[0] if number >= 0 else at
        if begin >= at and number > 0:
            begin, at_most = self.span(number - 1)
        else:
            at_most = at
        return referents.added(noun, self.text, at, self.text[begin:at_most], self._persons)

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether these words are inside a quotation, closed or not."""
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


def gender_of(pronoun: str) -> str:
    """Return the gender of a pronoun as a key of `PRONOUNS`, "" if it tells none."""
    low = pronoun.casefold().replace("’", "'").partition("'")[0]
    return next((gender for gender, words in PRONOUNS.items() if low in words), "")
