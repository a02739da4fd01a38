"""Tables as text for a terminal: aligned, cut to its width, readable without colour and in a pipe."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections import Counter
from itertools import count as count_from
from itertools import islice, product
from string import ascii_uppercase
from typing import TYPE_CHECKING

import click

from compare.errors import printable
from compare.report.wording import count, shorten_all
from compare.tables import CARRIED, NOT_ASSESSABLE, QUOTE_STATES, STATES, top_claims, with_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from compare.comparison import Comparison
    from compare.stories import Corpus
    from compare.validation.validated import Validation

_PIPED = 120  # characters per line if there is no terminal
_MOST_STORIES = 15  # that are listed
_FEW_CLAIMS = 5  # most claims shown with all their evidence; more are shown as a grid
_MANY_CLAIMS = 40  # with more claims than this, claims of a single outlet are shown only on request
_MOST_COLUMNS = 40  # most articles in a grid; with more, only counts are shown
_LONGEST_ID = 16  # most characters of a claim's id in a grid
_LEAST_CLAIM = 16  # least characters of a claim's wording in a grid, enough to recognise it
_MOST_ALTERED = 30  # most altered claims shown with their evidence below a grid
_CELL = 4  # a space, a symbol and two digits
# Like the report's symbols, but in characters available in every Western encoding.
_SYMBOLS = dict(zip(STATES, "=~½!/?·…", strict=True))
_QUOTE_SYMBOLS = dict(zip(QUOTE_STATES, "=½~!·", strict=True))
_NOT_CARRIED = ("undecided", "omitted", NOT_ASSESSABLE, "absent")
_VOICES = "Before each claim: how many independent voices carry it (copies of one text are one), of how many outlets."
_PARTS = " Details of a claim (└) stand below it and are not counted."
_PART = "└ "
_ESTIMATE = "An omission is an estimate."
_LONGEST_NAME = 40  # most characters of an outlet's name in a record
_LONGEST_CELL = 60  # most characters of a cell that is not the last of its line
NOT_CHECKED = "Not validated: nobody has checked these decisions (see storydiff sample)."


def say(text: str) -> None:
    """Print lines of text; names in them may come from anybody, so nothing that a terminal would obey is printed."""
    click.echo("\n".join(map(printable, text.split("\n"))))


def say_json(table: pd.DataFrame) -> None:
    """Print the rows of a table as JSON Lines, with escapes for what a terminal would obey."""
    lines = table.to_json(orient="records", lines=True, force_ascii=False)
    click.echo("".join(c if c == "\n" or printable(c) == c else json.dumps(c)[1:-1] for c in lines), nl=False)


def as_text(table: pd.DataFrame) -> str:
    """Return a table with aligned columns; if the last one is text, it is cut to the width of the terminal."""
    shown = table.copy()
    for name in shown.columns:
        if shown[name].dtype == float:
            shown[name] = shown[name].map("{:.2f}".format, na_action="ignore")
    shown = shown.astype(object).where(shown.notna(), "").astype(str)
    for name in shown.columns[:-1]:
        if shown[name].str.len().max() > _LONGEST_CELL:
            shown[name] = shorten_all(shown[name].tolist(), _LONGEST_CELL)
    widths = [max([len(name), *map(len, shown[name])]) for name in shown.columns]
    room = max(20, _width() - sum(widths[:-1]) - 2 * (len(widths) - 1))
    widths[-1] = min(widths[-1], room)
    right = [table[name].dtype.kind in "iuf" for name in table.columns]
    lines = []
    for row in [list(shown.columns), *shown.to_numpy().tolist()]:
        cells = [_cell(cell, width, to_the_right) for cell, width, to_the_right in zip(row, widths, right, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def as_sentence(text: str) -> str:
    """Return a clause as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def record_as_text(corpus: Corpus) -> str:
    """Return each outlet's record, and whether anybody has checked it."""
    outlets = corpus.outlets[corpus.outlets["version"] == "printed"]
    columns = ["outlet", "stories", "claims", "carried", "rate", "low", "high", "omission", "warning"]
    shown = outlets[columns].rename(columns={"warning": ""})
    shown["outlet"] = shorten_all(shown["outlet"].tolist(), _LONGEST_NAME)
    checked = "not validated" if corpus.validation is None else corpus.validation.sentence
    return (
        f"{count(len(corpus.stories), 'story')}, {count(len(outlets), 'outlet')}.\n\n{as_text(shown)}\n\n"
        f"Rates of the claims that another outlet carries, with 95 % intervals; {checked}."
    )


