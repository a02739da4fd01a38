"""Words before a name that are not part of it, despite the capital at the start of a sentence: "Furious"."""

from __future__ import annotations

from compare.language.english import first_names, people

_ADJECTIVES = ("ful", "ous", "less")
# Participles; "Ahmed", "Alfred" and "Majed" end otherwise.
_PARTICIPLES = tuple("ated cted rted nted fted cked aged nced ssed ised ized fied tled ieved".split())
_FIRST_NAMES = first_names.men | first_names.women
_NOUNS = people.nouns | people.before_names
_LONG = 6  # letters from which a word may be recognized by its ending


def is_epithet(word: str) -> bool:
    """Whether a capitalised word before the rest of a name only describes the person.

    Common first names never do: "Anne-Marie" has two capitals, "Mum-of-three" and "Red-faced" have one.
    """
    first, *rest = word.lower().split("-")
    if rest:
        small = word.rpartition("-")[2][:1].islower()
        joined = first in people.before_hyphen or rest[-1] in people.after_hyphen or len(rest) > 1
        return small and (joined or rest[-1].endswith(("ed", "ing")))
    if first in _FIRST_NAMES:
        return False
    return first in people.epithets or (len(first) >= _LONG and first.endswith(_ADJECTIVES + _PARTICIPLES))


def without_epithets(words: list[str]) -> list[str]:
    """Remove descriptions and relations from the front of a name: "Tearful Girlfriend Ann Lee".

    A noun is removed only before two more words: in "Hunter Lee" it is a first name.
    """
    at = 0
    while at < len(words) - 1:
        noun = words[at].lower() in _NOUNS and len(words) - at > 2
        short = words[at].isupper() and words[at].lower() in people.before_names  # "PM Lee"
        if not (noun or short or is_epithet(words[at])):
            break
        at += 1
    return words[at:]
