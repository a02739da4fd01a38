"""Group a story's sayings into versions of one quotation, and find the source of each.

The fullest form of a quotation takes its versions in other articles; none joins through a third article, so groups
do not chain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from compare.coverage.ledger.people import SURELY_ANOTHER, read_person
from compare.coverage.ledger.sayings import kept, read_form
from compare.matching.match import match_candidates
from compare.matching.model import same_probability
from compare.matching.passages import Passages
from compare.tables import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.coverage.ledger.people import Speakers
    from compare.coverage.ledger.sayings import Saying
    from compare.language.vectors import Encoder

# Probability from which two quotations are versions of one, if both may have the same speaker, and if nothing
# indicates it. Of 22 paraphrased rows that it gave in news stories, 15 were right.
VERSION_FROM = 0.45
WITHOUT_SPEAKER = 0.6
# Factors of the odds. If the speakers certainly differ, the odds shrink by the first. If they are the same, the odds
# grow by one over the speaker's share of the story's quotations, because a rare speaker is more informative, up to a
# limit, which is lower for a name: "a source close to the board" is quoted on one matter, a minister on all.
_OTHER_SPEAKER = 4.0
_SAME_SPEAKER = 8.0
_SAME_NAME = 4.0
_OTHERS = 10  # quotations by others assumed in every story, because a few quotations say little about shares
_AGREEING = 0.9  # share of pairs of versions that have the same speaker
# The least words of a fragment, in marks, that must occur in a quotation for it to be a part, and the least share;
# a part with this many words in all needs no common speaker.
_LEAST_SHARED = 2
_LEAST_RUN = 4  # or all of this many words of any kind, if they have one speaker
_WORD_FOR_WORD = 0.8
_UNMISTAKABLE = 5
_SAME_WORDS = 0.98  # the probability of a part
# Odds of saying the same under which no speaker makes two sayings versions of one.
_LEAST_ODDS = VERSION_FROM / (1 - VERSION_FROM) / _SAME_SPEAKER
# Two that quote this many words, and share less than this part of them, quote different things.
_LEAST_QUOTED = 3
_OTHERWISE = 0.5
_NEIGHBOURS = 8
_LEAST_LIKENESS = 0.12
_MOST_OF = 0.6  # share of the shorter one's words that two must have in common to be compared word for word
_MOST_PARTNERS = 100

Links = dict[int, dict[int, tuple[float, bool]]]


@dataclass(frozen=True)
class QuoteVersions:
    """A quotation: its versions, beginning with the fullest, and the probability that each is a version."""

    versions: list[Saying]
    probability: list[float]

    @property
    def earliest(self) -> Saying:
        """The version published first."""
        return min(self.versions, key=lambda one: one.number)


def group_sayings(sayings: Sequence[Saying], speakers: Speakers, encoder: Encoder | None = None) -> list[QuoteVersions]:
    """Group sayings into versions of quotations; every saying belongs to one.

    Sayings are numbered in order; quotations are in the order of their earliest versions.
    """
    if not sayings:
        return []
    copies = _Repeats(sayings, speakers, encoder)
    taken: set[int] = set()
    groups = []

    def order(one: Saying) -> tuple[float, ...]:
        """Sort by words in quotation marks, then by support from other sayings, length and time."""
        quoted = read_form(one.spoken).size
        # A word or two in marks ("on purpose") within reported speech do not make it fuller.
        quoted = quoted if quoted >= _LEAST_QUOTED or one.kind == "direct" else 0
        return -quoted, -round(copies.support(one), 2), -read_form(one.text).size, one.number

    for seed in sorted(sayings, key=order):
        if seed.number in taken:
            continue
        members, articles = {seed.number: 1.0}, {seed.article}
        for less, number, contained in copies.versions(seed):
            other = sayings[number]
            # An article gives a quotation once, except in pieces or in word-for-word repetition.
            alone = number not in taken and other.article not in articles
            if number not in taken and (contained or (alone and copies.are_nearest(seed, other, taken))):
                members[number] = -less
                articles.add(other.article)
        taken.update(members)
        groups.append(QuoteVersions([sayings[at] for at in members], list(members.values())))
    return sorted(groups, key=lambda group: group.earliest.number)


class _Repeats:
    """The sayings of a story, with those in identical words grouped so that each group is compared once."""

    def __init__(self, sayings: Sequence[Saying], speakers: Speakers, encoder: Encoder | None) -> None:
        self._sayings = sayings
        told = [(one.text, one.spoken, one.lead, one.resolved) for one in sayings]
        number = {key: at for at, key in enumerate(dict.fromkeys(told))}
        self._of = [number[key] for key in told]
        self._members: list[list[Saying]] = [[] for _ in number]
        self._there: dict[tuple[int, int], list[int]] = defaultdict(list)
        for one, own in zip(sayings, self._of, strict=True):
            self._members[own].append(one)
            self._there[own, one.article].append(one.number)
        self._links = _links(self._members, speakers, encoder)

    def support(self, one: Saying) -> float:
        """Return how many others are versions of a saying, weighted by probability."""
        own = self._of[one.number]
        return sum(
            probability * (len(self._members[at]) - (at == own if contained else len(self._at(at, one.article))))
            for at, (probability, contained) in self._links[own].items()
        )

    def versions(self, one: Saying) -> list[tuple[float, int, bool]]:
        """Return the possible versions, likeliest first: minus the probability, the number, whether it is a part."""
        return sorted(
            (-probability, other.number, contained)
            for at, (probability, contained) in self._links[self._of[one.number]].items()
            for other in self._members[at]
            if other is not one and (contained or other.article != one.article)
        )

    def are_nearest(self, one: Saying, other: Saying, taken: set[int]) -> bool:
        """Whether neither article has another saying, not yet taken, that is nearer to this one."""
        for here, there in ((one, other), (other, one)):
            links = self._links[self._of[here.number]]
            least = links[self._of[there.number]][0]
            for at, (probability, _) in links.items():
                if probability > least and not taken.issuperset(self._at(at, there.article)):
                    return False
        return True

    def _at(self, copies: int, article: int) -> Sequence[int]:
        return self._there.get((copies, article), ())


def _links(copies: Sequence[Sequence[Saying]], speakers: Speakers, encoder: Encoder | None) -> Links:
    """Return for each saying, given as its copies, the possible versions, including itself if it has copies.

    Each has a probability and whether it is a word-for-word part.
    """
    links: Links = defaultdict(dict)
    often = Counter(_speaker_key(one) for same in copies for one in same)
    count = sum(often.values())
    for a, b, alike in _likeness(copies, encoder):
        one, other = copies[a][0], copies[b][0]
        if alike < _LEAST_ODDS * (1 - alike) and not (one.spoken and other.spoken):
            continue
        same = speakers.same(one.resolved, other.resolved)
        contained = _is_part(one, other, same)
        short, long = sorted((one.spoken, other.spoken), key=lambda text: read_form(text).size)
        if contained:
            probability = max(alike, _SAME_WORDS)
        elif read_form(short).size >= _LEAST_QUOTED and kept(long, short).share < _OTHERWISE:
            continue  # both quote verbatim, but different words
        else:
            times = max(often[_speaker_key(one)], often[_speaker_key(other)])
            named = all(read_person(each.resolved).names for each in (one, other))
            tells = _AGREEING * (count + _OTHERS) / times
            tells = min(tells, _SAME_NAME if named else _SAME_SPEAKER) if same > 0.5 else _OTHER_SPEAKER
            odds = alike / max(1e-9, 1 - alike) * max(1.0, tells) ** (2 * same - 1)
            probability = float(odds / (1 + odds))
        if probability >= (VERSION_FROM if same > 0.5 else WITHOUT_SPEAKER):
            links[a][b] = links[b][a] = round(probability, DECIMALS), contained
    return links


def _speaker_key(one: Saying) -> str:
    """Return the key by which a speaker's quotations are counted."""
    person = read_person(one.resolved)
    return person.names[-1] if person.names else one.resolved.lower()


