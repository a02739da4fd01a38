"""The words in which English gives quantities, and the pattern that finds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.tokens import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

MAGNITUDES = {
    **dict.fromkeys(("hundred",), 1e2),
    **dict.fromkeys(("thousand", "k"), 1e3),
    **dict.fromkeys(("million", "m", "mn", "mln"), 1e6),
    **dict.fromkeys(("billion", "bn", "b"), 1e9),
    **dict.fromkeys(("trillion", "tn"), 1e12),
    **dict.fromkeys(("dozen",), 12.0),
}
CURRENCIES = {
    "$": "dollar", "us$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee", "₽": "rouble", "₴": "hryvnia",
}  # fmt: skip
_MONEY = "dollar euro yen yuan rupee rouble ruble crown krona franc peso hryvnia zloty shekel lira".split()
# Units in which there is money.
MONEY = frozenset({*_MONEY, "pound", *CURRENCIES.values()})
# Words of a unit: the unit it is counted in here, and how many of these one is.
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("%", "percent", "per cent", "pc"), ("percent", 1.0)),
    **dict.fromkeys(("percentage point", "percentage points", "point", "points"), ("point", 1.0)),
    **{form: (name, 1.0) for name in _MONEY for form in (name, f"{name}s")},
    **dict.fromkeys(("usd",), ("dollar", 1.0)),
    **dict.fromkeys(("cent", "cents"), ("dollar", 0.01)),
    **dict.fromkeys(("pound", "pounds", "pound sterling", "pounds sterling", "quid", "gbp"), ("pound", 1.0)),
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeter", "millimeters"), ("metre", 0.001)),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), ("metre", 0.01)),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), ("metre", 1.0)),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), ("metre", 1000.0)),
    **dict.fromkeys(("inch", "inches"), ("metre", 0.0254)),
    **dict.fromkeys(("foot", "feet", "ft"), ("metre", 0.3048)),
    **dict.fromkeys(("yard", "yards"), ("metre", 0.9144)),
    **dict.fromkeys(("mile", "miles"), ("metre", 1609.344)),
    **dict.fromkeys(("hectare", "hectares"), ("hectare", 1.0)),
    **dict.fromkeys(("acre", "acres"), ("hectare", 0.404686)),
    **dict.fromkeys(("square kilometre", "square kilometres", "square kilometers", "sq km"), ("hectare", 100.0)),
    **dict.fromkeys(("square mile", "square miles"), ("hectare", 258.999)),
    **dict.fromkeys(("gram", "grams"), ("kilogram", 0.001)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("kilogram", 1.0)),
    **dict.fromkeys(("tonne", "tonnes", "metric tons"), ("kilogram", 1000.0)),
    **dict.fromkeys(("ton", "tons"), ("kilogram", 1000.0)),
    **dict.fromkeys(("ounce", "ounces"), ("kilogram", 0.0283495)),
    **dict.fromkeys(("lb", "lbs"), ("kilogram", 0.453592)),
    **dict.fromkeys(("litre", "litres", "liter", "liters"), ("litre", 1.0)),
    **dict.fromkeys(("gallon", "gallons"), ("litre", 3.78541)),
    **dict.fromkeys(
        ("km/h", "kph", "kmh", "kilometres an hour", "kilometers an hour", "km an hour", "km per hour"), ("kph", 1.0)
    ),
    **dict.fromkeys(("mph", "miles an hour", "miles per hour", "mile an hour"), ("kph", 1.609344)),
    **dict.fromkeys(("°c", "c", "degrees celsius", "degrees c", "celsius"), ("celsius", 1.0)),
    **dict.fromkeys(("°f", "f", "degrees fahrenheit", "degrees f", "fahrenheit"), ("fahrenheit", 1.0)),
    **dict.fromkeys(("second", "seconds"), ("day", 1 / 86400)),
    **dict.fromkeys(("minute", "minutes", "min"), ("day", 1 / 1440)),
    **dict.fromkeys(("hour", "hours"), ("day", 1 / 24)),
    **dict.fromkeys(("day", "days"), ("day", 1.0)),
    **dict.fromkeys(("week", "weeks"), ("day", 7.0)),
    **dict.fromkeys(("fortnight",), ("day", 14.0)),
    **dict.fromkeys(("month", "months"), ("day", 30.44)),
    **dict.fromkeys(("year", "years"), ("day", 365.25)),
    **dict.fromkeys(("decade", "decades"), ("day", 3652.5)),
}
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
FOLDS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0}
TENS = {"": 1.0, "tens": 10.0, "hundreds": 100.0}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        range(1, 13),
        strict=True,
    )
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan;february feb;march mar;april apr;may;june jun;july jul;august aug;september sept sep;"
        "october oct;november nov;december dec".split(";"),
        start=1,
    )
    for name in names.split()
}


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


# With their capitals: "will march 10 miles", "it may 12 times over".
_MONTH = rf"(?-i:{_any(form for name in MONTHS for form in (name.capitalize(), name.upper()))})\b\.?"
_WORD = rf"(?:{_any(NUMBER_WORDS)})"
_SPELLED = rf"{_WORD}(?:[ -](?:and\ )?(?:{_WORD}|hundred|thousand)\b)*"
_UNIT = rf"(?:[ -]?(?P<unit>%|°[CF]\b|(?:{_any(form for form in UNITS if form[0] not in '%°')})\b))?"
HOW = re.compile(
    r"\b(about|around|(?:shortly|just) before|(?:shortly|just|soon) after|"
    r"some|roughly|approximately|nearly|almost|close to|estimated|more than|over|at least|upwards of|"
    r"fewer than|less than|under|up to|as many as|at most|no[t]? more than|no (?:fewer|less) than) (?:an? )?$",
    re.IGNORECASE,
)
_SPAN = "(?:day|week|fortnight|month|year|decade)"
_LARGE = "dozen|hundred|thousand|million|billion|trillion"
_YEAR = r"(?:19|20)\d\d\b"
_PARTS = f"(?:{'|'.join(FRACTIONS)})"
_SPACES = " \u00a0\u2009\u202f"  # of "1 500"
# A number that is broken off or written in another way ("1,5 million", "1.000.000") is read nowhere in part.
FIND = re.compile(
    rf"""(?<!\w)(?<!\d[.,])(?:
      (?P<clock>\b(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))?\ ?(?P<half>[ap])\.?m\b\.?
        | \b(?P<hour24>[012]?\d):(?P<minutes24>[0-5]\d)\b
        | \b(?P<evening>{_WORD}|\d{{1,2}})(?:\ o'clock)?\ in\ the\ (?P<part>morning|afternoon|evening)\b
        | \b(?P<named>noon|midday|midnight)\b)
    | (?P<date>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_MONTH})(?:,?\ {_YEAR})?
        | \b(?P<m2>{_MONTH})\ (?:the\ )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\ {_YEAR})?)
    | (?P<year>(?<![\d.,$£€])\b{_YEAR}(?![.,]?\d|%|\ ?(?:{_any(form for form in UNITS if len(form) > 2)}|people)\b))
    | (?P<ratio>\b(?P<of>{_WORD}|\d+)\ (?:in|out\ of)\ (?:every\ )?(?P<every>{_WORD}|\d+)\b(?!\ (?:{_MONTH})))
    | (?P<long>\b(?P<span>{_SPAN})-?long\b | \bfortnight\b)
    | (?P<several>\bseveral\ (?P<round>{_LARGE})\b)
    | (?P<plural>\b(?:(?P<tens>tens|hundreds)\ of\ )?(?P<rounds>dozen|hundred|thousand|million|billion)s\b)
    | (?P<times>\b(?P<fold>doubl|tripl|trebl|quadrupl)(?:ed|ing)\b)
    | (?P<weekday>\b(?:{_any(WEEKDAYS)})\b)
    | (?P<relative>\b(?:half|twice|double|triple|three\ times)
        \ (?:that|as|what|it|its|the\ (?:size|number|amount|rate))\b)
    | (?P<share>\b(?P<parts>an?|one|two|three|four|\d)[ -](?P<fraction>{_PARTS})s?\b(?=\ of\b|\ the\b)
        | \b(?P<parts2>one|two|three|four|nine)[ -](?P<fraction2>{_PARTS})s?\b
        | (?<=\bby\ )(?P<parts3>an?)\ (?P<fraction3>{_PARTS})\b
        | (?<=\bby\ )half\b | \bhalf\b(?=\ (?:of|the|its|their|his|her|all|our)\b))
    | (?:(?P<money>(?:\b[A-Z]{{1,2}})?[$£€¥₹₽₴])\ ?)?(?:
            (?P<digits>(?<![\w.])(?:\d{{1,3}}(?:,\d{{3}})+|[1-9]\d?\d?(?:[{_SPACES}]\d{{3}})+|\d+)(?:\.\d+)?)
                (?![.,]?\d)(?P<sign>[½¼¾⅓⅔])?(?P<rank>st|nd|rd|th)?(?!s\b|\w*/)
            | (?P<only>(?<!\w)[½¼¾⅓⅔])
            | \b(?P<spelled>{_SPELLED})\b(?P<ahalf>\ and\ a\ half\b)?
            | \b(?P<a>(?:half\ )?an?)(?=\ (?:{_LARGE})\b)
            | (?:(?<=\b(?:in|of)\ )|(?<=\bfor\ )|(?<=(?:thin|fter|most|arly|bout|over|than)\ ))an?(?=\ {_SPAN}\b)
            | \ban?(?=\ {_SPAN}\ (?:and\ (?:a\ half|\w+\ (?:days|weeks|months))|later|earlier)\b)
            | \b(?P<halfof>half\ an?)(?=\ (?:hour|year|mile|day|month|point|decade)\b))
          (?:[ -]?(?P<size>(?:{_LARGE}|mln|mn|bn|tn|[kmb](?=\b))(?!\w))(?P<more>\ thousand\b)?)?
          {_UNIT}(?P<unithalf>\ and\ a\ half\b)?
    | \b(?P<ordinal>{_any(ORDINALS)})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
LOWER = ("more than", "over", "at least", "upwards of", "no fewer than", "no less than")
UPPER = ("fewer than", "less than", "under", "up to", "as many as", "at most", "no more than", "not more than")
