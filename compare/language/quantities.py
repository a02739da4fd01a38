"""Quantities in a text: what "$1.2bn", "a dozen", "two-thirds", "10 to 20" and "3 March" amount to, however spelled.

English only. Units are converted, so that "5km" can be held against "three miles", and a quantity knows how
exact it means to be: "nearly 2,000" may stand for 1,978, "12" for nothing but 12.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compare.language import english
from compare.language.amounts import NAMED, Quantity
from compare.language.limits import denial_of
from compare.language.ranges import joined
from compare.language.remembering import remembered
from compare.language.tokens import FUNCTION_WORDS, NUMBER_WORDS, any_of

if TYPE_CHECKING:
    from collections.abc import Callable

_N = english.numbers
MAGNITUDES = {word: float(size) for word, size in _N["magnitudes"].items()}
CURRENCIES = _N["currencies"]
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


# With their capitals, because in small letters a zone may be a word: "2300 GMT", "in London time", "(local time)".
_ZONE = rf"(?-i:(?:{any_of(english.time.zones)})\b|(?:[Ll]ocal|[A-Z][\w'’.-]{{0,20}})\ time\b)"
ZONE = re.compile(rf"(?<!\w){_ZONE}")
# With their capitals: "will march 10 miles", "it may 12 times over".
_MONTH = rf"(?-i:{any_of(form for name in MONTHS for form in (name.capitalize(), name.upper()))})\b\.?"
_WORD = rf"(?:{any_of(NUMBER_WORDS)})"
_HOUR = rf"(?:{any_of(word for word, value in NUMBER_WORDS.items() if 0 < int(value) <= 12)}|1[0-2]|[1-9])"
# "half past", "a quarter to"; "ten to" may begin a range.
_PAST = (
    r"(?:half\ past|(?:a\ )?quarter\ (?:past|to)|(?:five|ten|twenty(?:-five)?)(?:\ minutes\ to|(?:\ minutes)?\ past))"
)
_DIGIT = any_of(word for word, value in NUMBER_WORDS.items() if len(value) == 1)
_TENS = any_of(word for word in NUMBER_WORDS if word.endswith("ty"))
# "forty-one", but not "three-one".
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[ -](?:{_DIGIT})\b)?|{_WORD})"
_BELOW_THOUSAND = rf"{_BELOW_HUNDRED}(?:[ -]hundred(?:(?:[ -]and)?[ -]{_BELOW_HUNDRED})?)?\b"
_SPELLED = (
    rf"(?:{_BELOW_THOUSAND}|(?:a\ )?hundred(?:[ -]and)?[ -]{_BELOW_HUNDRED})"
    rf"(?:[ -]thousand\b(?:,?(?:\ and)?\ {_BELOW_THOUSAND})?)?"
)
_UNIT_WORD = rf"(?:%|°[CF]\b|(?:{any_of(form for form in UNITS if form[0] not in '%°')})\b)"
_UNIT = rf"(?:[ -]?(?P<unit>{_UNIT_WORD}))?"
LOWER, UPPER, _ABOUT = _N["lower"], _N["upper"], _N["about"]
# Words before a number, and after it.
HOW = re.compile(rf"\b({any_of((*LOWER, *UPPER, *_ABOUT))}) (?:an? )?$", re.IGNORECASE)
MORE_OR_LESS = re.compile(
    r"(?:(?P<least>\+|-plus\b| or (?:more|over|older)\b|(?: [a-z]+)? at (?:the (?:very )?)?least\b)"
    r"|(?P<most> or (?:fewer|less|under|younger)\b|(?: [a-z]+)? at (?:the (?:very )?)?most\b)|(?P<about> or so\b))",
    re.IGNORECASE,
)
_SPAN = "(?:day|week|fortnight|month|year|decade)"
_LARGE = "dozen|hundred|thousand|million|billion|trillion"
_YEAR = r"(?:19|20)\d\d\b"
_PARTS = f"(?:{'|'.join(FRACTIONS)})"
# What may follow a share without "of": "by a third in May", not "by a third party".
_CLOSES = (
    r"(?=\s*(?:$|[.,;:)!?\u2014\u201d\"])|\ (?:in|to|since|from|over|on|this|last|after|before|during|for|as|at|"
    r"while|and|but|by|compared|because|when|if|than|less|more|higher|lower|fewer|said|was|were|is|are|had|have|has|will)\b)"
)
BELOW_ZERO = re.compile(r"(?:\bminus |\u2212|(?<!\S)-)$", re.IGNORECASE)
_TEMPERATURES = frozenset({"celsius", "fahrenheit", "degree"})
# What makes a number an age: "aged over 60", "at the age of 78", "a man of 45", "Ann Lee, 45,", "45 years old".
_AGED = re.compile(
    rf"\b(?:aged?|ages)(?: of)?(?: from| between)?(?: (?:{any_of((*LOWER, *UPPER, *_ABOUT))}))? $", re.IGNORECASE
)
_PERSON_OF = re.compile(rf"\b(?:{any_of(_N.aged)}|\w+(?:wo)?man) of $", re.IGNORECASE)
_SEVERAL_OF = re.compile(r" [a-z]+s\b", re.IGNORECASE)  # "a man of 20 talents"
_NAME = re.compile(r"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+, $")
_OLD = re.compile(r"[ -]old\b| of age\b", re.IGNORECASE)
_YEAR_OF_LIFE = 365.25  # days
_OLDEST = 120  # years
# What comes before a share on its own: "fell by a third", "nearly half were"; "a third was hurt" is a person.
LEADS = re.compile(
    rf"(?:\b(?:by|to|between(?: an? [a-z]+ and)?|{any_of((*LOWER, *UPPER, *_ABOUT))}|fell|rose|grew|shrank|fallen|risen"
    r"|\w+(?:ed|ing|s))) $",
    re.IGNORECASE,
)
# How often a quantity recurs: the days between.
EVERY = {form: row["days"] if "days" in row else 1 / row["parts"] for row in _N["every"] for form in row["forms"]}
_NO_NOUN = any_of(FUNCTION_WORDS - {"of"})
# "$15 an hour", "400 litres of water a second"; not "met 12 ministers a week ago".
PER = re.compile(
    rf"(?P<nouns>(?:\ (?!(?:{_NO_NOUN})\b)[a-z-]+){{0,3}}?)(?:\ (?:an?|per|each|every)\ |[/-]per-|\ ?/\ ?)"
    rf"(?P<every>{any_of(word for word in EVERY if not word.endswith('ly'))})\b(?!\ (?:ago|after|before|later|"
    rf"earlier|old|long|when|in\ which|that|from\ now)\b)|"
    rf"\ (?P<adverb>hourly|daily|weekly|monthly|yearly|annually)\b(?!\ [a-z])",
    re.IGNORECASE,
)
# "Every hour, 360 litres of water are lost."
_EACH = re.compile(
    rf"(?:\A|[.;:!?\u2014(])\s*(?:(?:and|but) )?(?:each|every) "
    rf"(?P<every>{any_of(word for word in EVERY if not word.endswith('ly'))})\b(?! (?:of|in|on|at|for|that)\b)"
    r"(?=(?P<between>[^.;:!?\u2014(\d]{0,80}))",
    re.IGNORECASE,
)
_SPACES = " \u00a0\u2009\u202f"  # of "1 500"
# A number that is cut off or in another notation ("1,5 million", "1.000.000") is not read, not even in part.
FIND = re.compile(
    rf"""(?<!\w)(?<!\d[.,])(?:
      (?P<clock>\b(?:(?P<past>{_PAST})\ )?(?P<spoken>{_WORD}|\d{{1,2}}(?:[:.](?P<minutes12>[0-5]\d))?)(?:\ o['’]clock)?
          \ (?:in\ the\ (?P<part>morning|afternoon|evening)|(?P<night>at\ night))\b
        | \b(?P<past12>{_PAST})\ (?P<hour12>{_HOUR})\b(?!\ ?%|\ per)
        | \b(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))?\ ?(?P<half>[ap])\.?m\b\.?
        | \b(?P<hour24>[012]?\d):(?P<minutes24>[0-5]\d)\b
        | \b(?P<hourly>[01]?\d|2[0-3])[.h]?(?P<minutely>[0-5]\d)(?=(?:\ hours|\ hrs|h)?\ \(?{_ZONE})
        | \b(?P<sharp>{_WORD}|\d{{1,2}})\ o['’]clock\b
        | \b(?P<named>noon|midday|midnight)\b)
    | (?P<date>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_MONTH})(?:,?\ {_YEAR})?
        | \b(?P<m2>{_MONTH})\ (?:the\ )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\ {_YEAR})?)
    | (?P<year>(?<![\d.,$£€])\b{_YEAR}(?![.,]?\d|%|\ ?(?:{any_of(form for form in UNITS if len(form) > 2)}|people)\b))
    | (?P<ratio>\b(?P<of>one\b|1\b|(?:{_WORD}|\d+)(?!\ in\ {_YEAR}\b))
        \ (?:in|out\ of)\ (?:every\ )?(?P<every>{_WORD}|\d+)\b(?!\ (?:{_MONTH})))
    | (?P<long>\b(?P<span>{_SPAN})-?long\b | \bfortnight\b)
    | (?:(?P<several>\b(?:several|a\ few|many)\ (?P<round>{_LARGE})\b)
        | (?P<plural>\b(?:(?P<tens>tens|hundreds)\ of\ )?(?P<rounds>dozen|hundred|thousand|million|billion)s\b)
        | (?P<scores>\bscores(?=\ of\b)))(?:(?:\ of)?\ (?P<someunit>{_UNIT_WORD}))?
    | (?P<times>\b(?P<fold>halv|doubl|tripl|trebl|quadrupl)(?:ed|ing)\b)
    | (?P<weekday>\b(?:{any_of(WEEKDAYS)})\b)
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
            | (?P<nil>(?<=-)nil|\bnil(?=-nil)|(?:(?<=votes\ to\ )|(?<=goals\ to\ )|(?<=games\ to\ ))(?:nil|none))\b
            | \b(?:(?P<couple>a\ couple\ of)|(?P<pair>a\ pair\ of))\b
            | \b(?P<a>an?)(?=\ (?:{_LARGE})\b)
            | (?:(?<=\b(?:in|of)\ )|(?<=\bfor\ )|(?<=(?:thin|fter|most|arly|bout|over|than)\ ))an?(?=\ {_SPAN}\b)
            | \ban?(?=\ {_SPAN}\ (?:and\ (?:a\ half|\w+\ (?:days|weeks|months))|later|earlier)\b))
          (?:[ -]?(?P<size>(?:{_LARGE}|mln|mn|bn|tn|[kmb](?=\b))(?!\w))(?P<more>\ thousand\b)?)?
          {_UNIT}(?P<unithalf>\ and\ a\ half\b)?(?P<below>\ below\ (?:zero|freezing)\b)?
    | \b(?P<ordinal>{any_of(ORDINALS)})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SEVERAL = 20  # "hundreds" may stand for 1,200, not for 2,300
