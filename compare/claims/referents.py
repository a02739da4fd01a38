"""What "the company", "the mayor" and "the offer" mean in an article, where it has brought in but one.

English only, by form; where two may be meant, nothing is said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.language.clauses import is_finite
from compare.language.english import DATES, standing
from compare.language.quotes.names import PEOPLE, TITLES
from compare.language.quotes.phrases import BOUNDARIES, POSSESSIVES, PREPOSITIONS, PRONOUNS, is_adverb
from compare.language.quotes.stream import low_at, tokens_of
from compare.language.standing import NAMED_BEFORE
from compare.language.tokens import FUNCTION_WORDS

if TYPE_CHECKING:
    from compare.language.quotes.persons import Persons

_INDEFINITE = r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) ((?:[a-zA-Z’'-]++ ){{0,3}}?){noun}\b"
_BESIDE = (
    r"(?<![a-z] )(?<![\w’'-])((?:[A-Z][\w’'-]++ ){{1,4}}[A-Z][\w’'-]++), (?:the|an?|its|their) (?:[a-z’'-]++ ){{0,3}}?"
    r"{noun}\b(?:,| that| which| who)"
)
_BARE = 2  # words that say no more than "the official": "an official"
_NAME = r"[A-Z][\w&-]*+(?:(?: (?:of|for))?+(?: the)?+ (?:[A-Z][\w&-]*+|\d+\b))*+"
_ADJECTIVES = r"(?:(?!(?:the|an?)\b)[a-z’'-]++ ){0,4}?"
# A body's name with the noun beside it: "Ostwick, the company that", "the company, Ostwick," "a group called Ostwick".
_NAMED = (
    (
        r"(?<!\bin )(?<!\bat )(?<!\bon )(?<!\bnear )(?<!\bfrom )(?<!\bafter )(?<![\w’'-])(?P<name>{name}), (?:the|an?)"
        r" {adjectives}{noun}(?:,| (?:that|which|who|of|behind)\b)"
    ),
    r"(?:(?P<led>\w+) )?\b(?:[Tt]he|[Aa]n?) {adjectives}{noun}, (?P<name>{name}),",
    r"\b{noun} (?:called|named|known as) (?P<name>{name})",
)
_OF_BUSINESS = r"(?<![\w’'-])(?P<name>{name})['’]s (?:shares|stock|profits?|chief executive|shareholders)\b"
_SUBJECT = re.compile(rf"(?P<name>{_NAME})(?P<after>['’]s|,)? ")
_ANY = frozenset(("company", "firm"))  # that any body of business may be: a sentence about one is often before
_REMEMBERED = 1000  # nouns of articles
_ADDED = 9  # words that tell which one is meant


def person(noun: str, text: str, at: int) -> str:
    """Say which "official" the one at this place is: "Ada Moll", or as a text brought him in, "a port official"."""
    if noun not in PEOPLE | NAMED_BEFORE:
        return ""
    before = text[:at]
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


def are_several(noun: str, before: str) -> bool:
    """Whether a text has brought in more than one "official" so far."""
    return len(re.findall(_INDEFINITE.format(noun=noun), before)) > 1


def added(noun: str, text: str, at: int, sentence: str, persons: Persons) -> str:
    """Say what a reader has to know of "the company" at a place of a text: "Ostwick"; of "the offer": "of 3 percent".

    Args:
        noun: "company".
        text: the article's.
        at: where the clause with the noun begins.
        sentence: what was told last before.
        persons: the article's.
    """
    if noun in standing.bodies:
        return _body(noun, text, at, sentence, persons)
    if noun in standing.brought_in:
        return _thing(noun, text[:at])
    return persons.in_role(noun, at) if noun in PEOPLE and not re.search(rf"\b{noun}s\b", text[:at]) else ""


def _body(noun: str, text: str, at: int, sentence: str, persons: Persons) -> str:
    """The name of the only company that a text has, or of the one that the sentence before is about."""
    named = {name: start for name, start in _named(noun, text).items() if _may_be_body(name, persons)}
    last = _subject(sentence, text, persons) if noun in _ANY else ""
    if len(named) == 1:
        name, start = next(iter(named.items()))
        return name if start < at and last in ("", name) else ""
    return last if last and (not named or last in named) else ""


@lru_cache(maxsize=_REMEMBERED)
def _named(noun: str, text: str) -> dict[str, int]:
    """Every name that a text gives for a company, and where it first does."""
    nouns = f"(?:{'|'.join(sorted(standing.businesses))})" if noun in _ANY else noun
    patterns = [*_NAMED, _OF_BUSINESS] if noun in _ANY else _NAMED
    places = [
        (found["name"], found.start("name"))
        for pattern in patterns
        for found in re.finditer(pattern.format(name=_NAME, adjectives=_ADJECTIVES, noun=nouns), text)
        if (found.groupdict().get("led") or "").casefold() not in PREPOSITIONS
    ]
    places += [
        (found[0], found.start())
        for found in re.finditer(_NAME, text)
        if noun in (found[0].split()[0].casefold(), found[0].split()[-1].casefold())
    ]
    named: dict[str, int] = {}
    for name, start in places:
        bare = _without_article(name)
        if bare and bare.casefold() != noun:
            named.setdefault(bare, start)
    return named


def _may_be_body(name: str, persons: Persons) -> bool:
    return not persons.is_known(name) and DATES.isdisjoint(words := name.casefold().split()) and words[0] not in TITLES


def _without_article(name: str) -> str:
    words = name.split()
    while words and words[0].casefold() in FUNCTION_WORDS:
        del words[0]
    return " ".join(words)


def _subject(sentence: str, text: str, persons: Persons) -> str:
    """The name with which a sentence begins, if it is that of a body."""
    found = _SUBJECT.match(sentence)
    if found is None or found["name"].split()[0].casefold() in FUNCTION_WORDS:
        return ""
    name = found["name"]
    tokens = tokens_of(sentence[found.end() :])
    acts = bool(found["after"]) or is_finite(tokens, int(is_adverb(low_at(tokens, 0))))
    place = re.search(rf"\b(?:[Ii]n|[Nn]ear) {re.escape(name)}\b", text)
    others = any(one[0] != name and one.start() > 0 for one in re.finditer(_NAME, sentence))
    is_body = _may_be_body(name, persons) and not persons.is_person(name)
    return name if acts and not place and not others and is_body else ""


def _thing(noun: str, before: str) -> str:
    """What tells which offer a text has brought in, if it speaks of but one: "of 3 percent"."""
    same = rf"(?:['’]s|s['’]|\b(?:his|her|its|their|{'|'.join(sorted(standing.not_the_same))})) (?:[a-z-]+ )?{noun}\b"
    if re.search(rf"\b{noun}s\b|{same}", before, re.IGNORECASE):
        return ""
    told = [before[found.end() :] for found in re.finditer(_INDEFINITE.format(noun=noun), before)]
    return _telling(told[0]) if len(told) == 1 else ""


def _telling(after: str) -> str:
    """The words after "an offer" that tell which: "of 3 percent" in "of 3 percent on Friday"."""
    line = after.partition("\n")[0]
    tokens = tokens_of(line[:200])
    if low_at(tokens, 0) not in standing.told_by:
        return ""
    end = 1
    while end < len(tokens) and end <= _ADDED:
        low = tokens[end].low
        time = low in PREPOSITIONS and low_at(tokens, end + 1) in DATES
        if (not tokens[end].word[0].isalnum() and low[0] not in "$£€%'") or low in BOUNDARIES or time or low in DATES:
            break
        if is_finite(tokens, end, surely=False) or low in {"and", "but", "or", "that", "who", "which"}:
            break
        end += 1
    if not (POSSESSIVES | PRONOUNS).isdisjoint(token.low for token in tokens[:end]):
        return ""  # "of its new medicine"
    whole = end < len(tokens) and end <= _ADDED and (end > 1)
    ends = low_at(tokens, end - 1) in PREPOSITIONS | FUNCTION_WORDS
    return line[tokens[0].start : tokens[end - 1].end] if whole and not ends else ""