def _is_part(one: Saying, other: Saying, same: float) -> bool:
    """Whether the quoted words of one occur in the other's quotation, word for word."""
    if not (one.spoken and other.spoken):
        return False
    short, long = sorted((one.spoken, other.spoken), key=lambda text: read_form(text).size)
    form = read_form(short)
    part = kept(long, short)
    # A short run suffices if both may describe one speaker, because two people seldom say the same words.
    run = part.words == len(form.words) >= _LEAST_RUN and same >= SURELY_ANOTHER
    if same < 0.5 and len(form.words) < _UNMISTAKABLE and not run:
        return False
    if part.content >= _LEAST_SHARED:
        return part.share >= _WORD_FOR_WORD
    return same > 0.5 and part.words == len(form.words) >= _LEAST_RUN


def _likeness(copies: Sequence[Sequence[Saying]], encoder: Encoder | None) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of sayings with something in common, and the probability that both say the same; see `_links`."""
    sayings = [same[0] for same in copies]
    leads = [at for at, one in enumerate(sayings) if one.lead]
    texts = [one.text for one in sayings] + [sayings[at].lead for at in leads]
    owner = np.array([*range(len(sayings)), *leads], dtype=np.int64)
    several = np.array([len({one.article for one in same}) > 1 for same in copies], dtype=bool)
    # A saying of several articles may be compared with all sayings of each of them.
    article = np.array([one.article for one in sayings], dtype=np.int64)
    article = np.where(several, article.max() + 1 + np.arange(len(sayings)), article)
    article_of = np.unique(article[owner], return_inverse=True)[1].astype(np.int64)
    passages = Passages.of(texts, encoder)
    most = max(_NEIGHBOURS, 2 * len({one.article for same in copies for one in same}))
    near = match_candidates(passages, np.arange(len(texts)), article_of, most, _LEAST_LIKENESS)
    again = np.flatnonzero(several)
    left, right = (
        np.concatenate(sides) for sides in zip(near, _sharing(passages, sayings), (again, again), strict=True)
    )
    # Lead-ins are compared with quotations and reports, not with each other.
    both_lead = (left >= len(sayings)) & (right >= len(sayings))
    left, right = left[~both_lead], right[~both_lead]
    probability = same_probability(passages, left, right)
    best: dict[tuple[int, int], float] = {}
    for a, b, p in zip(owner[left].tolist(), owner[right].tolist(), probability.tolist(), strict=True):
        if a != b or several[a]:
            key = (a, b) if a < b else (b, a)
            best[key] = max(best.get(key, 0.0), p)
    for (a, b), p in sorted(best.items()):
        yield a, b, p


def _sharing(passages: Passages, sayings: Sequence[Saying]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs that share most words of the shorter one, also within an article."""
    content = passages.content[: len(sayings)]
    shared = (content @ content.T).tocoo()
    sizes = np.diff(content.indptr)
    left, right = shared.coords[0].astype(np.int64), shared.coords[1].astype(np.int64)
    fewer = np.minimum(sizes[left], sizes[right])
    spoken = np.array([bool(one.spoken) for one in sayings])
    near = (left < right) & (shared.data >= _LEAST_SHARED) & (shared.data >= _MOST_OF * fewer)
    near &= spoken[left] | spoken[right]
    left, right, nearness = left[near], right[near], (shared.data / np.maximum(fewer, 1))[near]
    order = np.lexsort((right, -nearness, left))
    left, right = left[order], right[order]
    # A page that repeats itself a thousand times is no reason to compare a million pairs.
    rank = np.arange(len(left)) - np.searchsorted(left, left)
    return left[rank < _MOST_PARTNERS], right[rank < _MOST_PARTNERS]


