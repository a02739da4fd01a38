"""The referents of "the company", "the mayor" and "the offer" in an article that has introduced only one.

For English only, and based on form; if two are possible, the result is empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from compare.language.clauses import is_finite
from compare.language.english import DATES, standing
from compare.language.quotes.names import NOT_PERSONS, PEOPLE, TITLES
from compare.language.quotes.phrases import BOUNDARIES, POSSESSIVES, PREPOSITIONS, PRONOUNS, is_adverb
from compare.language.quotes.stream import NOT_NAMES, low_at, tokens_of
from compare.language.standing import NAMED_BEFORE
from compare.language.tokens import FUNCTION_WORDS, stem

if TYPE_CHECKING:
    from compare.language.quotes.persons import Persons

_INDEFINITE = r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) ((?:[a-zA-Z’'-]++ ){{0,3}}?){noun}\b"
_BESIDE = (
    r"(?<![a-z] )(?<![\w’'-])((?:[A-Z][\w’'-]++ ){{1,4}}[A-Z][\w’'-]++), (?:the|an?|its|their) (?:[a-z’'-]++ ){{0,3}}?"
    r"{noun}\b(?:,| that| which| who)"
)
_BARE = 2  # words that add nothing to "the official": "an official"
# Of bounded length, because a page may consist of capitals only.
_WORD = r"[A-Z][\w&-]{0,40}+"
_NAME = rf"{_WORD}(?:(?: (?:of|for))?+(?: the)?+ (?:{_WORD}|\d{{1,9}}\b)){{0,7}}+"
_ADJECTIVES = r"(?:(?!(?:the|an?)\b)[a-z’'-]++ ){0,4}?"
# The name of an organization beside the noun: "Ostwick, the company that", "the company, Ostwick,", "a group called
# Ostwick".
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
_ANY = frozenset(("company", "firm"))  # nouns for any business, which the sentence before is often about
_REMEMBERED = 1000  # pairs of noun and article
_MANY = 40  # names in between, among which another organization's is certain
_NEAR = 200  # characters within which "another" means one more of the same kind
_FAR = 3000  # characters within which another referent may have been introduced
_DATES = "|".join(sorted(DATES))
# "The minister for schools", "the Olm company", "its mayor": not plainly "the minister", and maybe another one.
_THEN = rf"(?:{'|'.join(sorted(standing.telling))})\b(?! (?i:{_DATES})\b)"
_TELLING = re.compile(f" {_THEN}")
_PLACE = (
    r"(?:(?<![\w’'-])(?P<led>[\w’'-]{{1,40}}+ ))?(?<![\w’'])(?P<noun>{noun})(?P<many>s)?\b"
    rf"(?P<then>-\w| {_THEN}|(?-i:,? [A-Z]))?"
)
_WHERE = re.compile(
    r"\b(?P<before>\w{1,40}+ )?(?:[Ii]n|[Nn]ear|[Aa]cross|[Oo]utside|[Aa]round) (?:the )?(?P<name>[A-Z][\w-]{0,40}+)"
)
_ELSEWHERE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]cross) (?:the )?(?P<name>[A-Z][\w-]{0,40}+)")
_OF_PLACE = (
    rf"\b(?:{'|'.join(sorted(standing.of_places))}) (?:of|in|at) {{name}}\b"
    rf"|\b{{name}}(?:['’]s)? (?:{'|'.join(sorted(standing.of_places))})\b"
)
_BEGINS = re.compile(r"(?:^|[.!?…:]|\n|[\"“‘”’])\s{0,4}$")
_OTHER_BODY = re.compile(
    r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne|[Tt]he|[Ii]ts|[Tt]heir) (?:[a-z’'-]{1,40}+ ){0,2}?"
    rf"(?:{'|'.join(sorted(standing.businesses | standing.trades | standing.rivals))}|company|firm)\b"
)
_APPOSED = re.compile(r", (?:the|an?) (?:[a-z’'-]{1,40}+ ){0,4}")
_LIKES = re.compile(rf"\b(?:as well|(?:too|one)(?=[.,;:!?)])|{'|'.join(sorted(standing.likes))})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_END = re.compile(r"[.!?…][\"”’]?\s|\n")
_LOOKED_AT = 200  # letters after a noun
_PLURALS, _NO_PLURALS = ("men", "children", "people"), ("us", "ss", "is", "os")
_FIRMS = frozenset(
    "group company airways airlines energy rail motors foods systems technologies insurance stores".split()
)
_ADDED = 9  # the most words that say which one is meant


def person(noun: str, text: str, at: int) -> str:
    """Return which "official" is meant at this place: "Ada Moll", or as the text introduced him, "a port official"."""
    if noun not in PEOPLE | NAMED_BEFORE:
        return ""
    who, begin, until = _somebody(noun, text)
    return who if begin <= at <= until and (who[:1].isupper() or len(who.split()) > _BARE) else ""


@lru_cache(maxsize=_REMEMBERED)
def _somebody(noun: str, text: str) -> tuple[str, int, int]:
    """Return whom a text first introduces by a noun, where that ends, and where another may first be meant."""
    found = [(text.index(noun, who.end(1)) + len(noun), who[1]) for who in re.finditer(_BESIDE.format(noun=noun), text)]
    found += [
        (who.end(), who[0][:1].casefold() + who[0][1:])
        for who in _indefinites(noun, text)
        if FUNCTION_WORDS.isdisjoint(who[1].split()) and PREPOSITIONS.isdisjoint(who[1].split())
    ]
    if not found:
        return "", 0, 0
    begin, who = min(found)
    introduced = {end for end, one in found if one == who}
    others = (place.start for place in _places(noun, text) if not place.is_plain and place.end not in introduced)
    return who, begin, next(others, len(text))


def are_several(noun: str, text: str, at: int) -> bool:
    """Whether a text has introduced more than one "official" before a place."""
    second = _indefinites(noun, text)[1:2]
    return bool(second) and second[0].end() <= at


@lru_cache(maxsize=_REMEMBERED)
def _indefinites(noun: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(_INDEFINITE.format(noun=noun), text))


def added(noun: str, text: str, at: int, sentence: str, persons: Persons) -> str:
    """Return what identifies "the company" at a place of a text: "Ostwick"; or "the offer": "of 3 percent".

    Args:
        noun: "company".
        text: the article's text.
        at: where the clause with the noun begins.
        sentence: the sentence before.
        persons: the article's.
    """
    if noun in standing.bodies:
        return _body(noun, text, at, sentence, persons)
    if noun in standing.brought_in:
        told, begin, until = _brought_in(noun, text)
        return told if begin < at <= until and not _LIKES.search(text, max(begin, at - _NEAR), at) else ""
    return _in_role(noun, text, at, persons) if noun in PEOPLE else ""


class _Noun(NamedTuple):
    """An occurrence of a noun in a text."""

    start: int
    end: int
    is_plain: bool  # "the mayor", without words that say which


@lru_cache(maxsize=_REMEMBERED)
def _places(noun: str, text: str) -> list[_Noun]:
    found = re.finditer(_PLACE.format(noun=noun), text, re.IGNORECASE)
    return [
        _Noun(
            one.start("noun"),
            one.end("noun"),
            (one["led"] or "").casefold() == "the " and not one["many"] and one["then"] is None,
        )
        for one in found
    ]


def tells(after: str) -> bool:
    """Whether the words after "the minister" may say which one: " for schools said"."""
    return _TELLING.match(after[:_LOOKED_AT]) is not None


def _in_role(noun: str, text: str, at: int, persons: Persons) -> str:
    """Return the only mayor of a text, unless it may have mentioned another, unnamed or in another place."""
    name = persons.in_role(noun, at)
    if not name or at > _other_from(noun, text, name):
        return ""
    last = text.rfind(name.rpartition(" ")[2], max(at - _FAR, 0), at)
    known = _wheres(text)
    elsewhere = last < 0 or any(
        known[one["name"]] >= last for one in _ELSEWHERE.finditer(text[last:at]) if one["name"] in known
    )
    return "" if elsewhere or _LIKES.search(text, last, at) else name


@lru_cache(maxsize=_REMEMBERED)
def _other_from(noun: str, text: str, name: str) -> int:
    """Return where a text first mentions a mayor who may not be the named one; its end if nowhere."""
    others = (one.start for one in _places(noun, text) if not one.is_plain and not _is_beside(name, text, one))
    return next(others, len(text))


def _is_beside(name: str, text: str, place: _Noun) -> bool:
    """Whether the name is beside the noun: "Mayor Ann Lee", "the mayor of Tarn, Ann Lee", "Ann Lee, the mayor"."""
    called = f"(?:{re.escape(name)}|{re.escape(name.rpartition(' ')[2])})"
    of = r"(?: (?:of|for|in|at|from|since) [^,.;:\n]{1,40})?"
    if re.match(rf"{of},? {called}\b", text[place.end : place.end + 2 * _MANY + len(name)]):
        return True
    before, after = text[max(place.start - 2 * _MANY - len(name), 0) : place.start], text[place.end : place.end + _MANY]
    led = rf"\b{called}(?:, (?:\d+, )?| (?:is|was|became|as) )(?:(?!and\b|but\b)[\w’'-]+ ){{0,5}}$"
    return bool(re.search(led, before) and re.match(rf"{of}(?:[,.;:)–—\n\"”]| (?:who|and|said|says)\b|$)", after))


@lru_cache(maxsize=_REMEMBERED)
def _wheres(text: str) -> dict[str, int]:
    """Return where a text first has each name that occurs after a preposition of place."""
    found: dict[str, int] = {}
    for one in _ELSEWHERE.finditer(text):
        if one["name"].casefold() not in DATES | FUNCTION_WORDS:
            found.setdefault(one["name"], text.find(one["name"]))
    return found


def _body(noun: str, text: str, at: int, sentence: str, persons: Persons) -> str:
    """Return the name of the only company in a text, or of the one that the sentence before is about."""
    named = {name: start for name, start in _named(noun, text).items() if _may_be_body(name, persons)}
    last = _subject(sentence, text, persons) if noun in _ANY else ""
    name = ""
    if len(named) == 1:
        name, start = next(iter(named.items()))
        name = name if start < at and last in ("", name) else ""
    elif last and (not named or last in named):
        name = last
    return name if name and _is_last(name, noun, text, at, persons) else ""


def _is_last(name: str, noun: str, text: str, at: int, persons: Persons) -> bool:
    """Whether no other organization, named or not, has been mentioned since the sentence that last named this one."""
    names = _names(text)
    number = bisect_left(names, (at, 0, ""))
    own = name.split()
    begins, end = -1, at
    for start, ends, other in reversed(names[max(number - _MANY, 0) : number]):
        if begins >= 0 and start < begins:
            break
        words = other.split()
        if own == words[: len(own)] or words == own[: len(words)]:  # "Ostwick" is "Ostwick Foods"
            if begins < 0:
                stop = max((one.end() for one in _END.finditer(text, max(start - _FAR, 0), start)), default=0)
                begins, end = stop, ends
        elif _may_come_in(other, start, ends, text, persons):
            return False
    if begins < 0 or at - end > _FAR:
        return False
    if _LIKES.search(text, end, at):
        return False
    apposed = _APPOSED.match(text, end)
    since = apposed.end() if apposed else end
    places = _places(noun, text)
    since_then = places[bisect_left(places, (since + bool(apposed), 0, False)) : bisect_left(places, (at, 0, False))]
    if any(not one.is_plain for one in since_then):
        return False
    others = (one[0].casefold() for one in _OTHER_BODY.finditer(text, since, at))
    if noun not in _ANY:
        others = (other for other in others if other.rpartition(" ")[2] in standing.rivals)
    return all(other in ("the company", "the firm") for other in others)


@lru_cache(maxsize=_REMEMBERED)
def _names(text: str) -> list[tuple[int, int, str]]:
    """Return every run of capitals: where it begins and ends, and its text without an article."""
    found = ((one.start(), one.end(), _without_article(one[0])) for one in re.finditer(_NAME, text))
    return [(start, end, name) for start, end, name in found if name]


def _may_come_in(name: str, start: int, end: int, text: str, persons: Persons) -> bool:
    """Whether a run of capitals may name an organization, not a person, time, place, first word or modifier."""
    if (
        not _may_be_body(name, persons)
        or persons.cast.is_called(name)
        or name.split(maxsplit=1)[0] in _places_by_name(text)
    ):
        return False
    before, after = text[max(start - _MANY, 0) : start], text[end : end + _MANY]
    tokens = tokens_of(after)
    if re.search(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) $", before) and after[:1] == " " and after[1:2].islower():
        return is_finite(tokens, 0)  # "the Tarn line"
    begins = _BEGINS.search(before) is not None and not after.startswith(("’s", "'s"))
    return not (begins and _is_common(name, text))


def _is_common(name: str, text: str) -> bool:
    """Whether the first word of a sentence is certainly not a name: "Guests", "Fishermen", "Police"."""
    low = name.casefold()
    return " " not in name and (
        low in _low(text) | PEOPLE | NOT_PERSONS | NOT_NAMES
        or is_adverb(low)
        or low.endswith(_PLURALS)
        or (low.endswith("s") and not low.endswith(_NO_PLURALS))
    )


@lru_cache(maxsize=_REMEMBERED)
def _low(text: str) -> frozenset[str]:
    """Return the words that a text has without a capital."""
    return frozenset(re.findall(r"\b[a-z]{1,40}+", text))


@lru_cache(maxsize=_REMEMBERED)
def _places_by_name(text: str) -> frozenset[str]:
    """Return the first words of the places that a text mentions."""
    found = _WHERE.finditer(text)
    return frozenset(one["name"] for one in found if (one["before"] or "").strip().casefold() not in standing.in_bodies)


@lru_cache(maxsize=_REMEMBERED)
def _named(noun: str, text: str) -> dict[str, int]:
    """Return every name that a text gives for a company, and where it first does."""
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
        first, of, _ = bare.casefold().partition(" of ")
        of_some = bool(of) and (
            first.removesuffix("s") in PEOPLE or first.endswith(_PLURALS)
        )  # "Members of the League"
        if bare and bare.casefold() != noun and not of_some:
            named.setdefault(bare, start)
    return named


def _may_be_body(name: str, persons: Persons) -> bool:
    return (
        not persons.cast.is_known(name)
        and DATES.isdisjoint(words := name.casefold().split())
        and words[0] not in TITLES
    )


def _without_article(name: str) -> str:
    words = name.split()
    while words and words[0].casefold() in FUNCTION_WORDS:
        del words[0]
    return " ".join(words)


def _subject(sentence: str, text: str, persons: Persons) -> str:
    """Return the name with which a sentence begins, if it is an organization's."""
    found = _SUBJECT.match(sentence)
    if found is None or found["name"].split()[0].casefold() in FUNCTION_WORDS or _is_common(found["name"], text):
        return ""
    name = found["name"]
    tokens = tokens_of(sentence[found.end() :])
    acts = bool(found["after"]) or is_finite(tokens, int(is_adverb(low_at(tokens, 0))))
    others = any(one[0] != name and one.start() > 0 for one in re.finditer(_NAME, sentence))
    is_body = _may_be_body(name, persons) and not persons.cast.is_person(name)
    return name if acts and not others and is_body and not _is_elsewhere(name, text) else ""