def stories_as_text(stories: pd.DataFrame) -> str:
    """Return how many stories there are, and the largest ones."""
    together = stories[stories["articles"] > 1]
    alone = int((together["outlets"] == 1).sum())
    largest = together.sort_values(["articles", "outlets"], ascending=False, kind="stable").head(_MOST_STORIES)
    shown = largest[["articles", "outlets", "first", "headline"]].assign(
        first=largest["first"].dt.strftime("%Y-%m-%d").fillna(""), headline=largest["headline"].fillna("")
    )
    rest = len(together) - len(largest)
    number = int(stories["articles"].sum())
    told = f"{count(number, 'article')} {'tells' if number == 1 else 'tell'} {count(len(stories), 'story')}"
    parts = [
        f"{told}, {count(len(together), 'story')} of more than one article.",
        as_text(shown) if len(shown) else "",
        f"and {rest} more stories of several articles." if rest > 0 else "",
        f"In {count(alone, 'story')}, all articles are of one outlet: nothing to compare." if alone else "",
    ]
    return "\n\n".join(filter(None, parts))


def validation_as_text(validation: Validation) -> str:
    """Return the result of a validation: agreement, accuracy, corrected rates, and the numbers of errors."""
    import compare
    from compare.validation.marks import marked

    bounds = ["estimate", "low", "high"]
    agreement = validation.agreement()
    accuracy = validation.accuracy()
    rates = compare.corrected_rates(validation)
    errors = validation.confusions()["error"].value_counts()
    found = ", ".join(f"{count} {error}" for error, count in errors.items()) or "none"
    parts = [
        as_sentence(validation.sentence),
        *filter(None, [marked(validation.decisions, validation.labels)]),
        "Do the coders agree? (95 %, bootstrap over units)",
        as_text(agreement[["measure", "codes", "coders", "units", *bounds, "note"]]),
        "Is the toolkit right? (weighted to all decisions)",
        as_text(accuracy[accuracy["stratum"] == "all"][["measure", "units", *bounds, "note"]]),
        f"How often is a claim carried, corrected for the toolkit's errors? (includes: {rates['includes'].iloc[0]})",
        as_text(rates[["group", "decisions", "coded", "as_decided", *bounds, "note"]]),
        f"Coded decisions on which toolkit and coders differ: {found}.",
    ]
    return "\n\n".join(parts)


def tracked_as_text(tracked: pd.DataFrame) -> str:
    """Return tracked claims by story: a few claims with their evidence, many as a grid, many articles as counts."""
    many = tracked["claim_id"].nunique() > _FEW_CLAIMS
    stories = tracked["story_id"].unique()
    per_story = tracked.groupby("story_id")["article_id"].nunique()
    if many and per_story.max() > _MOST_COLUMNS:
        return _counts(tracked)
    parts = [_legend(tracked)] if many else []
    for story, rows in tracked.groupby("story_id", sort=False):
        if len(stories) > 1:
            parts.append(f"Story {story}")
        parts.extend(_grid(rows) if many else _details(rows))
    if many:
        parts.extend(_altered(tracked))
        parts.append("The evidence of every cell: -o FILE.")
    return "\n\n".join(parts)


