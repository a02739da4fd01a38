"""Acts that two outlets tell with the same verb: active at one, in a passive without an agent at the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import adjusted, sign_tests
from compare.outlets.wording.acts import VOICES, acts, company, verb_stem
from compare.outlets.wording.sides import paired, per_story, weights, without_test
from compare.tables import PASSIVES

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from compare.outlets.wording.sides import Sides
    from compare.outlets.wording.told import Told


def passives_table(
    told: Told,
    sides: Sides,
    *,
    verbs: Collection[str] | None = None,
    quotations: bool = False,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the grammatical voice of the acts that two sides tell with the same verb.

    Args:
        told: the clauses of the shared claims.
        sides: who is compared, every two of them.
        verbs: only these, in any form.
        quotations: also what stands inside quotation marks.
        seed: of the draws.

    Returns:
        The PASSIVES table.

    Raises:
        InputError: verbs is empty or a text.
    """
    both = same_acts(told, sides, verbs=verbs, quotations=quotations, seed=seed)
    pairs, column = sides.pairs, sides.column(both)
    story, weight = both["story"].to_numpy(np.int64), both["weight"].to_numpy(float)

    def summed(rows: Any) -> Any:
        return per_story(len(told.stories), story, column, weight * np.asarray(rows), len(pairs))

    is_voice = {
        (side, voice): (both[f"voice_{side}"] == voice).to_numpy() for side in ("one", "other") for voice in VOICES
    }
    counts = {f"{voice}_{side}": summed(rows) for (side, voice), rows in is_voice.items()}
    only_one = summed(is_voice["one", "agentless"] & is_voice["other", "active"])
    only_other = summed(is_voice["other", "agentless"] & is_voice["one", "active"])
    whole = summed(np.ones(len(both)))
    found = bootstrap(only_one - only_other, whole, seed=seed, proportions=False)
    drawn = both["drawn"].to_numpy(float) / np.maximum(weight, 1e-9)  # the two that are drawn count once
    tested = summed(drawn * (is_voice["one", "agentless"] & is_voice["other", "active"]))
    tested -= summed(drawn * (is_voice["other", "agentless"] & is_voice["one", "active"]))
    p_values = sign_tests(tested.round(9), seed)
    total = whole.sum(axis=0)
    with np.errstate(invalid="ignore"):
        rates = [(side.sum(axis=0) / total).round(6) for side in (only_one, only_other)]
    return PASSIVES.frame(
        {
            "version": [sides.version] * len(pairs),
            "one": [sides.names[one] for one, _ in pairs],
            "other": [sides.names[other] for _, other in pairs],
            "acts": total.round(6),
            **{name: values.sum(axis=0).round(6) for name, values in counts.items()},
            "only_one": only_one.sum(axis=0).round(6),
            "only_other": only_other.sum(axis=0).round(6),
            "rate_one": rates[0],
            "rate_other": rates[1],
            "difference": found.rate.round(6),
            "low": found.low.round(6),
            "high": found.high.round(6),
            "p_value": p_values,
            "q_value": adjusted(p_values),
            "family": [f"passives: {sides.kind}; {sides.version}"] * len(pairs),
            "tests": [int((~np.isnan(p_values)).sum())] * len(pairs),
            "stories": found.stories,
            **_examples(both, column, len(pairs)),
            "validated": [False] * len(pairs),
            "warning": without_test(found.warning, p_values, found.stories, "no act that both tell with the same verb"),
        }
    )


def same_acts(
    told: Told,
    sides: Sides,
    *,
    verbs: Collection[str] | None = None,
    quotations: bool = False,
    seed: int = 0,
) -> pd.DataFrame:
    """Give every act that two sides tell with the same verb.

    Returns:
        A row per claim, verb and pair of outlets: story, claim_id, verb, side_one, side_other, voice_one,
        voice_other, sentence_one, sentence_other, weight, drawn.
    """
    found = acts(told, quotations=quotations)
    if verbs is not None:
        if isinstance(verbs, str) or not verbs:
            raise InputError(f"verbs is {verbs!r}: give a list of verbs, such as ['killed', 'shot'].")
        found = found[found["verb"].isin({verb_stem(one.casefold()) for one in verbs})]
    rows = told.lines.rename(columns={"voice": "speaks"}).merge(found, on="clause").rename(columns={"voice": "how"})
    rows = rows.rename(columns={"speaks": "voice"})
    # An outlet that tells it both ways in different sentences has no voice for it.
    key = ["claim", "outlet", "verb"]
    rows = rows[rows.groupby(key)["how"].transform("nunique") == 1].drop_duplicates(key)
    # One pair of clauses may belong to several claims.
    both = paired(rows, sides, ["verb"], seed, once=["clause_one", "clause_other", "verb"])
    # The same verb in other company is another act.
    around = {at: company(told, at) for at in {*both["at_one"].tolist(), *both["at_other"].tolist()}}
    same = [bool(around[one] & around[other]) for one, other in zip(both["at_one"], both["at_other"], strict=True)]
    both = both[np.array(same, dtype=bool)]
    both = both.assign(claim_id=both["claim_id_one"], weight=weights(both, ["verb"]))
    both["voice_one"], both["voice_other"] = both["how_one"], both["how_other"]
    both = both.rename(columns={"sentence_id_one": "sentence_one", "sentence_id_other": "sentence_other"})
    columns = ["story", "claim_id", "verb", "side_one", "side_other", "voice_one", "voice_other"]
    return both[[*columns, "sentence_one", "sentence_other", "weight", "drawn"]].reset_index(drop=True)


def _examples(both: pd.DataFrame, column: Any, pairs: int) -> dict[str, list[str | None]]:
    """For each pair of sides an act that one tells in the active and the other without an agent."""
    differs = np.sort(both[["voice_one", "voice_other"]].to_numpy(object).astype(str), axis=1)
    told = both.assign(pair=column)[(differs == ["active", "agentless"]).all(axis=1)]
    first = told.drop_duplicates("pair").set_index("pair").reindex(range(pairs))
    names = ("verb", "claim_id", "sentence_one", "sentence_other")
    return {name: first[name].astype(object).where(first[name].notna(), None).tolist() for name in names}
