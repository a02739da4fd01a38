"""What numbers are followed by: magnitudes, currencies, units; English only."""

from __future__ import annotations

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
# Words of a unit: the unit it is counted in here, and how many of these one is.
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("%", "percent", "per cent", "pc"), ("percent", 1.0)),
    **dict.fromkeys(("percentage point", "percentage points", "point", "points"), ("point", 1.0)),
    **{
        form: (name, 1.0)
        for name in "dollar euro yen yuan rupee rouble ruble crown krona franc peso hryvnia zloty shekel lira".split()
        for form in (name, f"{name}s")
    },
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
