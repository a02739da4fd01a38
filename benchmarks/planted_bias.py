"""Many stories at outlets whose habits are known: write the corpus in which an analysis must find them again.

    python benchmarks/planted_bias.py     writes the files in datasets/planted-bias but its datasheet

Stories are told from hand-written facts, `planted_bias/*.toml`, each with several wordings. `OUTLETS` says what is
planted. The same seed gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import tomllib
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from statistics import NormalDist
from typing import Any

FRAMES = Path(__file__).parent / "planted_bias"
FOLDER = Path(__file__).parents[1] / "datasets" / "planted-bias"
STORIES_OF_A_TOPIC = 10
FACTS = (9, 14)
SEED = 20261122

LIKENESS = 0.2  # correlation of the outlets' choices: some facts matter to all
DULL = "contract"  # the topic that one group covers less
COVERS, COVERS_DULL = 0.9, 0.4
COPIES = 0.15  # share of stories in which the two clients of the agency print its text
AGENCY = "Longwave"
ALTERS = 0.03  # how often an outlet that carries a figure gets it wrong
HABIT, SLIP = 0.85, 0.08  # how often an outlet follows a habit that is planted in it, and how often others do


HABITS = ("label", "passive", "doubt", "trim", "loose")


@dataclass(frozen=True)
class Outlet:
    """An outlet and what is planted in it.

    Attributes:
        name: of the outlet.
        leaning: its group.
        rate: probability that it carries a fact that is no quotation.
        quotations: that it carries a quotation.
        habit: what it does to what it carries: a name of `HABITS`, or nothing.
        agency: the agency whose copy it runs at times.
    """

    name: str
    leaning: str
    rate: float
    quotations: float
    habit: str = ""
    agency: str = ""


OUTLETS = (
    Outlet("Cormorant Gazette", "harbour", 0.86, 0.62, "doubt", agency=AGENCY),
    Outlet("Quayside Ledger", "harbour", 0.86, 0.62, "trim"),
    Outlet("Lantern Row Post", "harbour", 0.86, 0.62, agency=AGENCY),
    Outlet("Fellgate Herald", "hill", 0.75, 0.75, "label"),
    Outlet("Upmoor Mirror", "hill", 0.75, 0.75, "passive"),
    Outlet("Cairn Dispatch", "hill", 0.60, 0.60, "loose"),
)


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


@dataclass
class Corpus:
    """The rows of all files."""

    articles: list[dict[str, str]] = field(default_factory=list)
    truth: list[dict[str, str]] = field(default_factory=list)
    sentences: list[dict[str, str | int]] = field(default_factory=list)


def read_topics() -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What all stories share, and each topic's facts, by its name."""
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FRAMES.glob("*.toml"))}
    return files.pop("world"), files


