"""What the reader is trained and measured on: (premise, claim, answer) examples, premises cut as the toolkit cuts them.

`train_reader.py` calls `make_examples`; the labelled sets are not part of the project, their folder is an argument.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from compare.language.split import split_text
from compare.matching.evidence import find_evidence
from compare.matching.model import carried_probability, long_share
from compare.matching.reader import as_shown

ROOT = Path(__file__).parents[1]
OWN = ROOT / "datasets" / "claims-in-news"
# Answers, as shares of (carried, changed, not carried). Where a label says only "not carried as it stands", either of
# the last two is right: `EITHER`.
CARRIED, CHANGED, ABSENT = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
PARTIAL = (0.6, 0.0, 0.4)
EITHER = (0.0, -1.0, -1.0)
# Sets whose licence asks to share alike are used only on request; `RESULTS.md` says what they would gain.
SHARE_ALIKE = ("fever", "falke")
_SAME_SENTENCE = 97.0  # rapidfuzz ratio: only spelling or spacing differs


HELD_OUT = {"realsumm": 0.3, "claims-in-news": 0.15}  # share of the groups that is never trained on
HELD_OUT_ELSEWHERE = 0.08
TEST = "TEST"  # kind of the stories that are only ever reported on


@dataclass(frozen=True)
class Example:
    """One question to the reader, its answer, what the lexical model says, and how much of a long claim it has."""

    source: str
    group: str
    premise: str
    claim: str
    answer: tuple[float, float, float]
    kind: str = ""
    label: str = ""
    lexical: float = 0.0
    long: float = 0.0


def held_out(group: str, share: float) -> bool:
    """Whether a group is kept apart, by a hash of its name."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < share


def is_held_out(example: Example) -> bool:
    """Whether an example is never trained on."""
    return example.kind == TEST or held_out(example.group, HELD_OUT.get(example.source, HELD_OUT_ELSEWHERE))


def read_lines(path: Path) -> list[dict]:
    """The objects of a JSON Lines file, gzipped or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode("utf-8").splitlines()]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[a:b] for a, b in split_text(text)]


def cut(document: str, claims: list[str]) -> list[tuple[str, dict[str, float]]]:
    """For each claim the passage of a document that the reader is shown, and what an `Example` has of the cell."""
    sentences = sentences_of(document)
    if not sentences:
        return [("", {}) for _ in claims]
    found = find_evidence(claims, sentences, np.zeros(len(sentences), dtype=np.int64))
    shown = found.shown(np.arange(len(claims)), sentences)
    signs = zip(carried_probability(found.features), long_share(found.features), strict=True)
    return [
        (as_shown(rows, sentences), {"lexical": float(lexical), "long": float(long)})
        for rows, (lexical, long) in zip(shown, signs, strict=True)
    ]


def labelled(folder: Path, names: list[str] | None = None) -> list[Example]:
    """The sets of `train/`: sentence pairs as they are, documents cut, summaries sentence by sentence."""
    made: list[Example] = []
    for path in sorted(folder.glob("*/pairs.jsonl.gz")):
        name = path.parent.name
        if names is not None and name not in names:
            continue
        by_document: dict[tuple[str, str], list[dict]] = {}
        for row in read_lines(path):
            by_document.setdefault((row["group"], row["premise"]), []).append(row)
        several = name.startswith(("summedits", "bump"))
        for (group, document), rows in by_document.items():
            asked = (
                summary_sentences(rows)
                if several
                else [(row["claim"], answer_of(name, row), row["kind"]) for row in rows]
            )
            if not asked:
                continue
            cuts = cut(document, [claim for claim, _, _ in asked])
            made += [
                Example(name, f"{name}:{group}", premise, claim, answer, kind, **signs)
                for (claim, answer, kind), (premise, signs) in zip(asked, cuts, strict=True)
            ]
    return made


def answer_of(name: str, row: dict) -> tuple[float, float, float]:
    """The answer that a row's label and kind stand for."""
    if row["label"] == 1:
        return CARRIED
    if name == "factcheck_gpt":
        return CHANGED if row["kind"] == "refute" else ABSENT
    return EITHER


def summary_sentences(rows: list[dict]) -> list[tuple[str, tuple[float, float, float], str]]:
    """Sentences of summaries whose answer is sure: those of right ones, and the one in which a changed one differs."""
    right = list(dict.fromkeys(s for row in rows if row["label"] == 1 for s in sentences_of(row["claim"])))
    asked = {sentence: (sentence, CARRIED, "kept") for sentence in right}
    for row in rows:
        if row["label"] == 1:
            continue
        own = sentences_of(row["claim"])
        other = [s for s in own if not right or process.cdist([s], right, scorer=fuzz.ratio).max() < _SAME_SENTENCE]
        if len(other) == 1 or len(own) == 1:
            asked.setdefault(other[0] if other else own[0], ((other or own)[0], CHANGED, row["kind"]))
    return list(asked.values())


