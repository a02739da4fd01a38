"""Words that go with names: titles, what shows a person's gender, and what is no person.

The gender serves one end: whom "he" or "she" can mean. First names that are common for both are left
out, and a name that is not listed fits either pronoun.
"""

from __future__ import annotations

from compare.language import english

# May is a first name, too.
_DATES = {*english.time["weekdays"], *(month.split()[0] for month in english.time["months"])} - {"may"}
TITLES = english.people.titles
MALE = english.people.male
FEMALE = english.people.female
# A run of capitals that ends in or holds one of these is no person.
NOT_PERSONS = english.people.not_persons | _DATES
# Words with a capital that begin a sentence or stand alone without being a name.
NOT_NAMES = english.people.not_names | _DATES
# Nouns for one person: whom a text brings in without a name ("a retired teacher").
PEOPLE = english.people.nouns
_MEN = english.people.men
_WOMEN = english.people.women


def first_name_gender(name: str) -> str:
    """Give "m", "f" or nothing for a first name."""
    low = name.lower()
    return "m" if low in _MEN else "f" if low in _WOMEN else ""
