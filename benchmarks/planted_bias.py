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
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from statistics import NormalDist
from typing import Any

from planted_stories import HABITS, Fact, Story, Told, make_story, read_topics, sentence, tell

FOLDER = Path(__file__).parents[1] / "datasets" / "planted-bias"
STORIES_OF_A_TOPIC = 10
SEED = 20261122

LIKENESS = 0.2  # correlation of the outlets' choices: some facts matter to all
DULL = "contract"  # the topic that one group covers less
COVERS, COVERS_DULL = 0.9, 0.4
COPIES = 0.15  # share of stories in which the two clients of the agency print its text
AGENCY = "Longwave"
ALTERS = 0.03  # how often an outlet that carries a figure gets it wrong
HABIT, SLIP = 0.85, 0.08  # how often an outlet follows a habit that is planted in it, and how often others do


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


@dataclass
class Corpus:
    """The rows of all files."""

    articles: list[dict[str, str]] = field(default_factory=list)
    truth: list[dict[str, str]] = field(default_factory=list)
    sentences: list[dict[str, str | int]] = field(default_factory=list)


def is_carried(fact: Fact, outlet: Outlet, rng: random.Random) -> bool:
    """Whether an outlet carries a fact: with its planted probability, and the likelier the more it matters to all."""
    if fact.kind == "lead":
        return True
    rate = outlet.quotations if fact.kind == "quote" else outlet.rate
    drawn = LIKENESS**0.5 * fact.matters + (1 - LIKENESS) ** 0.5 * rng.gauss(0, 1)
    return drawn < NormalDist().inv_cdf(rate)


def write_up(story: Story, outlet: Outlet, turns: dict[str, int], rng: random.Random) -> list[Told]:
    """What an outlet prints, in its order: the lead, and then about as the story has it."""
    told = []
    for fact in story.facts:
        if is_carried(fact, outlet, rng):
            follows = {habit: rng.random() < (HABIT if outlet.habit == habit else SLIP) for habit in HABITS}
            wrong, which = rng.random() < ALTERS, rng.random()
            told.append(tell(story, fact, follows, turns[fact.fact_id], which if wrong else None))
    return sorted(told, key=lambda one: one.fact.rank + (rng.random() * 4 if one.fact.rank else 0))


def take_turns(story: Story, rng: random.Random) -> dict[str, dict[str, int]]:
    """Return each outlet a number for each fact, by which its wording is chosen.

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
    published = story.begins + timedelta(minutes=random.Random(f"{SEED} {article_id}").randrange(14 * 60, 22 * 60))
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
    topics = read_topics()
    corpus = Corpus()
    for name in sorted(topics.keys() - {"world"}):
        for number in range(1, STORIES_OF_A_TOPIC + 1):
            publish(make_story(topics, name, number, SEED), corpus)
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