def claims_as_text(comparison: Comparison, *, every: bool) -> str:
    """Return a story's claims as a grid of claims and outlets; for many claims only the shared ones, unless `every`.

    Parts stand below their claims, and the last line does not count them.
    """
    from compare.report.story.copied import outlet_badges

    claims = top_claims(comparison.claims)
    shared = claims["outlets"] > 1
    every = every or not shared.any() or len(shared) <= _MANY_CLAIMS
    kept = (claims if every else claims[shared])["claim_id"]
    shown = with_parts(comparison.claims)
    shown = shown[shown["part_of"].fillna(shown["claim_id"]).isin(kept)]
    is_part = shown["part_of"].notna()
    cells = shown[["claim_id", "claim"]].assign(part=is_part).merge(comparison.coverage, on="claim_id")
    told = shown["voices"].astype(str) + " of " + shown["outlets"].astype(str) + ": " + shown["claim"]
    told = told.where(~is_part, _PART + told)
    headed = cells["claim_id"].map(dict(zip(shown["claim_id"], told, strict=True)))
    cells = cells.assign(article_id=cells["outlet"], wording=cells["claim"], claim=headed)
    parts = [_legend(cells[~cells["part"]], "outlet"), _wrapped("", _VOICES + (_PARTS if is_part.any() else ""))]
    parts += [*_grid(cells, outlet_badges(comparison.wire, comparison.articles)), *_altered(cells)]
    if disputed := comparison.conflicts["claim_id"].nunique():
        parts.append(f"Outlets disagree on {count(disputed, 'claim')}: --conflicts.")
    if not every and not shared.all():
        parts.append(f"{count(int((~shared).sum()), 'more claim')} of one outlet alone: --all.")
    notes = [corrections_as_text(comparison.corrections)] if len(comparison.corrections) else []
    return "\n\n".join([*parts, *_quotations(comparison.quotes, every=every), *notes])


def corrections_as_text(corrections: pd.DataFrame) -> str:
    """Return a line that names the outlets with notes on their own articles, and how many of each kind they have."""
    counts = Counter(zip(corrections["outlet"], corrections["kind"], strict=True))
    each = ", ".join(f"{outlet} {count(number, kind)}" for (outlet, kind), number in counts.items())
    return _wrapped("", f"Outlets' notes on their own articles, kept apart from the story: {each}.")


def conflicts_as_text(comparison: Comparison) -> str:
    """Return the disagreements: a sentence on each claim, then every side with its outlets and its evidence."""
    from compare.report.story.disagreements import conflicts_of

    found = conflicts_of(comparison.conflicts)
    if not found:
        return "No claim was found on which outlets disagree."
    parts = [
        _wrapped(
            "",
            f"Outlets disagree on {count(len(found), 'claim')}. Only independent voices are counted: copies of one "
            "text are one. Who differs from a clear majority alters a claim; without a clear majority it is contested.",
        )
    ]
    for conflict in found:
        lines = [_wrapped("", conflict.claim), _wrapped("  ", f"Outlets disagree: {conflict.said}.")]
        for side in conflict.sides:
            lines.append(_wrapped(f"  {_SYMBOLS[side.look.state]} ", side.outlets))
            lines.append(_wrapped("      ", side.evidence))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _quotations(quotes: pd.DataFrame, *, every: bool) -> Iterator[str]:
    """Yield the quote ledger as a grid, followed by the trimmed and the reattributed quotations."""
    outlets = (quotes["state"] != "absent").groupby(quotes["quote_id"]).transform("sum")
    # Indirect speech from a single outlet is no quotation that others could have kept.
    direct = quotes["kind"].eq("direct").groupby(quotes["quote_id"]).transform("any")
    shown = quotes[(outlets > 1) | (direct if every else False)]
    if shown.empty:
        return
    symbols = "  ".join(f"{symbol} {state}" for state, symbol in _QUOTE_SYMBOLS.items())
    number = shown["quote_id"].nunique()
    note = (
        f"{count(number, 'quotation')}. Beside each symbol: the probability, in per cent, "
        "that the outlet gives it; beside ·, that it carries the claim that is quoted."
    )
    yield f"{_wrapped('', note)}\n\n{symbols}"
    said = shown["source"].fillna("?") + ": " + shown["wording"]
    sure = shown["probability"].where(shown["state"] != "absent", shown["claim_probability"]).fillna(0)
    cells = shown.assign(claim_id=shown["quote_id"], claim=said, article_id=shown["outlet"], probability=sure)
    yield from _grid(cells, symbols=_QUOTE_SYMBOLS, total="given")
    for row in shown[shown["state"].isin(["trimmed", "reattributed"])].to_dict("records"):
        if row["state"] == "trimmed":
            head, told = f"trimmed by {row['outlet']}", ("gone", row["gone"])
        else:
            who = f"{row['resolved']} instead of {row['source']} (probability {1 - row['same_speaker']:.2f})"
            head, told = f"attributed to somebody else by {row['outlet']}: {who}", ("there", row["text"])
        yield "\n".join([_wrapped("", f"{row['quote_id']} {head}"), _wrapped(f"  {told[0]:<10}", told[1])])


