"""The findings about outlets for a reader with two minutes: at most three sentences that the data support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.report.record.between import of_measure
from compare.report.wording import count, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from compare.report.record.between import Difference
    from compare.report.record.view import Estimate, Record

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
# Traits of content or source. That prominent claims are left out less often says nothing special about these outlets,
# and what the first outlet tells depends on what is available at all.
_NEWS = ("quote", "attributed", "named_source", "official", "casualties", "money", "number")


def findings(record: Record, parts: Mapping[str, Any]) -> list[Markup]:
    """Return the main sentences, each with a link; `parts` has the content of the page's sections by name."""
    if len(record.outlets) < 2:
        return [Markup("There is only one outlet: with nothing to compare it to, nothing is left out.")]
    families = parts.get("corrected", {}).get("families")
    corrected = families[0] if families else None
    of_rates = [*([_corrected(corrected)] if corrected else []), *_differences(record, corrected)]
    more = [*of_rates[2:], *_copies(record), *_selection(record)]
    return [*of_rates[:2], *further(parts)[:1], *more][:AT_MOST]


def _corrected(pairs: Mapping[str, Any]) -> Markup:
    """Return the largest corrected difference in carriage, which replaces the uncorrected one."""
    if not pairs["tested"]:
        return Markup(
            "Too few decisions were coded to correct the difference between any two outlets, so what follows is as the "
            'toolkit decides. <a href="#corrected">Evidence</a>'
        )
    if not pairs["certain"]:
        return Markup(
            "Corrected for the toolkit’s errors, no difference in how much two outlets carry is larger than chance "
            'would make it: of {} none has an adjusted p below .05. <a href="#corrected">Evidence</a>'
        ).format(count(pairs["tests"], "pair"))
    pair = pairs["shown"][0]
    return Markup(
        "Corrected for the toolkit’s errors, <strong>{}</strong> carries {} more of what others tell than "
        "<strong>{}</strong> in the stories that both cover ({}adjusted p {}, {} tested). "
        '<a href="#corrected">Evidence</a>'
    ).format(
        name_of(pair["one"]),
        _points(pair["difference"]),
        name_of(pair["other"]),
        pair["difference"].bracketed,
        _p(pair["q"]),
        count(pairs["tests"], "pair"),
    )


def _differences(record: Record, corrected: Mapping[str, Any] | None) -> list[Markup]:
    table = record.results.differences["printed"]
    said, nothing = [], []
    for measure, sentence in _SENTENCES.items():
        if measure == "carriage" and corrected is not None and corrected["tested"]:
            continue  # the corrected figure is given instead
        pairs = [pair for pair in of_measure(table, measure) if record.in_one_language(pair.one, pair.other)]
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
    told = sentence.format(name_of(pair.one), name_of(pair.other), pair.rate_one.share, pair.rate_other.share)
    between = Markup(" in the {} that both cover, a difference of {} ({}q {}, {}).").format(
        count(pair.stories, "story"),
        _points(pair.difference),
        pair.difference.bracketed,
        _p(pair.q),
        count(tests, "test"),
    )
    if record.results.validation is not None:
        between += Markup(" This is as the toolkit decides, not corrected.")
    collapsed = _with_copies_collapsed(record.results.differences.get("collapsed"), measure, pair)
    return told + between + collapsed + Markup(' <a href="#differences">Evidence</a>')


def _with_copies_collapsed(table: pd.DataFrame | None, measure: str, pair: Difference) -> Markup:
    """Say what is left of the difference if wire copies are one voice, since copying is not choosing claims."""
    if table is None:
        return Markup("")
    same = [one for one in of_measure(table, measure) if {one.one, one.other} == {pair.one, pair.other}]
    if not same:
        return Markup(" With wire copies as one voice, nothing is left to compare.")
    turned = "" if same[0].one == pair.one else "the other way round, by "
    found = same[0].difference
    interval = f" ({found.points_range.replace('+', '')})" if found.bounded else ""
    return Markup(" With wire copies as one voice, it is {}{}{}.").format(turned, _points(found), interval)


