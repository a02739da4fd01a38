"""The stories of the planted corpus: what is there to tell, and how an outlet tells it.

`planted_bias/README.md` says how a topic's facts are written; `planted_bias.py` has the outlets and their habits.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FRAMES = Path(__file__).parent / "planted_bias"
FACTS = (9, 14)  # of a story
HABITS = ("label", "passive", "doubt", "trim", "loose")


@dataclass(frozen=True)
class Fact:
    """One fact of a story.

    Attributes:
        fact_id: the story's id and a number.
        frame: its kind and wordings.
        matters: how much it matters to all outlets, a standard normal deviate.
        rank: where it stands in a report, about; 0 is the lead.
    """

    fact_id: str
    frame: dict[str, Any]
    matters: float
    rank: float

    @property
    def kind(self) -> str:
        """What the fact is about."""
        return str(self.frame["kind"])


@dataclass
class Told:
    """What one outlet prints of one fact, and how."""

    fact: Fact
    text: str
    state: str = "carried"
    change: str = ""
    label: str = ""
    voice: str = ""
    cue: str = ""


@dataclass
class Story:
    """A story: its topic's frames, what fills their slots, and its facts."""

    story_id: str
    topic: dict[str, Any]
    world: dict[str, Any]
    begins: datetime
    fillers: dict[str, str]
    facts: list[Fact] = field(default_factory=list)


def read_topics() -> dict[str, dict[str, Any]]:
    """Each topic's facts by its name, and as "world" what all stories share."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FRAMES.glob("*.toml"))}


def make_story(topics: dict[str, dict[str, Any]], name: str, number: int, seed: int) -> Story:
    """One story with its towns, persons, figures and facts."""
    # A generator of its own for each story, so that a new wording does not stir up the rest.
    rng = random.Random(f"{seed} {name} {number}")
    topic, world = topics[name], topics["world"]
    # No town has two stories of one topic.
    place = (number * 7 + list(topics).index(name) * 3) % len(world["towns"])
    fillers = fill(topic, world, rng) | {"town": world["towns"][place]}
    day = world["days"].index(fillers["day"])
    begins = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(weeks=2 * number, days=day)
    story = Story(f"{name}-{number:02}", topic, world, begins, fillers)
    lead, *others = topic["facts"]
    chosen = rng.sample(range(len(others)), rng.randint(*FACTS) - 1)
    frames = [lead, *(others[n] for n in sorted(chosen))]
    for n, frame in enumerate(frames, start=1):
        rank = 0.0 if n == 1 else 1 + rng.random() * 10
        story.facts.append(Fact(f"{story.story_id}-{n:02}", frame, rng.gauss(0, 1), rank))
    return story


def fill(topic: dict[str, Any], world: dict[str, Any], rng: random.Random) -> dict[str, str]:
    """What fills the slots of a topic's wordings, but for the town."""
    first, last = rng.sample(world["first_names"], 2), rng.sample(world["last_names"], 2)
    day = rng.randrange(7)
    fillers = {
        "day": world["days"][day],
        "endday": world["days"][(day + 3) % 7],
        "month": rng.choice(world["months"]),
        "chief": f"{first[0]} {last[0]}",
        "witness": f"{first[1]} {last[1]}",
        "trade": rng.choice(world["trades"]),
        **{slot: rng.choice(values) for slot, values in topic.get("names", {}).items()},
    }
    taken: set[int] = set()
    for slot, (low, high) in topic["numbers"].items():
        value = rng.choice([n for n in rounded(low, high) if n not in taken])
        taken.add(value)
        fillers[slot] = f"{value:,}"
    return fillers


def rounded(low: int, high: int) -> list[int]:
    """The figures that may stand between two bounds: the larger, the rounder."""
    step = 1 if high < 100 else 10 if high < 1000 else 100
    return list(range(-(-low // step) * step, high + 1, step))


def tell(story: Story, fact: Fact, follows: dict[str, bool], turn: int, wrong: float | None) -> Told:
    """One outlet's sentence on one fact.

    Args:
        story: what it is part of.
        fact: what is told.
        follows: of each habit, whether the sentence has it.
        turn: which of the wordings is taken.
        wrong: if the figure is wrong, a number from 0 to 1 that says which one stands there.
    """
    told, fillers = Told(fact, ""), dict(story.fillers)
    if wrong is not None and (slot := fact.frame.get("altered")):
        others = [f"{n:,}" for n in rounded(*story.topic["numbers"][slot])]
        others = [value for value in others if value not in story.fillers.values()]
        fillers[slot] = others[int(wrong * len(others))]
        told.state, told.change = "altered", "number"
    if fact.kind == "quote":
        return quote(story, told, fillers, follows, turn)
    wordings = fact.frame["wordings"]
    if "passive" in fact.frame:
        told.voice = "passive" if follows["passive"] else "active"
        wordings = fact.frame["passive"] if follows["passive"] else wordings
    wording = wordings[turn % len(wordings)]
    if follows["loose"] and told.voice != "passive":
        wording = fact.frame["loose"]
    if "{party}" in wording:
        told.label = fillers["party"] = story.topic["party"][follows["label"]]
    told.text = sentence(wording, fillers)
    return told


def quote(story: Story, told: Told, fillers: dict[str, str], follows: dict[str, bool], turn: int) -> Told:
    """A quotation, in full or trimmed, with the cue that the outlet prefers for its speaker."""
    frame, world = told.fact.frame, story.world
    told.cue = "claimed" if frame["speaker"] == "korrin" and follows["doubt"] else "said"
    told.change = "trimmed quote" if follows["trim"] else ""
    forms = world["quotations"]["trimmed" if follows["trim"] else "whole"]
    who = world["speakers"][frame["speaker"]]
    # The form and the name turn at different speeds, so that outlets with one form differ in the other.
    parts = {"quote": frame["quote"], "rest": frame["rest"], "who": who[turn // 2 % len(who)], "cue": told.cue}
    # A name without an apposition takes no comma.
    form = forms[turn % len(forms)].replace("{who},", "{who}," if "," in parts["who"] else "{who}")
    told.text = sentence(re.sub(r"\{(quote|rest|who|cue)\}", lambda slot: parts[slot[1]], form), fillers)
    return told


def sentence(wording: str, fillers: dict[str, str]) -> str:
    """A wording with its slots filled; it begins with a capital, and so does a quotation after a colon."""
    text = wording.format_map(fillers)
    return re.sub(r"(^“?|: “)([a-z])", lambda found: found[1] + found[2].upper(), text)
