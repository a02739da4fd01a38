"""Two sentences that match nearly word for word may differ in meaning: make such pairs, and score the toolkit on them.

    python benchmarks/changed_meaning.py make             writes datasets/changed-meaning/pairs.csv
    python benchmarks/changed_meaning.py score [FILE]     how many changes are overlooked, how many seen where none is

The pairs are read off hand-written sentence frames, `changed_meaning/dev/*.toml` and `changed_meaning/test/*.toml`;
`changed_meaning/README.md` says how a frame is written. Whoever improves the toolkit looks at `dev` only.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import random
import re
import tomllib
from pathlib import Path

from sentence_frames import BENIGN, CHANGED, Frame, Reading, Site

FRAMES = Path(__file__).parent / "changed_meaning"
PAIRS = Path(__file__).parents[1] / "datasets" / "changed-meaning" / "pairs.csv"
COLUMNS = ("pair_id", "left", "right", "changed", "kind", "frame", "split", "also")
SPLITS = ("dev", "test")

# Pairs wanted for each kind in each split, and the share of them that is edited in a benign way besides.
WANTED = {**dict.fromkeys(CHANGED, 115), **dict.fromkeys(BENIGN, 85)}
EDITED_BESIDES = {**dict.fromkeys(CHANGED, 0.65), **dict.fromkeys(BENIGN, 0.4)}
WORDS = range(12, 41)
SEED = 20251006


def other_option(site: Site, taken: int, rng: random.Random) -> int:
    """Another wording of the site."""
    return rng.choice([option for option in range(len(site.options)) if option != taken])


def make_pair(frame: Frame, kind: str, besides: bool, rng: random.Random) -> dict[str, str] | None:
    """A pair that differs at one site of a kind and, if so wished, in benign ways besides; None if there is none."""
    left = Reading(frame, rng, {}, {})
    texts = [left.sentence()]
    targets = [site for site in left.seen if site.kind == kind]
    others = [site for site in left.seen if site.kind in BENIGN and site not in targets]
    if not targets or (besides and not others):
        return None
    target = rng.choice(targets)
    edits = [target, *(rng.sample(others, rng.randint(1, min(3, len(others)))) if besides else [])]
    right = Reading(frame, rng, left.fillers, dict(left.choices))
    for site in edits:
        right.choices[site] = other_option(site, left.choices[site], rng)
    texts.append(right.sentence())
    if texts[0] == texts[1] or not all(len(text.split()) in WORDS for text in texts):
        return None
    rng.shuffle(texts)
    if rng.random() < 0.5:
        texts = [text.translate(str.maketrans("“”‘’", "\"\"''")) for text in texts]
    also = {BENIGN[site.kind] for site in edits[1:] if site in right.seen and site.kind != kind}
    return {
        "pair_id": hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12],
        "left": texts[0],
        "right": texts[1],
        "changed": "true" if kind in CHANGED else "false",
        "kind": {**CHANGED, **BENIGN}[kind],
        "frame": frame.name,
        "split": frame.split,
        "also": "; ".join(sorted(also)),
    }


def read_frames() -> list[Frame]:
    """All frames of both splits, in the order of their names."""
    shared = tomllib.loads((FRAMES / "fillers.toml").read_text(encoding="utf-8"))
    frames = [
        Frame(name, split, own.pop("text"), own, shared)
        for split in SPLITS
        for path in sorted((FRAMES / split).glob("*.toml"))
        for name, own in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]
    return sorted(frames, key=lambda frame: frame.name)


def kinds_of(frame: Frame) -> set[str]:
    """The kinds of site that a frame may show."""
    return set(re.findall(r"\[(\w+):", " ".join([frame.text, *map(str, frame.own.values()), str(frame.shared)])))


def make_pairs() -> list[dict[str, str]]:
    """All pairs: for each split and kind, the frames take turns until there are as many as wanted."""
    frames, pairs, texts = read_frames(), [], set()
    for split in SPLITS:
        for kind, wanted in WANTED.items():
            # A generator of its own for each kind and split, so that a new frame does not stir up the rest.
            rng = random.Random(f"{SEED} {split} {kind}")
            turns = [frame for frame in frames if frame.split == split and kind in kinds_of(frame)]
            made: list[dict[str, str]] = []
            while turns and len(made) < wanted:
                rng.shuffle(turns)
                for frame in list(turns):
                    pair = next_pair(frame, kind, rng, texts)
                    if pair is None:
                        turns.remove(frame)
                    elif len(made) < wanted:
                        made.append(pair)
                        texts.add(frozenset((pair["left"], pair["right"])))
            pairs += sorted(made, key=lambda pair: pair["pair_id"])
    return pairs


def next_pair(frame: Frame, kind: str, rng: random.Random, texts: set[frozenset[str]]) -> dict[str, str] | None:
    """A pair that is not there yet, or None when the frame seems to have no more of this kind."""
    besides = rng.random() < EDITED_BESIDES[kind]
    for _ in range(30):
        pair = make_pair(frame, kind, besides, rng)
        if pair and frozenset((pair["left"], pair["right"])) not in texts:
            return pair
    return None


def as_csv(pairs: list[dict[str, str]]) -> bytes:
    """The file's bytes, as in RFC 4180."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(pairs)
    return file.getvalue().encode()


def read_pairs(path: Path) -> list[dict[str, str]]:
    """The rows of a file of pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(pairs: list[dict[str, str]]) -> None:
    """Print, for each split and kind, what the toolkit overlooks and what it sees where nothing is."""
    import compare
    from compare.matching.changes.kinds import find_changes

    probability = compare.score_pairs([pair["left"] for pair in pairs], [pair["right"] for pair in pairs])
    found = [find_changes(pair["left"], pair["right"]) for pair in pairs]
    rows = list(zip(pairs, probability, found, strict=True))

    def table(title: str, changed: str, columns: tuple[str, ...], kinds: list[str]) -> None:
        for split in SPLITS:
            print(f"\n{title}, {split}\n{'':24}{'pairs':>6}" + "".join(f"{column:>16}" for column in columns))
            of_split = [row for row in rows if row[0]["split"] == split and row[0]["changed"] == changed]
            for kind in [*kinds, "all"]:
                chosen = [row for row in of_split if kind in (row[0]["kind"], "all")]
                shares = [sum(COUNTED[column](*row) for row in chosen) / max(len(chosen), 1) for column in columns]
                print(f"{kind:24}{len(chosen):6}" + "".join(f"{share:16.3f}" for share in shares))

    table("changed", "true", ("called the same", "kind named", "only that kind", "below .5"), [*CHANGED.values()])
    table("benign", "false", ("false alarm", "below .5"), [*BENIGN.values()])


# What is counted of a pair, its probability and the changes found in it; each column is a share of the pairs.
COUNTED = {
    "called the same": lambda _, probability, found: probability >= 0.5 and not found,
    "kind named": lambda pair, _, found: pair["kind"] in found,
    "only that kind": lambda pair, _, found: found == [pair["kind"]],
    "false alarm": lambda _pair, _probability, found: bool(found),
    "below .5": lambda _pair, probability, _found: probability < 0.5,
}


def main() -> None:
    """Make the file, or score the toolkit on it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("task", choices=("make", "score"))
    parser.add_argument("file", type=Path, nargs="?", default=PAIRS)
    arguments = parser.parse_args()
    if arguments.task == "make":
        arguments.file.write_bytes(as_csv(make_pairs()))
    else:
        score(read_pairs(arguments.file))


if __name__ == "__main__":
    main()
