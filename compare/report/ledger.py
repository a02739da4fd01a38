"""The quote ledger and the agency copies as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.report.view import SHARED_FROM
from compare.report.wording import count, decimal, percent, plain, shorten, within_marks
from compare.tables import QUOTE_STATES

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.view import View

# Word, symbol and whose colours, in the order of QUOTE_STATES.
_LOOKS = {
    "full": ("in full", "=", "verbatim"),
    "trimmed": ("trimmed", "◐", "partial"),
    "paraphrased": ("in other words", "≈", "paraphrased"),
    "reattributed": ("given to somebody else", "≠", "altered"),
    "absent": ("absent", "\u2013", "omitted"),
}
_WIDTH = 160  # characters of a quotation in a finding
_DOUBTFUL = 0.6  # below it the page says that the speaker may be another
_CARRIED = 0.5
_MOST = 2  # findings of one kind
_CUTS = {"tail": "without its end", "middle": "without parts of it", "both": "without its end and parts of it"}


@dataclass(frozen=True)
class Given:
    """A quotation at one outlet: how it is given, in which words, by whom; `sentence` is its number in the page."""

    outlet: str
    state: str
    word: str
    symbol: str
    colours: str
    words: str
    speaker: str
    gone: str
    note: str
    sentence: int | None


@dataclass(frozen=True)
class Quoted:
    """A quotation: its fullest wording, whose it is, the outlets that give it and those that do not."""

    number: int
    wording: str
    source: str
    given: tuple[Given, ...]
    absent: tuple[Given, ...]

    @property
    def shared(self) -> bool:
        """Whether at least two outlets give it."""
        return len(self.given) >= SHARED_FROM

    @property
    def tally(self) -> list[str]:
        """How many outlets give it in which way."""
        states = [one.state for one in (*self.given, *self.absent)]
        return [f"{_LOOKS[state][0]} at {states.count(state)}" for state in QUOTE_STATES if state in states]


def ledger(view: View) -> list[Quoted]:
    """Give the story's quotations, those that most outlets have first."""
    numbers = {sentence: i for i, sentence in enumerate(view.comparison.sentences["sentence_id"])}
    found = []
    for number, (_, rows) in enumerate(view.comparison.quotes.groupby("quote_id", sort=False), 1):
        cells = [_given(row, numbers) for row in rows.to_dict("records")]
        found.append(
            Quoted(
                number=number,
                wording=within_marks(str(rows["wording"].iat[0])),
                source=_text(rows["source"].iat[0]),
                given=tuple(cell for cell in cells if cell.state != "absent"),
                absent=tuple(cell for cell in cells if cell.state == "absent"),
            )
        )
    return found


def _given(row: dict[Any, Any], numbers: dict[str, int]) -> Given:
    state = row["state"]
    word, symbol, colours = _LOOKS[state]
    return Given(
        outlet=row["outlet"],
        state=state,
        word=word,
        symbol=symbol,
        colours=colours,
        words=within_marks(_text(row["text"])),
        speaker=_text(row["resolved"]) or _text(row["speaker"]),
        gone=_text(row["gone"]),
        note=_note(row),
        sentence=numbers.get(row["sentence_id"]),
    )


def _note(row: dict[Any, Any]) -> str:
    """What to say of how sure a row is."""
    same, carried = row["same_speaker"], row["claim_probability"]
    if row["state"] == "absent":
        if carried != carried:  # noqa: PLR0124  # NaN: it belongs to no claim
            return ""
        told = "tells what is said, without the quotation" if carried >= _CARRIED else "does not tell what is said"
        return f"{told}: {percent(max(carried, 1 - carried))} sure"
    if row["state"] == "reattributed":
        return f"{percent(1 - same)} sure that it is somebody else"
    if same == same and same < _DOUBTFUL:  # noqa: PLR0124  # NaN: nobody is said to say it
        return f"perhaps another speaker: the same with a chance of {percent(same)}"
    return ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def quote_findings(quotations: list[Quoted]) -> list[Markup]:
    """Give the findings about quotations: what was given to somebody else, and what was trimmed."""
    given = [(quoted, one) for quoted in quotations for one in quoted.given]
    other = Markup("<strong><bdi>{}</bdi></strong> gives {} to <bdi>{}</bdi>, not to <bdi>{}</bdi> ({}).")
    cut = Markup("<strong><bdi>{}</bdi></strong> trims {} of “<bdi>{}</bdi>”.")
    moved = [
        other.format(one.outlet, _link(quoted), _in_sentence(one.speaker), _in_sentence(quoted.source), one.note)
        for quoted, one in given
        if one.state == "reattributed"
    ]
    trimmed = [
        cut.format(one.outlet, _link(quoted), shorten(one.gone, _WIDTH))
        for quoted, one in given
        if one.state == "trimmed"
    ]
    return moved[:_MOST] + trimmed[:_MOST]


def _in_sentence(speaker: str) -> str:
    """Write "A Western diplomat" small where it does not begin the sentence."""
    first, space, rest = plain(speaker).partition(" ")
    return f"{first.lower()}{space}{rest}" if first in {"A", "An", "The", "One", "Another"} else f"{first}{space}{rest}"


def _link(quoted: Quoted) -> Markup:
    return Markup('<a href="#q{}">“<bdi>{}</bdi>”</a>').format(quoted.number, shorten(quoted.wording, _WIDTH))


def copies(wire: pd.DataFrame) -> list[Markup]:
    """Say in a sentence each who runs copies of one text, and how they were cut."""
    told = []
    for _, group in wire[wire["wire"] != "own"].groupby("group_id", sort=False):
        whose = next((name for name in group["agency"] if isinstance(name, str)), "")
        names = Markup(", ").join(Markup("<bdi>{}</bdi>").format(name) for name in dict.fromkeys(group["outlet"]))
        text = Markup("{} run one text{}.").format(names, Markup(" by <bdi>{}</bdi>").format(whose) if whose else "")
        for row in group[group["cut"] != "none"].to_dict("records"):
            missing = count(int(row["cut_sentences"]), "sentence")
            text += Markup(" <bdi>{}</bdi> has it {} ({}).").format(row["outlet"], _CUTS[row["cut"]], missing)
            text += (
                Markup(" What a cut from the end leaves out was not picked.")
                if row["cut"] == "tail"
                else Markup(" A cut from the end would seldom leave it so (p = {}).").format(decimal(row["p_value"]))
            )
        told.append(text)
    return told
