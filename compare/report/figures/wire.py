"""Which articles are copies of which text, and how much of it they cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.copies import NO_SELECTION
from compare.report.figures.canvas import begin, heights, names_beside, note, nothing
from compare.report.look import LOOK_OF
from compare.report.view import given
from compare.report.wording import count, for_plotly, plain
from compare.tables import HEADLINE

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View

_CUTS = {"none": "", "tail": "end missing", "middle": "parts missing", "both": "parts and end missing"}


def wire_rows(view: View) -> list[dict[str, Any]]:
    """Give a row per article that is a copy, by text, the fullest copy of each first.

    Returns:
        Rows with text (its number), agency (or nothing), outlet, kind (as `wire` in the WIRE table), fullest,
        sentences (printed, without boilerplate), added (share of its words that no other copy has), cut and missing
        (sentences of the fullest copy that it lacks).
    """
    story = view.comparison
    told = ~story.sentences["boilerplate"].astype(bool) & (story.sentences["index"] != HEADLINE)
    printed = story.sentences.loc[told, "article_id"].value_counts()
    copies = story.wire[story.wire["wire"] != "own"].to_dict("records")
    texts = {group: number for number, group in enumerate(dict.fromkeys(row["group_id"] for row in copies), 1)}
    agencies = {row["group_id"]: row["agency"] for row in copies if given(row["agency"])}
    rows = [
        {
            "text": texts[row["group_id"]],
            "agency": plain(agencies.get(row["group_id"], "")),
            "outlet": row["outlet"],
            "kind": row["wire"],
            "fullest": row["source_article_id"] == row["article_id"],
            "sentences": int(printed.get(row["article_id"], 0)),
            "added": float(row["added"]),
            "cut": row["cut"],
            "missing": int(row["cut_sentences"]),
        }
        for row in copies
    ]
    return sorted(rows, key=lambda row: (row["text"], not row["fullest"], -row["sentences"]))


def wire_plot(rows: list[dict[str, Any]], own: int, paper: Paper) -> Figure:
    """Draw a bar per copy, by text: what it shares with the others, what is its own, and what it lacks.

    Args:
        rows: what `wire_rows` gives.
        own: how many articles are no copies.
        paper: what it is drawn on.
    """
    if not rows:
        return nothing("No article of this story is a copy of another outlet's text.", paper)
    lines: list[dict[str, Any] | str] = []
    for row in rows:
        head = f"Text {row['text']}" + (f": {row['agency']}" if row["agency"] else "")
        lines += [row] if head in lines else [head, row]
    figure = begin(paper, barmode="overlay", uniformtext={"minsize": 9, "mode": "hide"})
    looks = {
        "in other copies too": (LOOK_OF["paraphrased"], ""),
        "in no other copy": (LOOK_OF["altered"], "/"),
        "missing": (LOOK_OF["omitted"], ""),
    }
    for part, (look, shape) in looks.items():
        _add(figure, part, [(at, line) for at, line in enumerate(lines) if isinstance(line, dict)], paper, look, shape)
    names_beside(figure, [line if isinstance(line, str) else line["outlet"] for line in lines], paper)
    figure.update_yaxes(ticktext=_ticks(figure, lines))
    figure.update_xaxes(rangemode="tozero", fixedrange=True, tickformat="d")
    notes = ["Sentences. Where a part from the middle is missing, the place is not to scale."]
    notes += [NO_SELECTION] * any(row["cut"] == "tail" for row in rows)
    notes += [f"{count(own, 'article')} of the story {'is' if own == 1 else 'are'} no copy."] * bool(own)
    note(figure, notes, figure.layout.margin.l, paper, below=2 * paper.size)
    return heights(figure, len(lines), 2.3 * paper.size, top=4 * paper.size)


def _ticks(figure: Figure, lines: list[dict[str, Any] | str]) -> list[str]:
    texts = zip(figure.layout.yaxis.ticktext, lines, strict=True)
    return [f"<b>{text}</b>" if isinstance(line, str) else text for text, line in texts]


def pieces(row: dict[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """Where each part of a bar begins and how long it is."""
    own = row["sentences"] * row["added"]
    shared, missing = row["sentences"] - own, row["missing"]
    if row["cut"] == "middle":
        order = [("shared", shared / 2), ("missing", missing), ("shared", shared / 2), ("own", own)]
    elif row["cut"] == "both":
        order = [("shared", shared / 2), ("missing", missing / 2), ("shared", shared / 2), ("own", own)]
        order.append(("missing", missing / 2))
    else:
        order = [("shared", shared), ("own", own), ("missing", float(missing))]
    names = {"shared": "in other copies too", "own": "in no other copy", "missing": "missing"}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in names.values()}
    at = 0.0
    for name, length in order:
        if length:
            found[names[name]].append((at, length))
        at += length
    return found


def _add(  # noqa: PLR0913, PLR0917 - a part of all bars is drawn with all of these
    figure: Figure, part: str, lines: list[tuple[int, dict[str, Any]]], paper: Paper, look: Any, shape: str
) -> None:
    bars = [(at, row, start, length) for at, row in lines for start, length in pieces(row)[part]]
    figure.add_bar(
        orientation="h",
        name=part,
        x=[length for *_, length in bars],
        base=[start for *_, start, _ in bars],
        y=[at for at, *_ in bars],
        text=[_CUTS[row["cut"]] if part == "missing" else "" for _, row, *_ in bars],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": paper.on_colour(look)},
        hovertext=[_told(row) for _, row, *_ in bars],
        hoverinfo="text",
        marker={
            "color": paper.ground if part == "missing" else paper.colour(look),
            "line": {"color": paper.rule, "width": 1},
            "pattern": {"shape": shape, "fgcolor": paper.on_colour(look), "size": 6, "solidity": 0.15},
        },
    )


def _told(row: dict[str, Any]) -> str:
    said = [f"{for_plotly(row['outlet'])}: {count(row['sentences'], 'sentence')}", row["kind"]]
    said += [f"{round(100 * row['added'])}\u00a0% of its words in no other copy"] * bool(row["added"])
    said += [f"lacks {count(row['missing'], 'sentence')} of the fullest copy"] * bool(row["missing"])
    return "<br>".join(said)