@lru_cache(maxsize=_REMEMBERED)
def _is_elsewhere(name: str, text: str) -> bool:
    """Whether a name is that of a place, or of an organization that nobody calls a company."""
    in_name = frozenset(name.casefold().split()) - standing.businesses - _FIRMS
    return (
        name in _places_by_name(text)
        or not (standing.bodies | NOT_PERSONS).isdisjoint(in_name)
        or re.search(_OF_PLACE.format(name=re.escape(name)), text) is not None
    )


@lru_cache(maxsize=_REMEMBERED)
def _brought_in(noun: str, text: str) -> tuple[str, int, int]:
    """Return what identifies the offer that a text first introduces, where, and where another may first be meant."""
    if not _indefinites(noun, text):
        return "", 0, 0
    first, *later = _indefinites(noun, text)
    others = [place for place in _places(noun, text) if not place.is_plain and place.end != first.end()]
    if others and others[0].start < first.start():
        return "", 0, 0
    low = noun.casefold()
    done = frozenset(standing["done"].get(low, "").split())
    acts = (
        one.start()
        for one in re.finditer(r"\b[a-z]{1,40}+\b", text[first.end() :])
        if one[0] in done or (one[0] != low and stem(one[0]) == stem(low))
    )
    ends = [place.start for place in others[:1]] + [one.start() for one in later[:1]]
    ends += [first.end() + act for act in [next(acts, None)] if act is not None]
    return _telling(text[first.end() : first.end() + _LOOKED_AT]), first.end(), min(ends, default=len(text))


def _telling(after: str) -> str:
    """Return the words after "an offer" that identify it: "of 3 percent" in "of 3 percent on Friday"."""
    line = after.partition("\n")[0]
    tokens = tokens_of(line)
    if low_at(tokens, 0) not in standing.told_by:
        return ""
    end = 1
    while end < len(tokens) and end <= _ADDED:
        low = tokens[end].low
        then = low_at(tokens, end + 1)
        time = low in PREPOSITIONS and (then in DATES or _YEAR.fullmatch(then) is not None)
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
