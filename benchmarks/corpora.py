"""Make a corpus of any size, and the truth of it: which outlet carries, alters or leaves out which fact of which story.

    python benchmarks/corpora.py 1000 -o corpus.jsonl            1,000 stories; the truth goes to corpus.truth.jsonl
    python benchmarks/corpora.py 100000 -o shards --format parquet     the truth goes to the folder shards.truth

A story is told from the facts of `planted_bias/*.toml`, several topics to a story, with names and figures of its own;
everybody and everything in it is invented. An outlet has habits: a rate of carrying a fact, of getting its figure
wrong, of telling it in words of its own, and of running the agency's text instead, which it may cut at the end. Every
fact has three wordings or more, and the truth states it in one that no outlet prints. Stories are made one after
another, and none depends on how many there are: the same seed gives the same bytes, and memory does not grow.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING

from growth import invented
from planted_stories import HABITS, Fact, Story, Told, fill, read_topics, tell
from tqdm import tqdm

if TYPE_CHECKING:
    from collections.abc import Iterator

CARRIES = 0.75  # of a story's facts an outlet carries so many on average
LIKENESS = 0.5  # of what decides whether a fact is carried, the part that all outlets share
STORIES_A_DAY = 100
STORIES_OF_A_SHARD = 1000
BEGINS = datetime(2030, 1, 1, tzinfo=UTC)
PAPERS = ("Gazette", "Ledger", "Herald", "Courier", "Dispatch", "Mirror", "Post", "Echo")


@dataclass(frozen=True)
class Outlet:
    """An outlet and its habits: how often it does what.

    Attributes:
        name: of the outlet.
        carries: a fact of a story that it writes up itself.
        alters: the figure of a fact that it carries.
        loose: tells a fact in words that it shares with nobody.
        copies: runs the agency's text instead of one of its own.
    """

    name: str
    carries: float
    alters: float = 0.0
    loose: float = 0.0
    copies: float = 0.0


@dataclass(frozen=True)
class Made:
    """A story: its articles, and a row of truth for every fact at every outlet."""

    articles: list[dict[str, str]]
    truth: list[dict[str, str]]


topics_of = cache(read_topics)


@cache
def words() -> tuple[str, ...]:
    """Return the names of all towns, outlets and people."""
    return tuple(word.title() for word in invented(20_000))


def outlets(number: int, seed: int = 1) -> list[Outlet]:
    """Return so many outlets with habits of their own; the first ones are the same whatever their number."""
    found = []
    for n in range(number):
        rng = random.Random(f"{seed} outlet {n}")
        name = f"{words()[n % len(words())]} {PAPERS[n % len(PAPERS)]}"
        habits = rng.uniform(CARRIES - 0.15, CARRIES + 0.15), rng.uniform(0, 0.1), rng.uniform(0, 0.4)
        found.append(Outlet(name, *habits, copies=rng.choice((0.0, 0.1, 0.3))))
    return found


AGENCY = Outlet("Longwave", CARRIES)


def stories(number: int, of: int = 10, sentences: int = 30, seed: int = 1) -> Iterator[Made]:
    """Yield so many stories, each by so many outlets in articles of about so many sentences."""
    telling = outlets(of, seed)
    return (make(n, telling, sentences, seed) for n in range(number))


def make(number: int, telling: list[Outlet], sentences: int, seed: int) -> Made:
    """Return one story as these outlets tell it."""
    rng = random.Random(f"{seed} story {number}")
    strands = facts_of(number, round(sentences / CARRIES), rng)
    day = BEGINS + timedelta(days=number // STORIES_A_DAY)
    made = Made([], [])
    facts = [(fact, tell(story, fact, dict.fromkeys(HABITS, False), 0, None).text) for story, fact in strands]
    wire = write_up(strands, AGENCY, rng)
    for n, outlet in enumerate(telling):
        copied = rng.random() < outlet.copies
        told = wire[: rng.randint(len(wire) * 2 // 3, len(wire))] if copied else write_up(strands, outlet, rng)
        made.articles.append(
            {
                "article_id": f"s{number}-{n}",
                "story_id": f"s{number}",
                "outlet": outlet.name,
                "title": headline(strands[0][0], rng),
                "published": f"{day + timedelta(minutes=rng.randrange(24 * 60)):%Y-%m-%dT%H:%M:%SZ}",
                "language": "en",
                "text": (f"({AGENCY.name}) " if copied else "") + page(told, rng),
            }
        )
        state = {one.fact.fact_id: one.state for one in told}
        made.truth.extend(
            {
                "story_id": f"s{number}",
                "fact_id": fact.fact_id,
                "claim": claim,
                "article_id": f"s{number}-{n}",
                "outlet": outlet.name,
                "state": state.get(fact.fact_id, "omitted"),
                "copy_of": AGENCY.name if copied else "",
            }
            for fact, claim in facts
        )
    return made


def facts_of(number: int, wanted: int, rng: random.Random) -> list[tuple[Story, Fact]]:
    """Return so many facts, the lead first, each with the story that fills its slots.

    A topic has 15 to 18 facts. Where more are wanted, other topics join it, and the same ones elsewhere in the end.
    """
    topics = topics_of()
    world, names = topics["world"], sorted(topics.keys() - {"world"})
    town, *people = rng.sample(words(), 2)
    shared = {
        "town": town,
        "witness": f"{rng.choice(world['first_names'])} {people[0]}",
        "trade": rng.choice(world["trades"]),
    }
    found: list[tuple[Story, Fact]] = []
    order = rng.sample(names, len(names))
    for strand in count():
        if len(found) >= wanted:
            break
        topic = topics[order[strand % len(order)]]
        fillers = fill(topic, world, rng) | shared
        fillers["chief"] = f"{rng.choice(world['first_names'])} {rng.choice(words())}"
        if strand >= len(order):
            fillers["town"] = rng.choice(words())
        story = Story(f"s{number}", topic, world, BEGINS, fillers)
        for frame in topic["facts"]:
            rank = 0.0 if not found else 1 + rng.random() * 10
            found.append((story, Fact(f"s{number}-f{len(found)}", frame, rng.gauss(0, 1), rank)))
    lead, *others = found
    return [lead, *sorted(rng.sample(others, wanted - 1), key=lambda one: one[1].rank)]


def write_up(strands: list[tuple[Story, Fact]], outlet: Outlet, rng: random.Random) -> list[Told]:
    """Return what an outlet prints: the lead, and of the other facts those that it carries."""
    told = []
    for story, fact in strands:
        if fact.rank and not carried(fact, outlet, rng):
            continue
        follows = dict.fromkeys(HABITS, False) | {"loose": "loose" in fact.frame and rng.random() < outlet.loose}
        # The first wording is the truth's own.
        forms = fact.frame["wordings"] if "wordings" in fact.frame else story.world["quotations"]["whole"]
        wrong = rng.random() if rng.random() < outlet.alters else None
        told.append(tell(story, fact, follows, rng.randrange(1, len(forms)), wrong))
    return sorted(told, key=lambda one: one.fact.rank and one.fact.rank + rng.random() * 4)


def carried(fact: Fact, outlet: Outlet, rng: random.Random) -> bool:
    """Return whether an outlet carries a fact: at its rate, and the likelier the more the fact matters to all."""
    drawn = LIKENESS**0.5 * fact.matters + (1 - LIKENESS) ** 0.5 * rng.gauss(0, 1)
    return drawn < NormalDist().inv_cdf(outlet.carries)


def headline(story: Story, rng: random.Random) -> str:
    """Return a headline of the story's first topic."""
    title = rng.choice(story.topic["titles"]).format_map(story.fillers | {"party": story.topic["party"][0]})
    return str(title[:1].upper() + title[1:])


