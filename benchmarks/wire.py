"""Wire copy of known kind: is it recognised, and is a cut from the middle told from a cut from the end?

    python benchmarks/wire.py [--stories 300] [--seed 20261122]

Each story is made of a wire text, copies of it that are cut and edited in known ways, and reports of
outlets' own that share quotations and one paragraph with it. Sentences come from the sample stories and
from `datasets/changed-meaning`, whose benign pairs are what a light edit makes of a sentence.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import compare
from compare.coverage.wire import wire_table
from compare.language.split import split_articles, split_text

DATA = Path(__file__).parents[1] / "datasets"
# The outlets in the sample stories that run the agency's text, and all the others.
AGENCY = {"ceasefire": "Brackwater Ledger", "harbour": "Saltmarsh Examiner"}
COPIES = {"Wexcombe Evening Post", "Hexley Morning Record", *AGENCY.values()}
PLACES = ("HOLMSTEAD", "PORT VELLAND", "ST. ORREN", "NEW BRACKLEY, Westmark", "KYIV, Ukraine")
CREDITS = ("(Longwave) —", "(Reuters) -", "(AP) —", "")
KINDS = ("full", "tail", "tail, edited", "edited", "added", "middle", "middle, edited", "both")
# What an editor changes without changing the meaning, beside what the pairs bring.
HOUSE_STYLE = (
    (r"\bU\.S\.", "US"), (r"\bpercent\b", "per cent"), (r"\bcease-fire\b", "ceasefire"), (r"\bcenter\b", "centre"),
    (r"\bharbor\b", "harbour"), (r"\b((?:Mon|Tues|Satur|Sun)day)\b", r"on \1"), (r" said\b", " has said"),
    (r"\babout (\d)", r"around \1"), (r"\bAbout (\d)", r"Some \1"), (r"\bpeople\b", "residents"), (r"\balso ", ""),
    (r"\bhowever, ", ""), (r", according to ([^,.]+)\.", r", \1 said."), (r"\ba crowd\b", "supporters"),
    (r", (?:who|which) [^,]+,", ""), (r"\bhave been\b", "were"), (r"\bhad been\b", "were"),
)  # fmt: skip
LOCAL = (
    "At {place} Town Hall, the news was discussed late into the evening by a handful of councillors.",
    "The {outlet} asked twelve shopkeepers on the high street, and nine of them had not heard about it.",
    "A {place} woman whose cousin lives nearby said she had been on the telephone since breakfast.",
    "“It feels a long way off until you know someone there,” said a bus driver from {place}.",
    "Readers can share their views with the {outlet} at the usual address until the end of the week.",
    "Pupils at the {place} grammar school have collected 340 crowns and two boxes of blankets so far.",
)
BACKGROUND = (
    "The ministry was set up after the reform of the northern provinces and has 4,200 staff in nine towns. "
    "Its budget has been frozen twice since then, and its headquarters were moved to the capital by decree."
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a wire text, and what a light edit makes of it."""

    text: str
    edited: str