_COUPLE = 1.5  # "a couple of weeks" may be three
_REMEMBERED = 20000  # texts: those of the last few stories
_LONGEST = 20_000  # characters that are read; no sentence is longer
_SMALLEST, _LARGEST = 1e-12, 1e18  # values outside these are serial numbers or broken pages
_OFTEN = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_DAY, _EVENING = 1440, 6  # minutes; from this hour on, "at night" is before midnight
_PARTS_OF_HOUR = {"half": 30, "quarter": 15}
_BEFORE = 40  # characters before a number that show how to read it
# Letters that a case-insensitive pattern matches as i, s and k, but no table has.
_LOOKALIKES = str.maketrans("İıſ\N{KELVIN SIGN}", "IisK")


class _Amount(NamedTuple):
    """The value of a number, in its unit and as written; its upper end is `times` the value."""

    value: float
    unit: str
    written: float
    size: float = 1.0
    times: float = 1.0


@remembered(_REMEMBERED)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities in a text, in order. A range or a score is one quantity; the pronoun "one" is none."""
    found: list[tuple[Quantity, float]] = []
    folded = text[:_LONGEST].translate(_LOOKALIKES)
    for match in FIND.finditer(folded):
        read = next((read for group, read in _READERS.items() if match[group]), _plain)
        amount = read(match)
        if amount is not None and (amount.value == 0 or _SMALLEST <= abs(amount.value) <= _LARGEST):
            quantity = _told(match, amount, text, folded)
            together = joined(*found[-1], quantity, amount.size, text) if found else None
            if together:
                found[-1] = together, amount.size
            else:
                found.append((quantity, amount.size))
    opened = {match.span("between"): EVERY[match["every"].casefold()] for match in _EACH.finditer(folded)}
    told, read_to = [], 0
    for quantity in (one for one, _ in found if one.unit or one.text.casefold() != "one"):
        if quantity.start >= read_to:  # not "second" in "400 litres of water a second"
            paced = quantity.unit not in NAMED and quantity.unit not in ("day", "age") and not quantity.relative
            pace = PER.match(folded, quantity.end) if paced else None
            before, read_to = read_to, pace.end() if pace else quantity.end
            if pace:  # the period of recurrence; part of the quantity's words if nothing comes between
                every = EVERY[(pace["every"] or pace["adverb"]).casefold()]
                end = quantity.end if pace["nouns"] else pace.end()
                quantity = replace(quantity, text=text[quantity.start : end], end=end, every=every)  # noqa: PLW2901
            elif paced:
                first = (days for (end, last), days in opened.items() if before <= end <= quantity.start <= last)
                quantity = replace(quantity, every=next(first, 0.0))  # noqa: PLW2901
            told.append(quantity)
    return tuple(told)


def _told(match: re.Match[str], amount: _Amount, text: str, folded: str) -> Quantity:
    words = match[0].strip().rstrip("." if match["date"] else "")
    start = match.start() + match[0].index(words)
    end = start + len(words)
    minus = BELOW_ZERO.search(folded, max(0, start - _BEFORE), start) if amount.value < 0 else None
    start = minus.start() if minus else start
    vague = "some" if match["several"] or match["plural"] or match["scores"] else ""
    dozen = (match["size"] or "").casefold() == "dozen"
    about = "about" if match["share"] or match["piecesize"] or match["ratio"] or dozen else ""
    before = HOW.search(folded, max(0, start - _BEFORE), start)
    meant = before[1].casefold() if before else ""
    how = vague or ("least" if meant in LOWER else "most" if meant in UPPER else "about" if meant else about)
    denied = denial_of(folded, start, counted=not amount.unit) if how in ("least", "most") and before else -1
    if denied >= 0:
        how = "most" if how == "least" else "least"
    more = MORE_OR_LESS.match(folded, end)
    if more and not how and amount.unit not in NAMED:
        how = next(name for name, told in more.groupdict().items() if told)
    top = amount.value * amount.times
    relative = match["relative"] is not None
    told = Quantity(
        amount.value, amount.unit, amount.written, how, relative, text[start:end], start, end, top, denied=denied
    )
    return _as_age(told, folded, before.start() if before else start)


def _as_age(told: Quantity, text: str, start: int) -> Quantity:
    """Read a number as an age if the words around it say so; `start` is where "over 60" begins."""
    around = max(0, start - _BEFORE), start
    if told.unit == "day":
        is_age = _OLD.match(text, told.end) or _AGED.search(text, *around)
        return replace(told, unit="age") if is_age else told
    if told.unit or told.value > _OLDEST:
        return told
    of_person = _PERSON_OF.search(text, *around) and not _SEVERAL_OF.match(text, told.end)
    of_name = text[told.end : told.end + 1] in (",", ".") and told.text.isdigit() and _NAME.search(text, *around)
    if not (_AGED.search(text, *around) or of_person or of_name):
        return told
    return replace(told, unit="age", value=told.value * _YEAR_OF_LIFE, top=told.top * _YEAR_OF_LIFE)


def _ratio(match: re.Match[str]) -> _Amount | None:
    part, whole = _number(match["of"]), _number(match["every"])
    return _as_is(100 * part / whole, "percent") if 0 < part < whole <= _LARGEST else None


def _share(match: re.Match[str]) -> _Amount | None:
    """A part of a whole, or an ordinal."""
    fraction = (match["fraction"] or match["fraction2"] or match["fraction3"] or "half").casefold()
    if match["loose"] and not LEADS.search(match.string, max(0, match.start() - _BEFORE), match.start()):
        return _as_is(float(ORDINALS[fraction]), "ordinal") if fraction in ORDINALS else None
    parts = _number(match["parts"] or match["parts2"] or match["parts3"] or "a")
    return _as_is(100 * parts / FRACTIONS[fraction], "percent")


def _piece(match: re.Match[str]) -> _Amount:
    """A part of a unit or magnitude: "a quarter of a million", "half a point"."""
    size = MAGNITUDES.get((match["piecesize"] or "").casefold(), 1.0)
    unit, factor = UNITS.get((match["pieceunit"] or match["pieceunit2"] or "").casefold(), ("", 1.0))
    value = _number(match["pieces"] or "a") / FRACTIONS[match["piecef"].casefold().removesuffix(" of")] * size
    return _Amount(value * factor, unit, value, size)


def _some(match: re.Match[str]) -> _Amount:
    """A vague number: "several hundred", "tens of thousands"."""
    if match["scores"]:
        value = 20.0
    else:
        value = TENS[(match["tens"] or "").casefold()] * MAGNITUDES[(match["round"] or match["rounds"]).casefold()]
    unit, factor = UNITS.get((match["someunit"] or "").casefold(), ("", 1.0))
    return _Amount(value * factor, unit, value, times=_SEVERAL)


def _plain(match: re.Match[str]) -> _Amount | None:
    """A number with its magnitude and unit."""
    size, unit_word = (match["size"] or "").casefold(), (match["unit"] or "").casefold()
    unit, factor = UNITS.get(unit_word, ("", 1.0))
    if match["couple"] and not (size or unit):
        return None
    times = MAGNITUDES.get(size, 1.0) * (1e3 if match["more"] else 1.0)
    last = re.split("[ -]", (match["spelled"] or "").casefold())[-1]
    value = _counted(match) * times
    value += 0.5 * times if match["unithalf"] else 0.0  # "a million and a half", "a year and a half"
    if match["rank"]:
        return _as_is(value, "ordinal")
    if match["money"]:
        sign = match["money"].casefold()
        return _Amount(value, CURRENCIES.get(sign, sign), value, times)
    if match["below"] or (unit in _TEMPERATURES and BELOW_ZERO.search(match.string, 0, match.start())):
        value = -value
    if unit == "fahrenheit":
        return _Amount((value - 32) / 1.8, "celsius", value, times)
    times *= MAGNITUDES.get(last, 1.0)
    return _Amount(value * factor, unit, value, times, _COUPLE if match["couple"] else 1.0)


def _counted(match: re.Match[str]) -> float:  # noqa: PLR0911 - one for each form that English has
    if match["digits"]:
        whole = float(re.sub(r"[^\d.]", "", match["digits"])) + SIGNS.get(match["sign"] or "", 0.0)
        return whole + (int(match["upper"]) / int(match["lower"]) if match["upper"] else 0.0)
    if match["only"]:
        return SIGNS[match["only"]]
    if match["nil"]:
        return 0.0
    if match["couple"] or match["pair"]:
        return 2.0
    if not match["spelled"]:
        return 1.0
    whole = _number(match["spelled"])
    if match["decimals"]:
        return float(
            f"{whole:.0f}." + "".join(NUMBER_WORDS.get(word, "0") for word in match["decimals"].casefold().split())
        )
    if match["more_fraction"]:
        return whole + _number(match["more_parts"]) / FRACTIONS[match["more_fraction"].casefold()]
    return whole


def _as_is(value: float, unit: str = "") -> _Amount:
    return _Amount(value, unit, value)


def _of_day(match: re.Match[str]) -> _Amount | None:
    """Minutes since midnight."""
    if match["named"]:
        return _as_is(0.0 if match["named"].casefold() == "midnight" else 720.0, "clock")
    told = match["hour"] or match["hour24"] or match["hourly"] or match["sharp"] or match["hour12"] or match["spoken"]
    hour = int(_number(re.split("[:.]", told)[0]))
    minutes = int(match["minutes"] or match["minutes24"] or match["minutely"] or match["minutes12"] or 0)
    if hour >= 24 or minutes >= 60:
        return None
    if match["half"] or match["part"] or match["night"]:
        hour %= 12
        late = (match["half"] or match["part"] or "").casefold() in ("p", "afternoon", "evening")
        hour += 12 if late or (match["night"] and hour >= _EVENING) else 0
    past = (match["past"] or match["past12"] or "").casefold().removeprefix("a ")
    if past:
        apart = _PARTS_OF_HOUR.get(past.split()[0]) or int(_number(past.split()[0]))
        minutes += -apart if past.endswith("to") else apart
    return _as_is((60.0 * hour + minutes) % _DAY, "clock")


_READERS: dict[str, Callable[[re.Match[str]], _Amount | None]] = {
    "clock": _of_day,
    "date": lambda match: _as_is(
        100.0 * MONTHS[(match["m1"] or match["m2"]).rstrip(".").casefold()] + int(match["d1"] or match["d2"]), "date"
    ),
    "year": lambda match: _as_is(float(match["year"]), "year"),
    "ratio": _ratio,
    "long": lambda match: _Amount(UNITS[(match["span"] or "fortnight").casefold()][1], "day", 1.0),
    "relative": lambda _: _as_is(0.0),
    "several": _some,
    "plural": _some,
    "scores": _some,
    "weekday": lambda match: _as_is(float(WEEKDAYS.index(match["weekday"].casefold())), "weekday"),
    "times": lambda match: _as_is(FOLDS[match["fold"].casefold()], "times"),
    "often": lambda match: _as_is(_OFTEN[match["often"].casefold()], "occasion"),
    "piece": _piece,
    "share": _share,
    "ordinal": lambda match: _as_is(float(ORDINALS[match["ordinal"].casefold()]), "ordinal"),
}


def _number(words: str) -> float:
    """Read digits or number words: "two hundred and six" is 206, "a" 1."""
    if words[:1].isdecimal():
        return float(words)
    if words.casefold() in ("a", "an"):
        return 1.0
    total, group = 0.0, 0.0
    for word in re.split("[ ,-]+", words.casefold()):
        if word in ("hundred", "thousand"):
            group = (group or 1.0) * MAGNITUDES[word]
            if word == "thousand":
                total, group = total + group, 0.0
        elif word in NUMBER_WORDS:
            group += float(NUMBER_WORDS[word])
    return total + group