def _details(tracked: pd.DataFrame) -> Iterator[str]:
    """Yield every claim with a line for each article."""
    changes = ["changes"] if tracked["changes"].any() else []
    for (_, claim), rows in tracked.groupby(["claim_id", "claim"], sort=False):
        # Other wordings are shown if an article is judged by one of them.
        wordings = list(dict.fromkeys([claim, *rows["wording"]]))
        by = ["wording"] if len(wordings) > 1 else []
        heads = [f"{number}  {wording}" for number, wording in enumerate(wordings, 1)] if by else [claim]
        numbered = rows.assign(wording=rows["wording"].map(wordings.index) + 1)
        table = numbered[["outlet", "state", "probability", *changes, *by, "evidence"]]
        yield "\n".join([*heads, as_text(table)])


def _legend(tracked: pd.DataFrame, told_by: str = "article") -> str:
    articles, claims = tracked["article_id"].nunique(), tracked["claim_id"].nunique()
    # No-break spaces keep symbol and state together when the line is wrapped.
    # The user's own claims are the standard, and so never contested.
    absent = {"contested"} if told_by == "article" else set()
    absent |= {NOT_ASSESSABLE} - set(tracked["state"])
    known = {state: symbol for state, symbol in _SYMBOLS.items() if state not in absent}
    symbols = _wrapped("", "  ".join(f"{symbol}\xa0{state}" for state, symbol in known.items())).replace("\xa0", " ")
    text = (
        f"{count(claims, 'claim')}, {count(articles, told_by)}. {_ESTIMATE} "
        f"Beside each symbol: the probability, in per cent, that the {told_by} carries the claim."
    )
    return f"{_wrapped('', text)}\n\n{symbols}"


