"""What a party is called: nouns in the same place of a claim that two outlets tell.

Outlets seldom tell a claim in one order of words, so a place is known by what stands around it: two nouns for persons
or groups, each missing in the other wording, are taken for two names of one party if they have the same neighbour on
the same side and another word near them in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.language.quotes.names import PEOPLE
from compare.language.quotes.phrases import DETERMINERS, POSSESSIVES, PREPOSITIONS
from compare.language.tokens import stem
from compare.outlets.intervals import FEW_STORIES
from compare.outlets.permutation import adjusted, sign_tests
from compare.outlets.wording.sides import LEAST_STORIES, paired, per_story, weights
from compare.tables import NAMINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from compare.outlets.wording.sides import Sides
    from compare.outlets.wording.told import Integers, Told

# Nouns for persons and groups: what a party may be called.
_LABELS = """
    militants fighters terrorists rebels insurgents gunmen shooters extremists jihadists islamists separatists
    guerrillas paramilitaries mercenaries attackers assailants bombers hijackers raiders invaders occupiers settlers
    hostages captives prisoners detainees inmates convicts suspects offenders perpetrators killers murderers
    criminals gangsters thugs vandals looters rioters mob crowd marchers protesters demonstrators agitators
    activists campaigners dissidents migrants immigrants refugees aliens foreigners newcomers arrivals seekers
    evacuees troops soldiers forces army militia militias police officers cops regime government administration
    junta rulers dictator strongman leader tycoon oligarch billionaire businessman businesswoman entrepreneur
    speculators investors donors lobbyists victims casualties civilians bystanders residents locals villagers
    inhabitants people men women children infants babies fetuses youths teenagers boys girls minors kids students
    pupils voters citizens taxpayers workers employees staff strikers unionists bosses supporters followers
    loyalists backers allies opponents critics rivals enemies adversaries foes lawmakers legislators politicians
    senators congressman congresswoman representative conservatives liberals progressives moderates hardliners
    radicals leftists rightists populists nationalists supremacists racists whistleblower leaker traitor defector
    informant spy accusers accuser survivor complainant claimants claimant plaintiff defendant patients addicts
    squatters tenants authorities aides attorneys chairwoman chairman
"""
# Kin: "his father" and "her daughter" are seldom one person; and words that are as often no noun.
_NOT = """
    father mother son daughter brother sister wife husband widow parent uncle aunt cousin head general guard guest chief
"""

# Stems.
PARTIES = frozenset(map(stem, PEOPLE)) | frozenset(map(stem, _LABELS.split()))
PARTIES -= frozenset(map(stem, _NOT.split()))
# Plurals that no rule leads back.
SINGULAR = {
    "children": "child",
    "women": "woman",
    "men": "man",
    "people": "person",
    "gunmen": "gunman",
    "policemen": "policeman",
    "congressmen": "congressman",
    "businessmen": "businessman",
    "spokesmen": "spokesman",
}
_NEAR = 5  # words on both sides of a noun that count as near
_BESIDE = 2  # how far off its neighbour may be: "officials in Tarn"
_IN_COMMON = 2  # words near both
_BEFORE_MODIFIER = DETERMINERS | POSSESSIVES | PREPOSITIONS


class _Place(NamedTuple):
    """A noun in a clause and what stands around it, all as stems.

    Attributes:
        noun: itself, in the singular.
        label: as it is shown.
        left: the word with a content that stands beside it; -1 for none.
        right: the same on the other side.
        names: the neighbours that have a capital, left and right; -1 for none.
        near: the words with a content around it, itself left out.
        modifier: the word before it, if it tells more of it; -1 for none.
        modified: both as they are shown.
    """

    noun: int
    label: str
    left: int
    right: int
    names: tuple[int, int]
    near: frozenset[int]
    modifier: int
    modified: str


class _Clause(NamedTuple):
    """The stems of a clause's words with a content, and its places."""

    content: frozenset[int]
    places: tuple[_Place, ...]


