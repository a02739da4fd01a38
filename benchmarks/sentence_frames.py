"""Sentence frames: a sentence with slots that fillers take, and sites that have several wordings.

`changed_meaning/README.md` says how a frame is written; `changed_meaning.py` makes pairs of sentences from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

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
        if kind not in {**CHANGED, **BENIGN}:
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


def unequal_sites(frame: Frame) -> list[Site]:
    """Sites whose wordings do not all hold the same changed sites: a pair might differ in more than its label says."""

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