def page(told: list[Told], rng: random.Random) -> str:
    """Return an article's text in paragraphs of one to three sentences."""
    text = told[0].text
    for one in told[1:]:
        text += (" " if rng.random() < 0.5 else "\n\n") + one.text
    return text


def write_lines(made: Iterator[Made], path: Path) -> None:
    """Write articles to a file of JSON Lines, and the truth to one beside it."""
    with path.open("w", encoding="utf-8") as articles, path.with_suffix(".truth.jsonl").open("w") as truth:
        for story in made:
            articles.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in story.articles)
            truth.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in story.truth)


def write_shards(made: Iterator[Made], folder: Path) -> None:
    """Write articles to a folder of Parquet files, none of which parts a story, and the truth to one beside it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    truths = folder.with_name(folder.name + ".truth")
    for one in (folder, truths):
        one.mkdir(parents=True)
    number = 0
    while some := list(islice(made, STORIES_OF_A_SHARD)):
        name = f"part-{number:05}.parquet"
        pq.write_table(pa.Table.from_pylist([row for one in some for row in one.articles]), folder / name)
        pq.write_table(pa.Table.from_pylist([row for one in some for row in one.truth]), truths / name)
        number += 1


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("stories", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--format", choices=("jsonl", "parquet"), default="jsonl")
    parser.add_argument("--outlets", type=int, default=10, help="that tell each story")
    parser.add_argument("--sentences", type=int, default=30, help="of an article, about")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = stories(options.stories, options.outlets, options.sentences, options.seed)
    write = write_lines if options.format == "jsonl" else write_shards
    write(tqdm(made, total=options.stories, unit="stories"), options.output)


if __name__ == "__main__":
    main()