def _grid(
    tracked: pd.DataFrame,
    badges: dict[str, str] | None = None,
    symbols: dict[str, str] = _SYMBOLS,
    total: str = "carried",
) -> Iterator[str]:
    """Yield a story's claims in rows and its articles in columns, as many side by side as fit."""
    claims = tracked.drop_duplicates("claim_id")
    articles = tracked.drop_duplicates("article_id")
    shown = [
        symbols[state] if state == NOT_ASSESSABLE else f"{symbols[state]}{min(99, round(100 * probability)):02d}"
        for state, probability in zip(tracked["state"], tracked["probability"], strict=True)
    ]
    grid = tracked.assign(cell=shown).pivot(index="claim_id", columns="article_id", values="cell")
    counts = ~tracked["state"].isin(_NOT_CARRIED)
    if "part" in tracked:
        counts &= ~tracked["part"]
    carried = counts.groupby(tracked["article_id"]).sum()
    labels = list(islice(_letters(), len(articles)))
    twice = articles["outlet"].duplicated(keep=False)
    names = articles["outlet"].where(~twice, articles["outlet"] + " " + articles["article_id"]).tolist()
    if badges:
        names = [f"{name} ({badges[name]})" if name in badges else name for name in names]
    width = min(_LONGEST_ID, max(map(len, [total, *claims["claim_id"]])))
    side_by_side = max(1, (_width() - width - 2 - _LEAST_CLAIM) // _CELL)
    for first in range(0, len(articles), side_by_side):
        here = slice(first, first + side_by_side)
        ids = articles["article_id"].tolist()[here]
        named = [f"{label} {name}" for label, name in zip(labels[here], names[here], strict=True)]
        broad = min(_width(), max(map(len, named)))
        down = -(-len(named) // max(1, (_width() + 2) // (broad + 2)))
        columns = (named[row::down] for row in range(down))
        yield "\n".join("  ".join(_cell(name, broad, False) for name in row).rstrip() for row in columns)
        rows = [
            ("", labels[here], ""),
            *zip(
                claims["claim_id"], grid.loc[claims["claim_id"], ids].to_numpy().tolist(), claims["claim"], strict=True
            ),
        ]
        rows.append((total, [str(carried[name]) for name in ids], ""))
        room = _width() - width - 2 - _CELL * len(ids)
        lines = []
        for name, cells, text in rows:
            line = "".join([_cell(name, width, False), *(cell.rjust(_CELL) for cell in cells)])
            lines.append(f"{line}  {_cell(text, room, False)}".rstrip())
        yield "\n".join(lines)


def _letters() -> Iterator[str]:
    """Yield A, B, ..., Z, AA, AB, ..., like the columns of a spreadsheet."""
    for length in count_from(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def _altered(tracked: pd.DataFrame) -> Iterator[str]:
    """Yield the evidence for altered claims: no outlet should be accused without it."""
    altered = tracked[tracked["state"] == "altered"]
    for row in altered.head(_MOST_ALTERED).to_dict("records"):
        # The change itself has no probability.
        sure = f"it carries the claim in some form with probability {row['probability']:.2f}"
        head = _wrapped("", f"{row['claim_id']} altered by {row['outlet']}: {row['changes']} ({sure})")
        told = (("claim", row["wording"]), ("evidence", row["evidence"]))
        yield "\n".join([head, *(_wrapped(f"  {name:<10}", " ".join(text.split())) for name, text in told)])
    if len(altered) > _MOST_ALTERED:
        yield f"and {len(altered) - _MOST_ALTERED} more that are altered."


def _counts(tracked: pd.DataFrame) -> str:
    """Return a line for each claim, for when there are too many articles to show each."""
    state = tracked["state"]
    of_states = {"carried": CARRIED, "undecided": ["undecided"], "omitted": ["omitted"]}
    if (state == NOT_ASSESSABLE).any():
        of_states[NOT_ASSESSABLE] = [NOT_ASSESSABLE]
    flags = tracked.assign(**{name: state.isin(states) for name, states in of_states.items()})
    by_claim = flags.groupby("claim_id", sort=False)
    table = by_claim[list(of_states)].sum().astype(int)
    table["probability"] = by_claim["probability"].mean()
    table["claim"] = by_claim["claim"].first()
    articles = count(tracked["article_id"].nunique(), "article")
    text = (
        f"{count(len(table), 'claim')}, {articles}. {_ESTIMATE} Articles are counted; "
        "the probability that an article carries the claim is the mean over all of them."
    )
    parts = [_wrapped("", text), as_text(table.reset_index()), "Every article with its evidence: -o FILE."]
    return "\n\n".join(parts)


def _wrapped(head: str, text: str) -> str:
    return textwrap.fill(text, _width(), initial_indent=head, subsequent_indent=" " * len(head))


def _width() -> int:
    return shutil.get_terminal_size((_PIPED, 24)).columns


def _cell(text: str, width: int, to_the_right: bool) -> str:
    text = " ".join(text.split())
    text = text if len(text) <= width else text[: width - 1] + "…"
    return text.rjust(width) if to_the_right else text.ljust(width)


def checks_as_text(checks: pd.DataFrame) -> str:
    """Return the results of checking a data set, in full."""
    width = max(len(result) for result in checks["result"]) + 2
    return "\n".join(
        textwrap.fill(
            f"{row['result']:{width}}{row['what']}: {row['detail']}",
            _width(),
            subsequent_indent=" " * width,
            break_on_hyphens=False,
            break_long_words=False,
        )
        for row in checks.to_dict("records")
    )
