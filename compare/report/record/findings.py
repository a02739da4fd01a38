"""What a reader with two minutes should know of the outlets: three sentences at most, and only what the data bear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.report.record.between import of_measure
from compare.report.record.corrected import corrected
from compare.report.record.further import further
from compare.report.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.between import Difference
    from compare.report.record.estimates import Estimate
    from compare.report.record.view import Record

AT_MOST = 3
_NOTABLE = 0.1  # a share of copies, or of stories not covered, that is worth a sentence
_SENTENCES = {
    "carriage": Markup("<strong>{}</strong> carries more of what others tell than <strong>{}</strong>: {} against {}"),
    "alteration": Markup(
        "<strong>{}</strong> changes the meaning of more of what it carries than <strong>{}</strong>: {} against {}"
    ),
    "quotations dropped": Markup(
        "<strong>{}</strong> drops more of the quotations that others give than <strong>{}</strong>: {} against {}"
    ),
}


def findings(record: Record, parts: Mapping[str, Any]) -> list[Markup]:
    """Give the sentences, most important first, each with a link to its evidence.

    Args:
        record: the record.
        parts: what the sections of the page show, by their names.
    """
    if len(record.outlets) < 2:
        return [Markup("There is one outlet alone: with nothing to compare it to, nothing is left out.")]
    of_rates = [*_corrected(record), *_differences(record)]
    more = [*of_rates[2:], *_copies(record), *_selection(record)]
    return [*of_rates[:2], *further(parts)[:1], *more][:AT_MOST]


def _corrected(record: Record) -> list[Markup]:
    """The largest corrected difference in carriage; what is merely decided then says no more about it."""
    found = corrected(record)
    if found is None or not found["families"]:
        return []
    pairs = found["families"][0]
    if not pairs["tested"]:
        template = Markup(
            "Too few decisions were coded to correct the difference of any two outlets, so what follows is as the "
            'toolkit decides. <a href="#corrected">Evidence</a>'
        )
        return [template]
    if not pairs["certain"]:
        template = Markup(
            "Corrected for the toolkit’s errors, no difference in how much two outlets carry is larger than chance "
            'would make it: of {} none has an adjusted p below .05. <a href="#corrected">Evidence</a>'
        )
        return [template.format(count(pairs["tests"], "pair"))]
    pair = pairs["shown"][0]
    template = Markup(
        "Corrected for the toolkit’s errors, <strong>{}</strong> carries {} more of what others tell than "
        "<strong>{}</strong> in the stories that both cover (95 % interval {}; adjusted p {}, {} tested). "
        '<a href="#corrected">Evidence</a>'
    )
    return [
        template.format(
            _name(pair["one"]),
            _points(pair["difference"].value),
            _name(pair["other"]),
            _interval(pair["difference"]),
            _p(pair["q"]),
            count(pairs["tests"], "pair"),
        )
    ]


def _differences(record: Record) -> list[Markup]:
    table = record.differences
    if table is None:
        return []
    said, nothing = [], []
    found = corrected(record)
    for measure, sentence in _SENTENCES.items():
        if measure == "carriage" and found is not None and found["families"] and found["families"][0]["tested"]:
            continue  # the corrected figure stands above
        pairs = of_measure(table, measure)
        if pairs and pairs[0].certain:
            said.append(_difference(record, measure, pairs[0], sentence, int(table["tests"].iloc[0])))
        elif pairs and measure == "carriage":
            template = Markup(
                "No difference in how much two outlets carry of what others tell is larger than chance would make it: "
                'of {} none has q below .05. <a href="#differences">Evidence</a>'
            )
            nothing = [template.format(count(len(pairs), "pair"))]
    return [*nothing, *said]


def _difference(record: Record, measure: str, pair: Difference, sentence: Markup, tests: int) -> Markup:
    told = sentence.format(_name(pair.one), _name(pair.other), pair.rate_one.share, pair.rate_other.share)
    between = Markup(" in the {} that both cover, a difference of {} (95 % interval {}; q {}, {}).").format(
        count(pair.stories, "story"),
        _points(pair.difference.value),
        _interval(pair.difference),
        _p(pair.q),
        count(tests, "test"),
    )
    link = Markup(' <a href="#differences">Evidence</a>')
    if record.corpus.validated:
        between += Markup(" This is as the toolkit decides, not corrected.")
    return told + between + _with_copies_collapsed(record.collapsed_differences, measure, pair) + link


def _with_copies_collapsed(table: pd.DataFrame | None, measure: str, pair: Difference) -> Markup:
    """What is left of the difference where wire copies are one voice: copying is no choice of claims."""
    if table is None:
        return Markup("")
    same = [one for one in of_measure(table, measure) if {one.one, one.other} == {pair.one, pair.other}]
    if not same:
        return Markup(" With wire copies as one voice nothing is left to compare.")
    one = same[0]
    if one.one != pair.one:
        return Markup(" With wire copies as one voice it is the other way round, by {} ({}).").format(
            _points(one.difference.value), _interval(one.difference)
        )
    return Markup(" With wire copies as one voice it is {} ({}).").format(
        _points(one.difference.value), _interval(one.difference)
    )


def _copies(record: Record) -> list[Markup]:
    """Who runs most copies of what others run too."""
    shares = [(record.estimates[outlet.name, "wire", "printed"], outlet) for outlet in record.outlets]
    known = [one for one in shares if one[0].known and one[0].bounded and one[0].low >= _NOTABLE]
    if not known:
        return []
    share, outlet = max(known, key=lambda one: one[0].value)
    template = Markup(
        "Of the articles of <strong>{}</strong> {} (95 % interval {}) are copies of a text that others run "
        'too{}. <a href="#o{}">Evidence</a>'
    )
    more = f"; at {count(len(known) - 1, 'other outlet')} there are many copies, too" if len(known) > 1 else ""
    return [template.format(_name(outlet.name), share.share, share.share_range, more, outlet.number)]


def _selection(record: Record) -> list[Markup]:
    """How far the outlets cover the same stories at all."""
    shares = [(record.estimates[outlet.name, "selection", "printed"], outlet) for outlet in record.outlets]
    (fewest, last), (most, first) = min(shares, key=lambda one: one[0].value), max(shares, key=lambda one: one[0].value)
    if most.value - fewest.value < _NOTABLE or not (most.bounded and fewest.bounded) or fewest.high >= most.low:
        return []
    template = Markup(
        "<strong>{}</strong> covers {} of the stories (95 % interval {}), <strong>{}</strong> {} ({}). "
        '<a href="#selection">Evidence</a>'
    )
    told = _name(first.name), most.share, most.share_range, _name(last.name), fewest.share, fewest.share_range
    return [template.format(*told)]


def _name(outlet: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(outlet)


def _points(difference: float) -> str:
    return count(round(100 * difference), "point")


def _p(value: str) -> str:
    return value if value.startswith("<") else f"=\u00a0{value}"


def _interval(difference: Estimate) -> str:
    return difference.points_range.replace("+", "")
