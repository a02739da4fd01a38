"""The words in which English gives quantities, and the pattern that finds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language import english
from compare.language.tokens import FUNCTION_WORDS, NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_N = english.numbers
MAGNITUDES = {word: float(size) for word, size in _N["magnitudes"].items()}
CURRENCIES = _N["currencies"]
# Units in which there is money.
MONEY = frozenset({*_N["money"], "pound", *CURRENCIES.values()})
# Words of a unit: the unit it is counted in here, and how many of these one is.
UNITS: dict[str, tuple[str, float]] = {form: (name, 1.0) for name in _N["money"] for form in (name, f"{name}s")} | {
    form: (row["unit"], row["size"] if "size" in row else 1 / row["parts"])
    for row in _N["units"]
    for form in row["forms"]
}
FRACTIONS: dict[str, int] = _N["fractions"]
FOLDS: dict[str, float] = _N["folds"]
TENS = {"": 1.0, "tens": 10.0, "hundreds": 100.0}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
ORDINALS = {word: rank for rank, word in enumerate(_N["ordinals"], start=1)}
WEEKDAYS = english.time["weekdays"]
MONTHS = {name: number for number, names in enumerate(english.time["months"], start=1) for name in names.split()}


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


# With their capitals, as a zone is where it is no word: "2300 GMT", "in London time", "(local time)".
_ZONE = rf"(?-i:(?:{_any(english.time.zones)})\b|(?:[Ll]ocal|[A-Z][\w'’.-]{{0,20}})\ [Tt]ime\b)"
ZONE = re.compile(rf"(?<!\w){_ZONE}")
# With their capitals: "will march 10 miles", "it may 12 times over".
_MONTH = rf"(?-i:{_any(form for name in MONTHS for form in (name.capitalize(), name.upper()))})\b\.?"
_WORD = rf"(?:{_any(NUMBER_WORDS)})"
_DIGIT = _any(word for word, value in NUMBER_WORDS.items() if len(value) == 1)
_TENS = _any(word for word in NUMBER_WORDS if word.endswith("ty"))
# "forty-one", but not "three-one".
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[ -](?:{_DIGIT})\b)?|{_WORD})"
_BELOW_THOUSAND = rf"{_BELOW_HUNDRED}(?:[ -]hundred(?:(?:[ -]and)?[ -]{_BELOW_HUNDRED})?)?\b"
_SPELLED = (
    rf"(?:{_BELOW_THOUSAND}|(?:a\ )?hundred(?:[ -]and)?[ -]{_BELOW_HUNDRED})"
    rf"(?:[ -]thousand\b(?:,?(?:\ and)?\ {_BELOW_THOUSAND})?)?"
)
_UNIT_WORD = rf"(?:%|°[CF]\b|(?:{_any(form for form in UNITS if form[0] not in '%°')})\b)"
_UNIT = rf"(?:[ -]?(?P<unit>{_UNIT_WORD}))?"
LOWER, UPPER, _ABOUT = _N["lower"], _N["upper"], _N["about"]
# What stands before a number, and what behind it.
HOW = re.compile(rf"\b({_any((*LOWER, *UPPER, *_ABOUT))}) (?:an? )?$", re.IGNORECASE)
MORE_OR_LESS = re.compile(
    r"(?:(?P<least>\+|-plus\b| or (?:more|over|older)\b)"
    r"|(?P<most> or (?:fewer|less|under|younger)\b)|(?P<about> or so\b))",
    re.IGNORECASE,
)
_SPAN = "(?:day|week|fortnight|month|year|decade)"
_LARGE = "dozen|hundred|thousand|million|billion|trillion"
_YEAR = r"(?:19|20)\d\d\b"
_PARTS = f"(?:{'|'.join(FRACTIONS)})"
# What may follow a share that no "of" follows: "by a third in May", not "by a third party".
_CLOSES = (
    r"(?=\s*(?:$|[.,;:)!?\u2014\u201d\"])|\ (?:in|to|since|from|over|on|this|last|after|before|during|for|as|at|"
    r"while|and|but|by|compared|because|when|if|than|less|more|higher|lower|fewer|said|was|were|is|are|had|have|has|will)\b)"
)
BELOW_ZERO = re.compile(r"(?:\bminus |\u2212|(?<!\S)-)$", re.IGNORECASE)
# What stands before a share by itself: "fell by a third", "nearly half were"; "a third was hurt" is a person.
LEADS = re.compile(
    rf"(?:\b(?:by|to|{_any((*LOWER, *UPPER, *_ABOUT))}|fell|rose|grew|shrank|fallen|risen|\w+(?:ed|ing|s))) $",
    re.IGNORECASE,
)
# Verbs and adverbs of going up and down, beside which "48 cents to $30" gives a step and where it led.
MOVES = re.compile(
    r"\b(?:up|down|higher|lower|r[io]s(?:es?|en|ing)|fell|fall(?:s|en|ing)?|gr[eo]w(?:s|n|ing|th)?|sank|slid|cuts?|"
    r"(?:climb|drop|jump|gain|add|advanc|declin|increas|decreas|rais|reduc|lower|plung|slump|soar|surg|tumbl|eas|edg|dip|"
    r"slip|shrink|slash|widen|narrow|leap|lift|boost|trimm?|shed|swell|los|doubl|extend)\w*|shrank|lost)\b",
    re.IGNORECASE,
)
# How often a quantity recurs: the days between.
EVERY = {form: row["days"] if "days" in row else 1 / row["parts"] for row in _N["every"] for form in row["forms"]}
_BETWEEN = _any(FUNCTION_WORDS - {"of"})
# "$15 an hour", "400 litres of water a second"; not "met 12 ministers a week ago".
PER = re.compile(
    rf"(?P<nouns>(?:\ (?!(?:{_BETWEEN})\b)[a-z-]+){{0,3}}?)(?:\ (?:an?|per|each|every)\ |[/-]per-|\ ?/\ ?)"
    rf"(?P<every>{_any(word for word in EVERY if not word.endswith('ly'))})\b(?!\ (?:ago|after|before|later|"
    rf"earlier|old|long|when|in\ which|that|from\ now)\b)|"
    rf"\ (?P<adverb>hourly|daily|weekly|monthly|yearly|annually)\b(?!\ [a-z])",
    re.IGNORECASE,
)
_SPACES = " \u00a0\u2009\u202f"  # of "1 500"
# A number that is broken off or written in another way ("1,5 million", "1.000.000") is read nowhere in part.
FIND = re.compile(
    rf"""(?<!\w)(?<!\d[.,])(?:
      (?P<clock>\b(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))?\ ?(?P<half>[ap])\.?m\b\.?
        | \b(?P<hour24>[012]?\d):(?P<minutes24>[0-5]\d)\b
        | \b(?P<hourly>[01]?\d|2[0-3])[.h]?(?P<minutely>[0-5]\d)(?=(?:\ hours|\ hrs|h)?,?\ \(?{_ZONE})
        | \b(?P<sharp>{_WORD}|\d{{1,2}})\ o['’]clock\b(?!\ in\ the\ (?:morning|afternoon|evening)\b)
        | \b(?P<evening>{_WORD}|\d{{1,2}})(?:\ o'clock)?\ in\ the\ (?P<part>morning|afternoon|evening)\b
        | \b(?P<named>noon|midday|midnight)\b)
    | (?P<date>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_MONTH})(?:,?\ {_YEAR})?
        | \b(?P<m2>{_MONTH})\ (?:the\ )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\ {_YEAR})?)
    | (?P<year>(?<![\d.,$£€])\b{_YEAR}(?![.,]?\d|%|\ ?(?:{_any(form for form in UNITS if len(form) > 2)}|people)\b))
    | (?P<ratio>\b(?P<of>one\b|1\b|(?:{_WORD}|\d+)(?!\ in\ {_YEAR}\b))
        \ (?:in|out\ of)\ (?:every\ )?(?P<every>{_WORD}|\d+)\b(?!\ (?:{_MONTH})))
    | (?P<long>\b(?P<span>{_SPAN})-?long\b | \bfortnight\b)
    | (?:(?P<several>\b(?:several|a\ few|many)\ (?P<round>{_LARGE})\b)
        | (?P<plural>\b(?:(?P<tens>tens|hundreds)\ of\ )?(?P<rounds>dozen|hundred|thousand|million|billion)s\b)
        | (?P<scores>\bscores(?=\ of\b)))(?:(?:\ of)?\ (?P<someunit>{_UNIT_WORD}))?
    | (?P<times>\b(?P<fold>halv|doubl|tripl|trebl|quadrupl)(?:ed|ing)\b)
    | (?P<weekday>\b(?:{_any(WEEKDAYS)})\b)
    | (?P<relative>\b(?:half|twice|double|triple|three\ times)
        \ (?:that|as|what|it|its|the\ (?:size|number|amount|rate))\b)
    | (?P<often>\b(?:twice|thrice|(?<!\bat\ )(?<!\bfor\ )once
        (?=\s*(?:$|[.,;:)!?\u2014\u201d"])|\ (?:in|a|by|on|during|every|last|this|since|before|after)\b))\b)
    | (?P<piece>\b(?:(?P<pieces>an?|{_DIGIT})[ -])?(?P<piecef>half(?:\ of)?(?=\ an?\b|\ of\ (?:one|1)\b|[ -])
            |quarter(?=[ -]|s?\ of\b)|{_PARTS}(?=s?\ of\b))s?(?:(?:\ of)?\ (?:an?|one|1)\ |[ -])
        (?:(?P<piecesize>{_LARGE})\b(?:\ (?P<pieceunit>{_UNIT_WORD}))?|(?P<pieceunit2>{_UNIT_WORD})))
    | (?P<share>\b(?P<parts>an?|{_DIGIT}|\d)[ -](?P<fraction>{_PARTS})s?\b(?=\ of\b|\ the\b)
        | \b(?P<parts2>{_DIGIT})[ -](?P<fraction2>{_PARTS})s?\b
        | \b(?P<loose>(?:(?P<parts3>an?)\ )?(?P<fraction3>(?(parts3){_PARTS}|half)))\b{_CLOSES}
        | \bhalf\b(?=\ (?:of|the|its|their|his|her|all|our)\b))
    | (?:(?P<money>(?:\b[A-Z]{{1,2}})?[$£€¥₹₽₴])\ ?)?(?:
            (?P<digits>(?<![\w./])(?:\d{{1,3}}(?:,\d{{3}})+|[1-9]\d?\d?(?:[{_SPACES}]\d{{3}})+|\d+)(?:\.\d+)?)
                (?![.,]?\d)(?P<sign>[½¼¾⅓⅔])?(?:\ (?P<upper>\d)/(?P<lower>[2-9])(?![\d/]))?
                (?P<rank>st|nd|rd|th)?(?!s\b|\w*/)
            | (?P<only>(?<!\w)[½¼¾⅓⅔])
            | \b(?P<spelled>{_SPELLED})\b(?:\ point(?P<decimals>(?:\ (?:{_DIGIT}|oh)\b)+)
                | [ -]and[ -](?P<more_parts>an?|one|two|three)[ -](?P<more_fraction>half|third|quarter)s?\b)?
            | (?<=-)(?P<nil>nil)\b
            | \b(?P<couple>a\ couple\ of)\b
            | \b(?P<a>an?)(?=\ (?:{_LARGE})\b)
            | (?:(?<=\b(?:in|of)\ )|(?<=\bfor\ )|(?<=(?:thin|fter|most|arly|bout|over|than)\ ))an?(?=\ {_SPAN}\b)
            | \ban?(?=\ {_SPAN}\ (?:and\ (?:a\ half|\w+\ (?:days|weeks|months))|later|earlier)\b))
          (?:[ -]?(?P<size>(?:{_LARGE}|mln|mn|bn|tn|[kmb](?=\b))(?!\w))(?P<more>\ thousand\b)?)?
          {_UNIT}(?P<unithalf>\ and\ a\ half\b)?
    | \b(?P<ordinal>{_any(ORDINALS)})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