def make_story(world: dict[str, Any], topics: dict[str, dict[str, Any]], name: str, number: int) -> Story:
    """One story with its towns, persons, figures and facts."""
    # A generator of its own for each story, so that a new wording does not stir up the rest.
    rng = random.Random(f"{SEED} {name} {number}")
    topic = topics[name]
    first, last = rng.sample(world["first_names"], 2), rng.sample(world["last_names"], 2)
    day = rng.randrange(7)
    # No town has two stories of one topic.
    place = (number * 7 + list(topics).index(name) * 3) % len(world["towns"])
    fillers = {
        "town": world["towns"][place],
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
    monday = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(weeks=len(topics) * number // 4, days=day)
    story = Story(f"{name}-{number:02}", topic, world, monday, fillers)
    lead, *others = topic["facts"]
    chosen = rng.sample(range(len(others)), rng.randint(*FACTS) - 1)
    frames = [lead, *(others[n] for n in sorted(chosen))]
    for n, frame in enumerate(frames, start=1):
        rank = 0.0 if n == 1 else 1 + rng.random() * 10
        story.facts.append(Fact(f"{story.story_id}-{n:02}", frame, rng.gauss(0, 1), rank))
    return story


def rounded(low: int, high: int) -> list[int]:
    """The figures that may stand between two bounds: the larger, the rounder."""
    step = 1 if high < 100 else 10 if high < 1000 else 100
    return list(range(-(-low // step) * step, high + 1, step))


def is_carried(fact: Fact, outlet: Outlet, rng: random.Random) -> bool:
    """Whether an outlet carries a fact: with its planted probability, and the likelier the more it matters to all."""
    if fact.kind == "lead":
        return True
    rate = outlet.quotations if fact.kind == "quote" else outlet.rate
    drawn = LIKENESS**0.5 * fact.matters + (1 - LIKENESS) ** 0.5 * rng.gauss(0, 1)
    return drawn < NormalDist().inv_cdf(rate)


def tell(story: Story, fact: Fact, outlet: Outlet, turn: int, rng: random.Random) -> Told:
    """One outlet's sentence on one fact; `turn` chooses among wordings."""
    told, fillers = Told(fact, ""), dict(story.fillers)
    follows = {habit: rng.random() < (HABIT if outlet.habit == habit else SLIP) for habit in HABITS}
    wrong, another = rng.random() < ALTERS, rng.random()
    if wrong and (slot := fact.frame.get("altered")):
        others = [f"{n:,}" for n in rounded(*story.topic["numbers"][slot])]
        others = [value for value in others if value not in story.fillers.values()]
        fillers[slot] = others[int(another * len(others))]
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


def write_up(story: Story, outlet: Outlet, turns: dict[str, int], rng: random.Random) -> list[Told]:
    """What an outlet prints, in its order: the lead, and then about as the story has it."""
    told = [
        tell(story, fact, outlet, turns[fact.fact_id], rng) for fact in story.facts if is_carried(fact, outlet, rng)
    ]
    return sorted(told, key=lambda one: one.fact.rank + (rng.random() * 4 if one.fact.rank else 0))


def take_turns(story: Story, rng: random.Random) -> dict[str, dict[str, int]]:
    """Give each outlet a number for each fact, by which its wording is chosen.

    Two outlets that by chance had one wording of most facts would be taken for clients of one agency. So of some
    draws that is kept in which those have one wording that had one seldom before.
    """
    names = [outlet.name for outlet in OUTLETS]
    turns: dict[str, dict[str, int]] = {name: {} for name in names}
    met = dict.fromkeys(combinations(range(len(names)), 2), 0)
    for fact in story.facts:
        wordings = len(fact.frame.get("wordings", story.world["quotations"]["whole"]))
        draws = [rng.sample(range(len(names)), len(names)) for _ in range(30)]
        meets = [[pair for pair in met if draw[pair[0]] % wordings == draw[pair[1]] % wordings] for draw in draws]
        best = min(range(len(draws)), key=lambda n: sum(met[pair] ** 2 for pair in meets[n]))
        for pair in meets[best]:
            met[pair] += 1
        for name, turn in zip(names, draws[best], strict=True):
            turns[name][fact.fact_id] = turn
    return turns


def covered_by(story: Story, rng: random.Random) -> list[Outlet]:
    """The outlets that have the story, one or more of each group."""
    while True:
        of_hill = COVERS_DULL if story.story_id.startswith(DULL) else COVERS
        covering = [outlet for outlet in OUTLETS if rng.random() < (of_hill if outlet.leaning == "hill" else COVERS)]
        if {outlet.leaning for outlet in covering} == {"harbour", "hill"}:
            return covering


def publish(story: Story, corpus: Corpus) -> None:
    """Have the outlets write on a story, and keep what each prints."""
    rng = random.Random(f"{SEED} {story.story_id} outlets")
    turns = take_turns(story, rng)
    covering = covered_by(story, rng)
    clients = [outlet for outlet in covering if outlet.agency]
    copy = None
    if len(clients) == 2 and rng.random() < COPIES:
        # The agency has no habits of its own and carries what its clients would.
        copy = write_up(story, replace(clients[0], habit=""), turns[clients[0].name], rng)
    dateline = f"{story.fillers['town'].upper()} ({AGENCY}) — "
    for outlet in covering:
        if copy and outlet.agency:
            keep(corpus, story, outlet, copy, dateline)
        else:
            keep(corpus, story, outlet, write_up(story, outlet, turns[outlet.name], rng), "")


def set_page(corpus: Corpus, article_id: str, told: list[Told], begins: str, rng: random.Random) -> str:
    """Put sentences into paragraphs, and keep where each stands."""
    text = begins
    for place, one in enumerate(told):
        speaks = "quote" in {one.fact.kind, told[place - 1].fact.kind}
        text += "" if not place else " " if place > 1 and not speaks and rng.random() < 0.5 else "\n\n"
        start, text = len(text), text + one.text
        corpus.sentences.append(
            {"article_id": article_id, "start": start, "end": len(text), "fact_id": one.fact.fact_id}
        )
    return text


def keep(corpus: Corpus, story: Story, outlet: Outlet, told: list[Told], begins: str) -> None:
    """Add an article, its sentences with their facts, and what became of every fact in it."""
    # Copies of one text have one page.
    rng = random.Random(f"{SEED} {story.story_id} {begins or outlet.name} page")
    article_id = f"{story.story_id}-{outlet.name.split()[0].lower()}"
    text = set_page(corpus, article_id, told, begins, rng)
    title = rng.choice(story.topic["titles"])
    published = story.begins + timedelta(hours=15 + OUTLETS.index(outlet), minutes=rng.randrange(60))
    corpus.articles.append(
        {
            "article_id": article_id,
            "story_id": story.story_id,
            "outlet": outlet.name,
            "title": sentence(title, {**story.fillers, "party": story.topic.get("party", [""])[0]}),
            "published": f"{published:%Y-%m-%dT%H:%M:%SZ}",
            "language": "en",
            "text": text,
        }
    )
    printed = {one.fact.fact_id: one for one in told}
    for fact in story.facts:
        one = printed.get(fact.fact_id, Told(fact, "", state="omitted"))
        corpus.truth.append(
            {
                "story_id": story.story_id,
                "fact_id": fact.fact_id,
                "outlet": outlet.name,
                "kind": fact.kind,
                "speaker": fact.frame.get("speaker", ""),
                "state": one.state,
                "change": one.change,
                "label": one.label,
                "voice": one.voice,
                "cue": one.cue,
            }
        )


def make_corpus() -> Corpus:
    """All stories at all outlets."""
    world, topics = read_topics()
    corpus = Corpus()
    for name in topics:
        for number in range(1, STORIES_OF_A_TOPIC + 1):
            publish(make_story(world, topics, name, number), corpus)
    return corpus


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """A file's bytes, as in RFC 4180."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def as_files(corpus: Corpus) -> dict[str, bytes]:
    """The bytes of every file of the data set, by its name."""
    lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in corpus.articles]
    return {
        "articles.jsonl": "".join(lines).encode(),
        "truth.csv": as_csv(corpus.truth),
        "sentences.csv": as_csv(corpus.sentences),
        "outlets.csv": as_csv([asdict(outlet) for outlet in OUTLETS]).replace(b"name", b"outlet", 1),
    }


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in as_files(make_corpus()).items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