def naming_table(told: Told, sides: Sides, *, seed: int = 0) -> pd.DataFrame:
    """Count what two sides call the same party.

    Args:
        told: the clauses of the shared claims.
        sides: who is compared, every two of them.
        seed: of the draws.

    Returns:
        The NAMINGS table, the most frequent first; all its tests are one family.
    """
    import pandas as pd

    found = substitutions(told, sides, seed=seed)
    # One row for both directions: what one calls by the first name and the other by the second, less the reverse.
    turned = found["label_one"] > found["label_other"]
    low, high = (
        np.where(turned, found[a], found[b]) for a, b in (("label_other", "label_one"), ("label_one", "label_other"))
    )
    found = found.assign(low=low, high=high, sign=np.where(turned, -1.0, 1.0))
    key = ["side_one", "side_other", "low", "high"]
    column = found.groupby(key, sort=False).ngroup().to_numpy().astype(np.int64)
    width = int(column.max()) + 1 if len(column) else 0
    story: Integers = found["story"].to_numpy().astype(np.int64)
    weight = found["weight"].to_numpy(float)
    sign = found["sign"].to_numpy(float)
    signed = per_story(len(told.stories), story, column, sign * found["drawn"].to_numpy(float), width)
    forth = np.bincount(column, weights=weight * (sign > 0), minlength=width)
    back = np.bincount(column, weights=weight * (sign < 0), minlength=width)
    leading = np.where(forth >= back, 1.0, -1.0)
    shown = found[found["sign"] == leading[column]].assign(column=column[found["sign"] == leading[column]])
    # Of each pair of names a row in the direction in which it is more frequent.
    rows = shown.drop_duplicates("column").set_index("column").sort_index()
    p_values = sign_tests(signed, seed)
    stories = per_story(len(told.stories), story, column, np.ones(len(found)), width) > 0
    table = pd.DataFrame(
        {
            "label_one": rows["label_one"],
            "label_other": rows["label_other"],
            "one": [sides.names[side] for side in rows["side_one"]],
            "other": [sides.names[side] for side in rows["side_other"]],
            "claims": np.where(leading > 0, forth, back).round(6),
            "reverse": np.where(leading > 0, back, forth).round(6),
            "stories": stories.sum(axis=0),
            "p_value": p_values,
            "q_value": adjusted(p_values),
            "claim_id": rows["claim_id"],
            "sentence_one": rows["sentence_one"],
            "sentence_other": rows["sentence_other"],
        }
    )
    table = table.assign(
        version=sides.version,
        family=f"names: {sides.kind}; {sides.version}",
        tests=int((~np.isnan(p_values)).sum()),
        validated=False,
        warning=[_warning(int(number)) for number in stories.sum(axis=0)],
    )
    return NAMINGS.frame(table.sort_values(["claims", "p_value"], ascending=[False, True], kind="stable"))


def _warning(stories: int) -> str:
    told = f"{stories} {'story' if stories == 1 else 'stories'}"
    if stories < LEAST_STORIES:
        return f"{told}: too few for a test"
    return f"{told}: little to test" if stories < FEW_STORIES else ""


def substitutions(told: Told, sides: Sides, *, seed: int = 0) -> pd.DataFrame:
    """Return every pair of names that stand in the same place of a claim.

    Returns:
        A row each: story, claim_id, side_one, side_other, label_one, label_other, sentence_one, sentence_other,
        weight, drawn.
    """
    import pandas as pd

    clauses = _clauses(told)
    # One pair of clauses may belong to several claims.
    both = paired(told.lines, sides, (), seed, once=["clause_one", "clause_other"])
    rows, labels = [], []
    for number, (one, other) in enumerate(zip(both["clause_one"].tolist(), both["clause_other"].tolist(), strict=True)):
        for pair in _names(clauses[one], clauses[other]):
            rows.append(number)
            labels.append(pair)
    names = pd.DataFrame(labels, columns=["label_one", "label_other"], dtype="str")
    found = pd.concat([both.iloc[rows].reset_index(drop=True), names], axis=1)
    found = found.drop_duplicates(["claim", "outlet_one", "outlet_other", "label_one", "label_other"])
    found = found.assign(claim_id=found["claim_id_one"], weight=weights(found, ["label_one", "label_other"]))
    found = found.rename(columns={"sentence_id_one": "sentence_one", "sentence_id_other": "sentence_other"})
    columns = ["story", "claim_id", "side_one", "side_other", "label_one", "label_other"]
    return found[[*columns, "sentence_one", "sentence_other", "weight", "drawn"]].reset_index(drop=True)