def realsumm(folder: Path) -> list[Example]:
    """Atomic claims against short texts; the answer is the share of coders who find the claim there."""
    texts = {row["article_id"]: row["text"] for row in read_lines(folder / "articles.jsonl")}
    by_text: dict[str, list[dict]] = {}
    for row in read_lines(folder / "claims.jsonl"):
        by_text.setdefault(row["article_id"], []).append(row)
    made = []
    for name, rows in by_text.items():
        for row, (premise, signs) in zip(rows, cut(texts[name], [row["claim"] for row in rows]), strict=True):
            share = float(np.mean([vote == "p" for vote in row["votes"]]))
            made.append(
                Example(
                    "realsumm",
                    f"realsumm:{row['story_id']}",
                    premise,
                    row["claim"],
                    (share, 0.0, 1 - share),
                    label=str(row["label"]),
                    **signs,
                )
            )
    return made


def claims_in_news(folder: Path) -> list[Example]:
    """The project's own stories: full, partial, altered and absent cells."""
    articles: dict[str, dict] = {row["article_id"]: row for row in read_lines(folder / "articles.jsonl")}
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        wording = {row["claim_id"]: row["claim"] for row in csv.DictReader(file)}
    with (folder / "coverage.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = {"full": CARRIED, "partial": PARTIAL, "altered": CHANGED, "absent": ABSENT}
    made = []
    for name, article in articles.items():
        here = [row for row in rows if row["article_id"] == name]
        for row, (premise, signs) in zip(
            here, cut(article["text"], [wording[row["claim_id"]] for row in here]), strict=True
        ):
            made.append(
                Example(
                    "claims-in-news",
                    f"cin:{article['story_id']}",
                    premise,
                    wording[row["claim_id"]],
                    answers[row["state"]],
                    row["changes"],
                    row["state"],
                    **signs,
                )
            )
    return made


def passages_asked(folder: Path) -> list[tuple[str, list[dict]]]:
    """The project's own passages, each with claims that it carries, twists, lacks or holds in part.

    Two claims of each, one that it carries and one that it twists, are also put to the next passage by the same hand,
    which carries neither: how a claim is worded shall not tell the answer.
    """
    by_passage: dict[tuple[str, str, str], list[dict]] = {}
    with (folder / "passages.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_passage.setdefault((row["passage"], row["hand"], row["split"]), []).append(row)
    last: dict[tuple[str, str], list[dict]] = {}
    made = []
    for (passage, hand, split), rows in by_passage.items():
        strange = [{**row, "state": "absent", "changes": ""} for row in last.get((hand, split), [])]
        made.append((passage, rows + strange))
        first = {row["state"]: row for row in rows[::-1]}
        last[hand, split] = [first[state] for state in ("full", "altered") if state in first]
    return made


def sentence_groups(folder: Path) -> list[Example]:
    """The project's own passages as examples."""
    answers = {"full": CARRIED, "partial": PARTIAL, "altered": CHANGED, "absent": ABSENT}
    made = []
    for passage, asked in passages_asked(folder):
        for row, (premise, signs) in zip(asked, cut(passage, [row["claim"] for row in asked]), strict=True):
            answer, kind, group = answers[row["state"]], row["changes"], f"passages:{asked[0]['group_id']}"
            made.append(Example("passages", group, premise, row["claim"], answer, kind, row["state"], **signs))
    return made


def changed_meaning() -> list[Example]:
    """The `dev` pairs of `datasets/changed-meaning`, both ways round."""
    made = []
    with (ROOT / "datasets" / "changed-meaning" / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "dev"]
    for row in rows:
        answer = CHANGED if row["changed"] == "true" else CARRIED
        for a, b in ((row["left"], row["right"]), (row["right"], row["left"])):
            # What one of the two trims is carried one way round only.
            if answer is CARRIED and "trimmed asides" in (row["kind"], *row["also"].split("; ")) and len(b) > len(a):
                continue
            premise, signs = cut(a, [b])[0]
            made.append(
                Example("changed-meaning", f"changed-meaning:{row['frame']}", premise, b, answer, row["kind"], **signs)
            )
    return made


def kept_for_testing(folder: Path) -> set[str]:
    """The groups of the project's own that are only ever reported on."""
    kept = set()
    for name, column, prefix in (("stories.csv", "story_id", "cin"), ("passages.csv", "group_id", "passages")):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            kept |= {f"{prefix}:{row[column]}" for row in csv.DictReader(file) if row["split"] == "test"}
    return kept


def own_examples(folder: Path) -> list[Example]:
    """The project's stories and passages; of those kept for testing, the kind is `TEST`."""
    kept = kept_for_testing(folder)
    made = claims_in_news(folder) + sentence_groups(folder)
    return [replace(example, kind=TEST) if example.group in kept else example for example in made]


# The same sets as `train_late.py` asks them: whole articles and whether they carry a claim, changed or not.
TARGET = {"full": 1.0, "altered": 1.0, "partial": 0.8, "absent": 0.0}
PAIRS = ("mnli", "factcheck_gpt")
DOUBT = 0.05  # what is not entailed may still be carried, changed


@dataclass(frozen=True)
class Asked:
    """Articles as sentences, claims, and of (claim, article) cells how much is carried."""

    source: str
    group: str
    articles: tuple[tuple[str, ...], ...]
    claims: tuple[str, ...]
    cells: tuple[tuple[int, int, float], ...]
    clear: tuple[bool, ...] = ()  # the cells that are measured


def _asked(name: tuple[str, str], text: str, claims: list[str], targets: list[float], clear: list[bool]) -> Asked:
    """All claims put to one article, by the names of the source and the group."""
    sentences = tuple(sentences_of(text))
    cells = tuple((row, 0, target) for row, target in enumerate(targets))
    return Asked(*name, (sentences,), tuple(claims), cells, tuple(clear))


def _asked_states(source: str, group: str, text: str, rows: list[dict]) -> Asked:
    """Claims whose state is known."""
    states = [row["state"] for row in rows]
    clear = [state in ("full", "absent") for state in states]
    return _asked((source, group), text, [row["claim"] for row in rows], [TARGET[state] for state in states], clear)


def asked_own(folder: Path) -> list[Asked]:
    """The project's stories and passages."""
    made = []
    articles = read_lines(folder / "articles.jsonl")
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        wording = {row["claim_id"]: row["claim"] for row in csv.DictReader(file)}
    with (folder / "coverage.csv").open(encoding="utf-8", newline="") as file:
        cells = defaultdict(list)
        for row in csv.DictReader(file):
            cells[row["article_id"]].append({**row, "claim": wording[row["claim_id"]]})
    made += [_asked_states("stories", f"cin:{a['story_id']}", a["text"], cells[a["article_id"]]) for a in articles]
    made += [
        _asked_states("passages", f"passages:{rows[0]['group_id']}", passage, rows)
        for passage, rows in passages_asked(folder)
    ]
    return made


def asked_realsumm(folder: Path) -> list[Asked]:
    """Stories of REALSumm: all claims against all texts; the target is the share of coders."""
    texts = {row["article_id"]: row["text"] for row in read_lines(folder / "articles.jsonl")}
    by_story = defaultdict(list)
    for row in read_lines(folder / "claims.jsonl"):
        by_story[row["story_id"]].append(row)
    made = []
    for story, rows in by_story.items():
        articles, claims = (list(dict.fromkeys(row[name] for row in rows)) for name in ("article_id", "claim"))
        sentences = tuple(tuple(sentences_of(texts[name])) for name in articles)
        cells = tuple(
            (
                claims.index(row["claim"]),
                articles.index(row["article_id"]),
                float(np.mean([vote == "p" for vote in row["votes"]])),
            )
            for row in rows
        )
        clear = tuple(target in (0.0, 1.0) for _, _, target in cells)
        made.append(Asked("realsumm", f"realsumm:{story}", sentences, tuple(claims), cells, clear))
    return made


def asked_pairs(folder: Path, name: str) -> list[Asked]:
    """Sentence pairs: what is refuted may be carried, changed, and is left out."""
    return [
        _asked(
            (name, f"{name}:{row['group']}"), row["premise"], [row["claim"]], [1.0 if row["label"] else DOUBT], [True]
        )
        for row in read_lines(folder / name / "pairs.jsonl.gz")
        if row["kind"] != "refute" and row["premise"].strip()
    ]


def asked_same() -> list[Asked]:
    """The `dev` pairs of `datasets/changed-meaning` that say the same."""
    with (ROOT / "datasets" / "changed-meaning" / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return [
            _asked(("same", f"changed-meaning:{row['frame']}"), row["left"], [row["right"]], [1.0], [False])
            for row in csv.DictReader(file)
            if row["split"] == "dev" and row["changed"] != "true"
        ]


def asked_examples(folder: Path) -> tuple[list[Asked], list[Asked]]:
    """What is trained on, and what is kept apart; of the test stories neither."""
    kept = kept_for_testing(OWN)
    made = asked_own(OWN) + asked_realsumm(folder / "realsumm") + asked_same()
    made += [example for name in PAIRS for example in asked_pairs(folder / "train", name)]
    made = [example for example in made if example.group not in kept and all(example.articles)]
    share = {**HELD_OUT, "stories": HELD_OUT["claims-in-news"]}
    held = [held_out(x.group, share.get(x.source, HELD_OUT_ELSEWHERE)) for x in made]
    return [x for x, out in zip(made, held, strict=True) if not out], [
        x for x, out in zip(made, held, strict=True) if out
    ]