def wilson(hits: int, of: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    if not of:
        return "   –"
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{share:.3f} [{max(middle - half, 0):.3f}, {middle + half:.3f}] of {of}"


def edit(text: str, rng: random.Random) -> str:
    """Change a sentence in one or two places of house style, if it has any."""
    for old, new in rng.sample(HOUSE_STYLE, len(HOUSE_STYLE)):
        changed = re.sub(old, new, text, count=1)
        if changed != text and rng.random() < 0.7:
            text = changed
    return text


class Maker:
    """Makes stories; everything in them follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        with (DATA / "changed-meaning" / "pairs.csv").open(encoding="utf-8", newline="") as file:
            pairs = [pair for pair in csv.DictReader(file) if pair["changed"] == "false"]
        self.frames: dict[str, list[Sentence]] = {}
        for pair in pairs:
            self.frames.setdefault(pair["frame"], []).append(Sentence(pair["left"], pair["right"]))
        self.reports = {
            name: [json.loads(line) for line in (DATA / name / "articles.jsonl").read_text("utf-8").splitlines()]
            for name in AGENCY
        }

    def wire(self, story: str) -> list[list[Sentence]]:
        """A wire text of 10 to 30 sentences in paragraphs of one to three: the sample's, with others among them."""
        text = next(r["text"] for r in self.reports[story] if r["outlet"] == AGENCY[story]).split("—", 1)[1]
        told = [Sentence(s, edit(s, self.rng)) for s in sentences_of(text)]
        told = told[: self.rng.randint(5, len(told))]
        for frame in self.rng.sample(sorted(self.frames), self.rng.randint(5, 12)):
            told.insert(self.rng.randint(1, len(told)), self.rng.choice(self.frames[frame]))
        paragraphs = []
        while told:
            size = self.rng.choice((1, 1, 2, 2, 3))
            paragraphs.append(told[:size])
            told = told[size:]
        return paragraphs

    def copy(self, wire: list[list[Sentence]], kind: str, outlet: str) -> tuple[list[list[str]], int]:
        """A copy of a kind, as paragraphs, and how many sentences are gone from before its end."""
        kept, gone = [list(paragraph) for paragraph in wire], 0
        if kind.startswith("tail") or kind == "both":
            kept = kept[: self.rng.randint(max(3, len(kept) // 3), len(kept) - 1)]
        if kind.startswith("middle") or kind == "both":
            at = sorted(self.rng.sample(range(1, len(kept) - 1), min(self.rng.choice((1, 1, 2, 2, 3)), len(kept) - 2)))
            gone = sum(len(kept[place]) for place in at)
            kept = [paragraph for place, paragraph in enumerate(kept) if place not in at]
        change = kind == "added" or "edited" in kind
        share = self.rng.uniform(0.3, 1.0) if change else 0.0
        texts = [[s.edited if self.rng.random() < share else s.text for s in paragraph] for paragraph in kept]
        if change:
            texts = self.resplit(texts)
        if kind == "added":
            for line in self.rng.sample(LOCAL, self.rng.randint(1, 4)):
                local = line.format(place=outlet.split(maxsplit=1)[0], outlet=outlet)
                texts.insert(self.rng.randint(1, len(texts)), [local])
        return texts, gone

    def resplit(self, paragraphs: list[list[str]]) -> list[list[str]]:
        """Join two sentences or break a paragraph here and there, as editors do."""
        result = []
        for paragraph in paragraphs:
            if len(paragraph) > 1 and self.rng.random() < 0.15 and not re.search('["“”]', "".join(paragraph[:2])):
                result.append([f"{paragraph[0].rstrip('.')}; {paragraph[1]}", *paragraph[2:]])
            else:
                result += [[s] for s in paragraph] if self.rng.random() < 0.3 else [paragraph]
        return result

    def own(self, report: dict[str, str], wire: list[list[Sentence]]) -> list[list[str]]:
        """An outlet's own report on it that has the wire's quotations and one common paragraph."""
        paragraphs = [sentences_of(part) for part in report["text"].split("\n\n")]
        paragraphs = paragraphs[: self.rng.randint(6, len(paragraphs))]
        quotes = [found[0] for part in wire for s in part if (found := re.search('["“][^"“”]{25,}["”]', s.text))]
        for quote in quotes[:4]:
            cue = self.rng.choice(("she told our reporter", "the speaker said to applause", "they told this newspaper"))
            paragraphs.insert(self.rng.randint(1, len(paragraphs)), [f"{quote} {cue}."])
        if self.rng.random() < 0.5:
            paragraphs.insert(self.rng.randint(1, len(paragraphs)), [BACKGROUND])
        return paragraphs

    def story(self, kinds: tuple[str, ...], *, names: bool = True) -> tuple[pd.DataFrame, list[tuple[str, int]]]:
        """Articles, and for each what it is; without `names`, no agency and no time says who was first."""
        about = self.rng.choice(sorted(AGENCY))
        wire = self.wire(about)
        dateline = f"{self.rng.choice(PLACES)} {self.rng.choice(CREDITS)} ".replace("  ", " — ")
        made = [("source", [[s.text for s in part] for part in wire], 0)]
        for number, kind in enumerate(kinds):
            made.append((kind, *self.copy(wire, kind, f"Town{number} Post")))
        reports = [report for report in self.reports[about] if report["outlet"] not in COPIES]
        made += [("own", self.own(report, wire), 0) for report in self.rng.sample(reports, 3)]
        rows = []
        for number, (kind, paragraphs, _) in enumerate(made):
            text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
            first = names and kind != "own" and (kind == "source" or self.rng.random() < 0.7)
            hour = 6 if kind == "source" else self.rng.randint(7, 20)
            rows.append(
                {
                    "article_id": f"a{number}",
                    "story_id": about,
                    "outlet": f"Town{number} Post",
                    "published": f"2026-03-03T{hour:02}:00:00Z" if names else None,
                    "text": (dateline if first else "") + text,
                }
            )
        return pd.DataFrame(rows).sample(frac=1, random_state=self.rng.randrange(2**31)), [
            (kind, gone) for kind, _, gone in made
        ]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in split_text(text)]


def measure(stories: int, seed: int, *, copies: int = 3, names: bool = True) -> pd.DataFrame:
    """Make stories and put what is found beside what is known: a row per article."""
    maker, parts = Maker(seed), []
    for number in range(stories):
        kinds = tuple(maker.rng.choice(KINDS) for _ in range(copies))
        articles, truth = maker.story(kinds, names=names)
        articles = compare.read_articles(articles)
        found = wire_table(articles, split_articles(articles)).set_index("article_id")
        found = found.loc[[f"a{at}" for at in range(len(truth))]].reset_index()
        parts.append(found.assign(kind=[k for k, _ in truth], gone=[g for _, g in truth], story=number))
    return pd.concat(parts, ignore_index=True)


def print_figures(found: pd.DataFrame) -> None:
    """Print recognition and flags, each with its interval."""
    copied = found["wire"] != "own"
    own = found["kind"] == "own"
    light = found["kind"].isin(["edited", "added", "tail, edited"])
    print(f"light edits: recall     {wilson(int(copied[light].sum()), int(light.sum()))}")
    print(f"light edits: precision  {wilson(int(copied[light].sum()), int(copied[light | own].sum()))}")
    print(f"all copies: recall      {wilson(int(copied[~own].sum()), int((~own).sum()))}")
    print(f"own, taken for copies   {wilson(int(copied[own].sum()), int(own.sum()))}")
    print(f"fullest copy found      {wilson(*fullest(found))}")
    selective = found["cut"].isin(["middle", "both"])
    for kind in ("source", *KINDS):
        here = found["kind"] == kind
        print(f"flagged, {kind:15}{wilson(int(selective[here].sum()), int(here.sum()))}")
    for low, high in ((1, 1), (2, 2), (3, 99)):
        here = (found["gone"] >= low) & (found["gone"] <= high)
        many = f"{low}{'+' if high > low else ''} sentences gone"
        print(f"  {many:22}{wilson(int(selective[here].sum()), int(here.sum()))}")
    unedited = found["kind"].isin(["full", "tail", "middle", "both"])
    edited = found["wire"] == "wire, edited"
    print(f"edited, called edited   {wilson(int(edited[light].sum()), int(light.sum()))}")
    print(f"unedited, called edited {wilson(int(edited[unedited].sum()), int(unedited.sum()))}")
    slips = found[found["kind"].isin(["edited", "added"])]
    print(f"sentences missing in a copy from which none was cut: {slips['cut_sentences'].mean():.3f} a copy")


def fullest(found: pd.DataFrame) -> tuple[int, int]:
    """Copies whose fullest copy is the wire text or one as full, and copies."""
    there = found[(found["wire"] != "own") & (found["kind"] != "own")]
    full = {(row.story, row.article_id) for row in found.itertuples() if row.kind in ("source", "full")}
    return sum((row.story, row.source_article_id) in full for row in there.itertuples()), len(there)


def replaced(share: float, copies: int, seed: int) -> tuple[int, int, int]:
    """Copies of the samples' agency texts with a share of their words exchanged for others at random.

    Gives how many are recognised, how many of their sentences count as missing, and all their sentences.
    """
    maker, recognised, missing, sentences = Maker(seed), 0, 0, 0
    for _ in range(copies):
        about = maker.rng.choice(sorted(AGENCY))
        rows = [row for row in maker.reports[about] if row["outlet"] not in COPIES]
        source = next(row for row in maker.reports[about] if row["outlet"] == AGENCY[about])
        others = " ".join(row["text"] for row in rows).split()
        words = re.split(r"(\s+)", source["text"])
        text = "".join(
            maker.rng.choice(others) if word[-1:].isalpha() and maker.rng.random() < share else word for word in words
        )
        copy = source | {"outlet": "Copy", "article_id": "copy", "published": "2026-03-03T20:00:00Z", "text": text}
        articles = compare.read_articles([*rows, source, copy])
        split = split_articles(articles)
        found = wire_table(articles, split).set_index("article_id").loc["copy"]
        recognised += found["wire"] != "own"
        if found["wire"] != "own":
            missing += found["cut_sentences"]
            sentences += int((split["article_id"] == source["article_id"]).sum())
    return recognised, missing, sentences


def speed(outlets: int, sentences: int = 40) -> float:
    """Seconds for a story of light-edited copies."""
    maker = Maker(1)
    frames = maker.rng.sample(sorted(maker.frames), sentences)
    wire = [[maker.rng.choice(maker.frames[frame])] for frame in frames]
    rows = []
    for number in range(outlets):
        text = "\n\n".join(" ".join(p) for p in maker.copy(wire, "edited", "Post")[0])
        rows.append({"outlet": f"Post {number}", "story_id": "s", "text": text})
    articles = compare.read_articles(rows)
    split = split_articles(articles)
    start = time.perf_counter()
    wire_table(articles, split)
    return time.perf_counter() - start


def main() -> None:
    """Make stories and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261122)
    arguments = parser.parse_args()
    for title, options in (
        ("four copies, agencies and times known", {}),
        ("two copies", {"copies": 1}),
        ("two copies, neither agency nor time", {"copies": 1, "names": False}),
    ):
        print(f"\n{title}")
        print_figures(measure(arguments.stories, arguments.seed, **options))
    print()
    for share in (0.05, 0.1, 0.15, 0.2, 0.25):
        hits, missing, sentences = replaced(share, 200, arguments.seed)
        print(f"{share:.2f} of words replaced: recognised {wilson(hits, 200)}; missing {wilson(missing, sentences)}")
    print()
    for outlets in (10, 300):
        print(f"{outlets} copies of 40 sentences: {speed(outlets):.3f} s")


if __name__ == "__main__":
    main()
