"""Whose words a quotation is: the speaker that most outlets give, and where it is surely given to somebody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from compare.coverage.ledger.cast import SURELY_ANOTHER
from compare.coverage.ledger.people import read_person
from compare.coverage.ledger.wordings import kept, read_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.coverage.ledger.cast import Cast
    from compare.coverage.ledger.sayings import Saying

# To say that words are given to somebody else accuses an outlet. So only a form that is word for word the other's
# counts (what two say alike, both may have said), it must be so long, and nothing may hint at a speaker misread.
_WORD_FOR_WORD = 0.9
_LEAST_CONTENT = 3
_LEAST_WORDS = 6  # or so many of any kind
_LEAST_REPORTED = 6  # words that tell something, where both only report what was said
_AGREES = 0.5  # probability above which two speakers count as one


def source_of(sayings: Sequence[Saying], cast: Cast) -> Saying | None:
    """Find whom most outlets give as the speaker, copies of one text once; of equals the earliest published."""
    known = [one for one in sayings if read_person(one.resolved).kind != "unknown"]
    if not known:
        return None

    voices_of: dict[str, set[str]] = defaultdict(set)
    for one in known:
        voices_of[one.resolved].add(one.voice)

    def support(resolved: str) -> float:
        voices: dict[str, float] = defaultdict(float)
        for other, of_other in voices_of.items():
            same = cast.same(resolved, other)
            for voice in of_other:
                voices[voice] = max(voices[voice], same)
        return round(sum(voices.values()), 1)

    supported = {resolved: support(resolved) for resolved in voices_of}
    called = Counter(one.resolved for one in known)
    return min(known, key=lambda one: (-supported[one.resolved], -called[one.resolved], one.number))


def is_reattributed(one: Saying, fullest: Saying, source: Saying, versions: Sequence[Saying], cast: Cast) -> bool:
    """Say whether an outlet surely gives somebody else's words to its speaker."""
    if cast.same(one.resolved, source.resolved) >= SURELY_ANOTHER or not _same_words(one, fullest):
        return False
    agree = [other for other in versions if cast.same(other.resolved, source.resolved) > _AGREES]
    rivals = {other.voice for other in versions if cast.same(other.resolved, one.resolved) > _AGREES}
    # Of one against one, either may be the one that changed it.
    if len({other.voice for other in agree}) <= len(rivals):
        return False
    # Whom "he" means is an estimate: somebody must name the source, and here the speaker must stand right before.
    if all(read_person(other.speaker).kind == "unknown" for other in agree):
        return False
    if read_person(one.speaker).kind == "unknown" and not cast.stands_before(one.resolved, one):
        return False
    if cast.stands_near(source.resolved, one):
        return False
    return not all(cast.stands_near(one.resolved, other) for other in agree)


def _same_words(one: Saying, fullest: Saying) -> bool:
    if bool(one.spoken) != bool(fullest.spoken):
        return False
    if one.spoken:
        said = read_form(one.spoken)
        enough = said.size >= _LEAST_CONTENT or len(said.words) >= _LEAST_WORDS
        return enough and kept(fullest.spoken, one.spoken).share >= _WORD_FOR_WORD
    both = kept(fullest.text, one.text), kept(one.text, fullest.text)
    return min(form.content for form in both) >= _LEAST_REPORTED and min(form.share for form in both) >= _WORD_FOR_WORD