def _names(one: _Clause, other: _Clause) -> Iterator[tuple[str, str]]:
    """The pairs of names in two clauses."""
    if not one.places or not other.places or len(one.content & other.content) < _IN_COMMON:
        return
    for here in one.places:
        for there in other.places:
            if len(here.near & there.near) < _IN_COMMON:
                continue
            if here.noun == there.noun:
                differ = here.modifier != there.modifier and min(here.modifier, there.modifier) >= 0
                if differ and here.modifier not in other.content and there.modifier not in one.content:
                    yield here.modified, there.modified
            elif here.noun not in other.content and there.noun not in one.content and _same_place(here, there):
                yield here.label, there.label


def _same_place(here: _Place, there: _Place) -> bool:
    beside = (here.left == there.left >= 0), (here.right == there.right >= 0)
    # "the senator Ann Lee" is not "the minister Tom Vey".
    strangers = any(a != b and min(a, b) >= 0 for a, b in zip(here.names, there.names, strict=True))
    return any(beside) and not strangers


def _clauses(told: Told) -> list[_Clause]:
    words, (stems, stem_of) = told.words, told.stems
    numbers = {one: number for number, one in enumerate(stems)}
    singular = np.array(
        [numbers.get(SINGULAR.get(one, one), number) for number, one in enumerate(stems)], dtype=np.int64
    )
    is_place = np.array([one in PARTIES for one in stems], dtype=bool)
    kept = np.flatnonzero(~words.stop)
    bounds = np.searchsorted(words.clause[kept], np.arange(told.clauses + 1))
    form = words.form[kept]
    content, capital = told.is_content[form], words.capital[kept]
    counted = singular[stem_of[form]]
    place = content & is_place[stem_of[form]]
    found = []
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        part = slice(first, last)
        read = _Words(form[part].tolist(), counted[part].tolist(), content[part].tolist(), capital[part].tolist())
        places = tuple(read.place(told, at) for at in np.flatnonzero(place[part]).tolist())
        found.append(_Clause(frozenset(read.content_stems(0, last - first)), places))
    return found


class _Words(NamedTuple):
    """The words of a clause, an entry for each."""

    form: list[int]
    stem: list[int]
    content: list[bool]
    capital: list[bool]

    def content_stems(self, first: int, last: int) -> list[int]:
        return [self.stem[k] for k in range(max(first, 0), min(last, len(self.stem))) if self.content[k]]

    def place(self, told: Told, at: int) -> _Place:
        left, right = self._beside(at, -1), self._beside(at, 1)
        near = frozenset(self.content_stems(at - _NEAR, at + _NEAR + 1)) - {self.stem[at]}
        label = told.shown_stems[self.stem[at]]
        before = at - 1
        modifies = before >= 0 and not self.capital[at] and self._modifies(told, before)
        return _Place(
            noun=self.stem[at],
            label=label,
            left=self.stem[left] if left >= 0 else -1,
            right=self.stem[right] if right >= 0 else -1,
            names=(self._name(left), self._name(right)),
            near=near,
            modifier=self.stem[before] if modifies else -1,
            modified=f"{told.forms[self.form[before]]} {label}" if modifies else "",
        )

    def _beside(self, at: int, step: int) -> int:
        reach = range(at + step, at + step * (_BESIDE + 1), step)
        return next((k for k in reach if 0 <= k < len(self.form) and self.content[k]), -1)

    def _modifies(self, told: Told, at: int) -> bool:
        """Whether a word before a noun tells more of it, and is no verb: "armed men", not "the camera filmed men"."""
        word = told.forms[self.form[at]]
        if not self.content[at] or self.capital[at] or word in PREPOSITIONS:
            return False
        return not word.endswith(("ed", "ing")) or at == 0 or told.forms[self.form[at - 1]] in _BEFORE_MODIFIER

    def _name(self, at: int) -> int:
        return self.stem[at] if at >= 0 and self.capital[at] else -1