def _copies(record: Record) -> list[Markup]:
    shares = [(record.estimates[outlet.name, "wire", "printed"], outlet) for outlet in record.outlets]
    known = [one for one in shares if one[0].known and one[0].bounded and one[0].low >= _NOTABLE]
    if not known:
        return []
    share, outlet = max(known, key=lambda one: one[0].value)
    template = Markup(
        "Of the articles of <strong>{}</strong> {} (95 % interval {}) are copies of a text that others also "
        'run{}. <a href="#o{}">Evidence</a>'
    )
    more = f"; the same is true of {count(len(known) - 1, 'other outlet')}" if len(known) > 1 else ""
    return [template.format(name_of(outlet.name), share.share, share.share_range, more, outlet.number)]


def _selection(record: Record) -> list[Markup]:
    shares = [(record.estimates[outlet.name, "selection", "printed"], outlet) for outlet in record.outlets]
    (fewest, last), (most, first) = min(shares, key=lambda one: one[0].value), max(shares, key=lambda one: one[0].value)
    if most.value - fewest.value < _NOTABLE or not (most.bounded and fewest.bounded) or fewest.high >= most.low:
        return []
    template = Markup(
        "<strong>{}</strong> covers {} of the stories (95 % interval {}), <strong>{}</strong> {} ({}). "
        '<a href="#selection">Evidence</a>'
    )
    told = name_of(first.name), most.share, most.share_range, name_of(last.name), fewest.share, fewest.share_range
    return [template.format(*told)]


def further(parts: Mapping[str, Any]) -> list[Markup]:
    """Return the sentences on wording, omissions and likeness with q below .05, in this order."""
    return [
        *(_wording(parts["wording"]) if "wording" in parts else ()),
        *(_missing(parts["missing"]) if "missing" in parts else ()),
        *(_alike(parts["alike"]) if "alike" in parts else ()),
    ]


def _wording(part: Mapping[str, Any]) -> Iterator[Markup]:
    """Say how outlets name a party, attribute quotations, and name who acts."""
    for name in part["names"]:
        if name["certain"]:
            yield Markup(
                "Where <strong>{}</strong> says “{}”, <strong>{}</strong> says “{}”: in {} that both carry, {} "
                'the other way round (q {}, {}). <a href="#wording">Evidence</a>'
            ).format(
                *(name_of(name[one]) for one in ("one", "label_one", "other", "label_other")),
                count(round(name["claims"]), "claim"),
                round(name["reverse"]) or "none",
                _p(name["q"]),
                count(part["names_tests"], "test"),
            )
    for measured in part["measured"]:
        for pair in measured.shown:
            if pair.certain:
                yield Markup(
                    "{}: <strong>{}</strong> {}, <strong>{}</strong> {} of what both give or tell, a difference of {} "
                    '({}q {}). <a href="#wording">Evidence</a>'
                ).format(
                    measured.measure.split(":")[0].split(",")[0],
                    name_of(pair.one),
                    pair.rate_one.share,
                    name_of(pair.other),
                    pair.rate_other.share,
                    _points(pair.difference),
                    pair.difference.bracketed,
                    _p(pair.q),
                )


def _missing(part: Mapping[str, Any]) -> Iterator[Markup]:
    for model in part["models"]:
        for one in model["certain"]:
            if one["term"] in _NEWS:
                whose = Markup("<strong>{}</strong>: ").format(name_of(one["group"])) if one["group"] else ""
                yield Markup('{}{} (95 % interval {}; q {}, {}). <a href="#missing">Evidence</a>').format(
                    whose, one["sentence"], one["points"].points_range, _p(one["q"]), count(model["tests"], "test")
                )


def _alike(part: Mapping[str, Any]) -> Iterator[Markup]:
    """Name the two nearest outlets, if they are nearer than chance."""
    for pair in part["certain"][:1]:
        yield Markup(
            "<strong>{}</strong> and <strong>{}</strong> are more alike in what they carry than chance makes two "
            'outlets (distance {}{}, 1 is chance; q {}, {}). <a href="#alike">Evidence</a>'
        ).format(
            name_of(pair["one"]),
            name_of(pair["other"]),
            pair["corrected"].number,
            f", 95 % interval {pair['corrected'].number_range}" if pair["corrected"].bounded else "",
            _p(pair["q"]),
            count(part["tests"], "pair"),
        )


def _points(difference: Estimate) -> str:
    return count(round(100 * difference.value), "point")


def _p(value: str) -> str:
    return value if value.startswith("<") else f"=\u00a0{value}"
