"""Sentences for the top of the page on wording, on omissions and on likeness, where the data bear one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.report.wording import count, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What a claim is about or whose word it is; that prominent claims are left out less is no news of these outlets, and
# what the first outlet tells hangs together with what is available at all.
_NEWS = ("quote", "attributed", "named_source", "official", "casualties", "money", "number")


def further(parts: Mapping[str, Any]) -> list[Markup]:
    """Give the sentences that have a q below .05, most telling first."""
    return [
        *(_wording(parts["wording"]) if "wording" in parts else ()),
        *(_missing(parts["missing"]) if "missing" in parts else ()),
        *(_alike(parts["alike"]) if "alike" in parts else ()),
    ]


def _wording(part: Mapping[str, Any]) -> Iterator[Markup]:
    """What a party is called, how quotations are attributed, who is said to act."""
    for name in part["names"]:
        if name["certain"]:
            template = Markup(
                "Where <strong>{}</strong> says “{}”, <strong>{}</strong> says “{}”: in {} that both carry, {} "
                'the other way round (q {}, {}). <a href="#wording">Evidence</a>'
            )
            yield template.format(
                name_of(name["one"]),
                name_of(name["label_one"]),
                name_of(name["other"]),
                name_of(name["label_other"]),
                count(round(name["claims"]), "claim"),
                round(name["reverse"]) or "none",
                _p(name["q"]),
                count(part["names_tests"], "test"),
            )
    for measured in part["measured"]:
        for pair in measured.shown:
            if pair.certain:
                template = Markup(
                    "{}: <strong>{}</strong> {}, <strong>{}</strong> {} of what both give or tell (95 % interval of "
                    'the difference {} points; q {}). <a href="#wording">Evidence</a>'
                )
                what = measured.measure.split(":")[0].split(",")[0]
                yield template.format(
                    what,
                    name_of(pair.one),
                    pair.rate_one.share,
                    name_of(pair.other),
                    pair.rate_other.share,
                    pair.difference.points_range.replace("+", ""),
                    _p(pair.q),
                )


def _missing(part: Mapping[str, Any]) -> Iterator[Markup]:
    """What kind of claim is left out more often."""
    for model in part["models"]:
        for one in model["certain"]:
            if one.term in _NEWS:
                template = Markup('{}{} (95 % interval {}; q {}, {}). <a href="#missing">Evidence</a>')
                whose = Markup("<strong>{}</strong>: ").format(name_of(one.group)) if one.group else ""
                yield template.format(
                    whose, one.sentence, one.points.points_range, _p(one.q), count(model["tests"], "test")
                )


def _alike(part: Mapping[str, Any]) -> Iterator[Markup]:
    """The two that are nearest, if that is beyond chance."""
    for pair in part["certain"][:1]:
        template = Markup(
            "<strong>{}</strong> and <strong>{}</strong> are more alike in what they carry than chance makes two "
            'outlets (distance {}, 95 % interval {}, 1 is chance; q {}, {}). <a href="#alike">Evidence</a>'
        )
        yield template.format(
            name_of(pair["one"]),
            name_of(pair["other"]),
            pair["corrected"].number,
            pair["corrected"].number_range,
            _p(pair["q"]),
            count(part["tests"], "pair"),
        )


def _p(value: str) -> str:
    return value if value.startswith("<") else f"=\u00a0{value}"