# Reattribution accuses an outlet. A form therefore counts only if it is word for word the other's (two people may
# have said similar things), it must be long enough, and nothing may suggest a misread speaker.
_THE_SAME_WORDS = 0.9
_LEAST_CONTENT = 3
_LEAST_WORDS = 6  # or this many of any kind
_LEAST_REPORTED = 6  # content words, if both only report what was said
_AGREES = 0.5  # probability above which two speakers count as one


def source_of(sayings: Sequence[Saying], speakers: Speakers) -> Saying | None:
    """Return the saying whose speaker most outlets give, copies of one text once; of equals the earliest published."""
    known = [one for one in sayings if read_person(one.resolved).kind != "unknown"]
    if not known:
        return None

    voices_of: dict[str, set[str]] = defaultdict(set)
    for one in known:
        voices_of[one.resolved].add(one.voice)

    def support(resolved: str) -> float:
        voices: dict[str, float] = defaultdict(float)
        for other, of_other in voices_of.items():
            same = speakers.same(resolved, other)
            for voice in of_other:
                voices[voice] = max(voices[voice], same)
        # To a tenth, halves up: sums that differ in their last bit between Python 3.11 and 3.12 must not decide.
        return floor(round(10 * sum(voices.values()), 1) + 0.5)

    supported = {resolved: support(resolved) for resolved in voices_of}
    called = Counter(one.resolved for one in known)
    return min(known, key=lambda one: (-supported[one.resolved], -called[one.resolved], one.number))


def is_reattributed(
    one: Saying, fullest: Saying, source: Saying, versions: Sequence[Saying], speakers: Speakers
) -> bool:
    """Whether an outlet certainly attributes somebody else's words to its speaker."""
    if speakers.same(one.resolved, source.resolved) >= SURELY_ANOTHER or not _same_words(one, fullest):
        return False
    if not speakers.are_two_persons(one.resolved, source.resolved) or not speakers.surely_speaks(one):
        return False
    agree = [other for other in versions if speakers.same(other.resolved, source.resolved) > _AGREES]
    agree = [other for other in agree if speakers.surely_speaks(other)]
    rivals = {other.voice for other in versions if speakers.same(other.resolved, one.resolved) > _AGREES}
    # With one against one, either may have changed it.
    if len({other.voice for other in agree}) <= len(rivals):
        return False
    # The referent of "he" is an estimate, so somebody must name the source.
    if all(read_person(other.speaker).kind == "unknown" for other in agree):
        return False
    if speakers.stands_near(source.resolved, one):
        return False
    return not all(speakers.stands_near(one.resolved, other) for other in agree)


def _same_words(one: Saying, fullest: Saying) -> bool:
    if bool(one.spoken) != bool(fullest.spoken):
        return False
    if one.spoken:
        said = read_form(one.spoken)
        enough = said.size >= _LEAST_CONTENT or len(said.words) >= _LEAST_WORDS
        return enough and kept(fullest.spoken, one.spoken).share >= _THE_SAME_WORDS
    both = kept(fullest.text, one.text), kept(one.text, fullest.text)
    return min(form.content for form in both) >= _LEAST_REPORTED and min(form.share for form in both) >= _THE_SAME_WORDS
