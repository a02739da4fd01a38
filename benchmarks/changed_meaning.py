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
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FRAMES = Path(__file__).parent / "changed_meaning"
PAIRS = Path(__file__).parents[1] / "datasets" / "changed-meaning" / "pairs.csv"
COLUMNS = ("pair_id", "left", "right", "changed", "kind", "frame", "split", "also")
SPLITS = ("dev", "test")

# The word in a frame's mark-up, and the kind's name in the file.
CHANGED = {
    "number": "number",
    "negation": "negation",
    "hedge": "hedge",
    "attribution": "attribution",
    "roles": "roles",
    "quote": "trimmed quote",
}
BENIGN = {
    "order": "reordering",
    "synonym": "synonyms",
    "voice": "active or passive",
    "date": "date forms",
    "figure": "number forms",
    "spelling": "spelling",
    "style": "tense and house style",
    "aside": "trimmed asides",
    "cue": "cue verb",
    "hedged": "same hedge",
    "denied": "same negation",
}
# Pairs wanted for each kind in each split, and the share of them that is edited in a benign way besides.
WANTED = {**dict.fromkeys(CHANGED, 115), **dict.fromkeys(BENIGN, 85)}
EDITED_BESIDES = {**dict.fromkeys(CHANGED, 0.65), **dict.fromkeys(BENIGN, 0.4)}
WORDS = range(12, 41)
SEED = 20251006


@dataclass(frozen=True)
class Slot:
    """A place that a filler takes: `{town}`, `{person1.full}`."""

    name: str


@dataclass(frozen=True)
class Site:
    """A place with several wordings: `[date: on 3 March | on March 3]`. Equal ones in a sentence are read alike."""

    kind: str
    options: tuple[tuple[str | Slot | Site, ...], ...]


Nodes = tuple[str | Slot | Site, ...]


@cache
def parse(text: str) -> Nodes:
    """Text with `{slots}` and `[kind: one | other]`, which may nest, as a tree."""
    tokens = re.findall(r"\{[\w.]+\}|\[\w+:|[|\]]|[^\[\]{}|]+", text)
    if "".join(tokens) != text:
        raise ValueError(f"stray bracket in: {text}")

    def sequence() -> Nodes:
        nodes: list[str | Slot | Site] = []
        while tokens and tokens[0] not in ("|", "]"):
            token = tokens.pop(0)
            if token[0] == "{":
                nodes.append(Slot(token[1:-1]))
            elif token[0] == "[":
                nodes.append(site(token[1:-1]))
            else:
                nodes.append(token)
        return tuple(nodes)

    def site(kind: str) -> Site:
        if kind not in WANTED:
            raise ValueError(f"no such kind: {kind}")
        options = [sequence()]
        while tokens.pop(0) == "|":
            options.append(sequence())
        if len(options) < 2:
            raise ValueError(f"a site with one wording in: {text}")
        return Site(kind, tuple(options))

    nodes = sequence()
    if tokens:
        raise ValueError(f"stray bracket in: {text}")
    return nodes


@dataclass(frozen=True)
class Frame:
    """A sentence with slots and sites, its own fillers, and the fillers shared by all frames."""

    name: str
    split: str
    text: str
    own: dict[str, str | list[str]]
    shared: dict[str, str | list[str] | list[dict[str, str]]]


@dataclass
class Reading:
    """One way to read a frame: which filler in each slot, which wording at each site.

    Slots and sites are settled at random when they are first met, so a second reading that starts from the
    first one's choices differs from it only where it is told to.
    """

    frame: Frame
    rng: random.Random
    fillers: dict[str, str | dict[str, str]]
    choices: dict[Site, int]
    seen: dict[Site, None] = field(default_factory=dict)

    def filler(self, name: str) -> str:
        """The text in a slot; `person1` and `person2` are two draws from the list `person`, never the same."""
        slot, _, part = name.partition(".")
        if slot not in self.fillers:
            pool = slot.rstrip("0123456789")
            given = {**self.frame.shared, **self.frame.own}
            values = given[slot] if slot in given else given[pool]
            if isinstance(values, str):
                return values
            taken = [value for other, value in self.fillers.items() if other.rstrip("0123456789") == pool]
            self.fillers[slot] = self.rng.choice([value for value in values if value not in taken])
        value = self.fillers[slot]
        return value if isinstance(value, str) else value[part]

    def words(self, nodes: Nodes) -> str:
        """The text of a part of the frame."""
        return "".join(self._node(node) for node in nodes)

    def _node(self, node: str | Slot | Site) -> str:
        if isinstance(node, str):
            return node
        if isinstance(node, Slot):
            return self.words(parse(self.filler(node.name)))
        self.seen[node] = None
        if node not in self.choices:
            # What the frame says first is its plainest reading, so it is the most frequent one.
            first = node.kind in CHANGED and self.rng.random() < 0.5
            self.choices[node] = 0 if first else self.rng.randrange(len(node.options))
        return self.words(node.options[self.choices[node]]).strip()

    def sentence(self) -> str:
        """The whole sentence, with blanks, commas and the capital put right."""
        self.seen.clear()
        text = re.sub(r"\s+", " ", self.words(parse(self.frame.text))).strip()
        text = re.sub(r" ([,.;:?!])", r"\1", text)
        text = re.sub(r",+(?=[,.;])", "", text)
        start = 1 if text[0] in "“‘(" else 0
        return text[:start] + text[start].upper() + text[start + 1 :]


def other_option(site: Site, taken: int, rng: random.Random) -> int:
    """Another wording of the site."""
    return rng.choice([option for option in range(len(site.options)) if option != taken])


def make_pair(frame: Frame, kind: str, besides: bool, rng: random.Random) -> dict[str, str] | None:
    """A pair that differs at one site of a kind and, if so wished, in benign ways besides; None if this draw has none."""
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


def unequal_sites(frame: Frame) -> list[Site]:
    """Sites whose wordings do not all hold the same changed sites, so that a pair might differ in more than its label says."""

    def changed_in(nodes: Nodes) -> set[Site]:
        inside: set[Site] = set()
        for node in nodes:
            if isinstance(node, Slot):
                inside |= changed_in(parse(fillers[node.name])) if isinstance(fillers.get(node.name), str) else set()
            elif isinstance(node, Site):
                options = [changed_in(option) for option in node.options]
                if any(option != options[0] for option in options):
                    found.append(node)
                inside |= options[0] | ({node} if node.kind in CHANGED else set())
        return inside

    fillers, found = {**frame.shared, **frame.own}, []
    changed_in(parse(frame.text))
    return found


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
    from compare.matching.changes import find_changes

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
