"""What a story's first screen says of outlets passes a bar of its own, or is not said."""

from dataclasses import replace

import pytest
from report_stories import comparison_of

from compare.language.standing import lacks, stands_alone
from compare.report.story.bar import is_understood
from compare.report.story.findings import NOTHING_SURE, brief_of
from compare.report.story.page import render_page
from compare.report.story.quotations import quotations_of
from compare.report.story.view import view_of
from compare.tables import CARRIED

OUTLETS = ("Gannet", "Orrery", "Ledger", "Pilot", "Beacon")
STATES = {"=": "verbatim", "~": "paraphrased", "!": "altered", "?": "undecided", ".": "omitted"}
FERRY = "The Selwick ferry will stop running to Pellin Point in September."
BRIDGE = "Harlow council has closed the old bridge at Tarnley to lorries."
SURE = "=.99 ~.95 ~.93 ~.90"


def story(cells, *, copies=(), matches=(), quotes=(), changes="number", proven=True, text="A sentence", own=""):
    """Build a story of five outlets: claims with a state and a probability each, `=.99 ~.95 ~.93 ~.90 ..05`.

    Every outlet has a sentence for each claim, `text`, the last one `own`, if it is given. `copies` are outlets with
    one text, `proven` says whether words prove the `changes` of who alters a claim, `matches` are pairs of
    (claim, outlet) whose sentences match, `quotes` rows of (outlet, state, gone, same_speaker) for a quotation of the
    first claim.
    """
    key = lambda claim, outlet: f"{outlet}:{claim}"  # noqa: E731 - a name for what it gives
    coverage, mentions = [], []
    for number, row in enumerate(cells.values()):
        for outlet, cell in zip(OUTLETS, row.split(), strict=True):
            state = STATES[cell[0]]
            at = {"claim_id": f"c{number}", "outlet": outlet, "sentence_id": key(number, outlet)}
            kind = changes if state == "altered" else ""
            coverage.append(at | {"state": state, "probability": float(cell[1:]), "evidence": "x", "changes": kind})
            if state in CARRIED:
                place = {"start": 10 * number, "end": 10 * number + 9, "role": "member", "probability": 0.9}
                mentions.append(at | {"article_id": outlet} | place)
    sentences = [
        {"sentence_id": key(number, outlet), "article_id": outlet, "index": number}
        | {"text": own if own and outlet == OUTLETS[-1] else text}
        | {"start": 10 * number, "end": 10 * number + 9, "quoted": False, "boilerplate": False}
        for outlet in OUTLETS
        for number in range(len(cells))
    ]
    claim = {"story_id": "s", "kind": "statement", "outlets": 4, "voices": 4, "salience": 0.5}
    wire = [
        {"article_id": one, "outlet": one, "wire": "wire", "group_id": "w", "shared": 1, "added": 0}
        | {"cut": "none", "cut_sentences": 0}
        for one in copies
    ]
    pairs = [
        {"left_id": key(*left), "right_id": key(*right), "probability": 0.6, "changes": ""} for left, right in matches
    ]
    sides = [
        {"claim_id": cell["claim_id"], "claim": "x", "side": side, "changes": changes, "says": "x", "voices": 1}
        | {"outlets": cell["outlet"], "proven": cell["outlet"] if proven else None, "clear": True}
        | {"sentence_id": cell["sentence_id"], "evidence": "x"}
        for side, cell in enumerate(coverage)
        if cell["state"] == "altered"
    ]
    return comparison_of(
        "s",
        articles=[{"article_id": o, "story_id": "s", "outlet": o, "text": "A sentence"} for o in OUTLETS],
        sentences=sentences,
        matches=pairs,
        claims=[claim | {"claim_id": f"c{n}", "claim": text} for n, text in enumerate(cells)],
        mentions=mentions,
        coverage=coverage,
        conflicts=sides,
        quotes=[_quote(*row) for row in quotes],
        wire=wire,
    )


WORDS = "We will keep the ferry running as long as the fuel is paid for"


def _quote(outlet, state, gone="", same=1.0):
    there = state != "absent"
    return {
        "quote_id": "q",
        "claim_id": "c0",
        "outlet": outlet,
        "sentence_id": f"{outlet}:0" if there else None,
        "speaker": "A deckhand" if same < 0.5 else "Mara Quill",
        "text": WORDS.removesuffix(gone) if there else None,
        "kind": "direct" if there else None,
        "state": state,
        "gone": gone,
        "probability": 0.98 if there else None,
        "source": "Mara Quill",
        "same_speaker": same,
        "wording": WORDS,
        "claim_probability": 0.9,
    }


def said(comparison):
    view = view_of(comparison)
    return [str(finding.said.striptags()) for finding in brief_of(view, quotations_of(view)).decisions]


def test_what_four_voices_surely_tell_and_one_outlet_surely_leaves_out_is_told():
    assert said(story({FERRY: f"{SURE} ..05"})) == [
        "Beacon alone leaves out “The Selwick ferry will stop running to Pellin Point in September”, told by 4 of 5 "
        "independent voices (chance that it is carried: 5 %)."
    ]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("=.99 ~.60 !.95 ..05 ..05", "one outlet alone tells it as worded"),
        (f"{SURE} ..30", "the omission is doubtful"),
        ("=.99 ~.60 ~.60 ~.60 ..05", "one outlet alone surely tells it"),
        ("=.99 ~.95 ..05 ..05 ..05", "most leave it out"),
    ],
)
def test_what_is_doubtful_or_rare_is_not_told(cells, why):
    assert said(story({FERRY: cells})) == [], why


@pytest.mark.parametrize("wording", ["It will stop running to Pellin Point.", "Bail refused.", "They did."])
def test_what_does_not_stand_alone_is_not_told(wording):
    assert said(story({wording: f"{SURE} ..05"})) == []


def test_copies_are_one_witness_and_no_copy_leaves_out_what_another_tells():
    cells = {FERRY: "=.99 =.99 ~.60 ~.60 ..05"}
    assert said(story(cells)) != []
    assert said(story(cells, copies=("Gannet", "Orrery"))) == [], "one voice alone surely tells it"
    (told,) = said(story({FERRY: f"{SURE} ..05"}, copies=("Gannet", "Orrery")))
    assert "told by 3 of 4 independent voices (4 of 5 outlets)" in told
    assert said(story({FERRY: f"{SURE} ..05"}, copies=("Pilot", "Beacon"))) == []


def test_a_sentence_or_a_quotation_of_the_outlet_itself_contradicts_an_omission():
    cells = {FERRY: f"{SURE} ..05", BRIDGE: "=.99 ?.40 ?.40 ?.40 =.99"}
    assert len(said(story(cells))) == 1
    assert said(story(cells, matches=[((0, "Gannet"), (1, "Beacon"))])) == []
    assert said(story(cells, quotes=[("Gannet", "full"), ("Beacon", "paraphrased")])) == []


def test_who_names_both_in_one_sentence_may_tell_what_one_did_to_the_other():
    cells = {"Halden Bank will buy its rival Creditum.": f"{SURE} ..05"}
    assert said(story(cells, own="Halden swallows little Creditum.")) == []
    assert len(said(story(cells, own="Halden Bank opened a branch in Tarnley."))) == 1
    assert len(said(story({FERRY: f"{SURE} ..05"}, own="The Selwick market is open."))) == 1


def test_an_alteration_is_told_where_it_is_sure_and_a_word_proves_it():
    cells = {FERRY: "=.99 ~.95 ~.93 ?.40 !.90"}
    assert said(story(cells)) == [
        "Beacon tells it differently (number): “The Selwick ferry will stop running to Pellin Point in September”, "
        "told so by 3 independent voices."
    ]
    for kind in ("number", "negation", "attribution"):
        assert said(story(cells, changes=kind, proven=False)) == [], "no word proves it"
        assert f"tells it differently ({kind})" in said(story(cells, changes=kind))[0]
    otherwise = "Nobody in Selwick will be left without a crossing, 3 councillors have promised."
    assert said(story({FERRY: "=.99 ~.95 ~.93 ?.40 !.70"}, text=FERRY, own=otherwise)) == []
    assert said(story({FERRY: "=.99 ~.70 ~.70 ?.40 !.90"})) == [], "one outlet alone surely tells it as worded"


def test_quotations_given_to_somebody_else_or_cut_short_are_told_where_enough_voices_have_them():
    full = [(outlet, "full") for outlet in OUTLETS[:3]]
    cells = {FERRY: f"{SURE} ?.40"}
    (given,) = said(story(cells, quotes=[*full, ("Beacon", "reattributed", "", 0.05)]))
    assert given == (
        f"Beacon gives “{WORDS}” to a deckhand instead of Mara Quill (95 % sure); 4 independent voices have it."
    )
    assert said(story(cells, quotes=[*full, ("Beacon", "reattributed", "", 0.40)])) == []
    lost = "as long as the fuel is paid for"
    (cut,) = said(story(cells, quotes=[*full, ("Beacon", "trimmed", lost)]))
    assert cut.startswith(f"Beacon trims “{WORDS}”: gone is “{lost}” (98 % sure); 3 independent voices give")
    assert said(story(cells, quotes=[*full[:1], ("Beacon", "trimmed", lost)])) == []
    assert said(story(cells, quotes=[*full, ("Beacon", "trimmed", "We will keep the ferry")])) == [], "not its end"
    beside = "If the fuel is paid for, she said, “we will keep the ferry running”."
    assert said(story(cells, quotes=[*full, ("Beacon", "trimmed", lost)], text=beside)) == [], "in its own words"


def test_what_many_voices_carry_and_few_leave_out_comes_first_and_nothing_twice():
    cells = {BRIDGE: "=.99 ~.95 ~.93 ..05 ..06", FERRY: f"{SURE} ..05"}
    first, second = said(story(cells))
    assert "Selwick ferry" in first
    assert "Pilot and Beacon leave it out (chance that it is carried: 6 % at most)" in second
    twice = story(cells)
    same = twice.coverage["sentence_id"].str.replace(":1", ":0", regex=False)
    assert len(said(replace(twice, coverage=twice.coverage.assign(sentence_id=same)))) == 1, "one passage tells both"


def test_who_may_be_misread_or_tells_it_otherwise_is_not_counted_as_telling():
    wording = "“The Selwick ferry will stop running to Pellin Point in September”"
    for unsure in ("~.60", "?.40", "!.95"):
        (told,) = said(story({FERRY: f"=.99 ~.95 ~.93 {unsure} ..05"}, proven=False))
        assert told == (
            f"{wording} is told by at least 3 of 5 independent voices; Beacon leaves it out (chance that it is "
            "carried: 5 %)."
        )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([f"{SURE} ~.80"] * 2, "2 by all of them; 0"),
        ([f"{SURE} ~.80", f"{SURE} ~.55"], "at least 1 by all of them; 0"),
        ([f"{SURE} ~.55"] * 2, "5 outlets; 0"),
    ],
)
def test_all_tell_a_claim_only_where_each_of_them_surely_does(cells, told):
    view = view_of(story(dict(zip((FERRY, BRIDGE), cells, strict=True))))
    assert told in brief_of(view, []).sum[0].striptags()


def test_another_number_in_nearly_the_same_sentence_comes_first_however_sure_it_is():
    text, other = "Pellin Point lost 18 boats in the storm.", "Pellin Point has lost 28 boats in the storm."
    cells = {BRIDGE: f"{SURE} ..05", FERRY: "=.99 ~.95 ~.93 ?.40 !.60"}
    first, second = said(story(cells, text=text, own=other))
    assert first.startswith("Beacon tells it differently (number)")
    (alone,) = said(story(cells, text=text, own=other, proven=False))
    assert alone.startswith("Beacon alone leaves out"), "what could be one number is none"
    assert second.startswith("Beacon alone leaves out")


def test_outlets_that_all_run_one_text_are_said_to_before_all_else_and_nothing_is_marked():
    comparison = story({FERRY: "=.99 =.99 =.99 =.99 =.99"}, copies=OUTLETS)
    brief = brief_of(view_of(comparison), [])
    assert brief.sum[0].striptags() == "All 5 outlets run the same text: they are one voice, not 5."
    assert NOTHING_SURE not in brief.sum
    assert "Save marks" not in render_page(comparison)
    assert "Save marks" in render_page(story({FERRY: f"{SURE} ..05"}))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        (FERRY, True),
        ("[Mara Quill] will wear the old captain's coat on Sunday.", True),
        ("[The hunter] will wear the old captain's coat on Sunday.", False),
        ("The 31-year-old passed an eye test on Sunday.", False),
        ("The fisherman, 31, came through an eye test on Sunday.", False),
        ("The striker may play against Harlow on Saturday.", False),
        ("The striker Mara Quill may play against Harlow on Saturday.", True),
        ("Owners of 40 boats moored beside the pier and behind it had been warned.", True),
        ("Owners of 40 boats behind it had been told to leave at once.", False),
        ("One of those four has died, it says, and two more fell ill.", False),
        ("The bridge that they were to mend has been closed since April.", False),
        ("The ferry was built by Harlow Marine and launched in 1987.", True),
        ("The ferry was launched with great noise last April.", False),
        ("Selwick council said that it would look at the timetable again.", True),
        ("The police said a man of 40 had been arrested near the old pier.", True),
    ],
)
def test_a_finding_is_understood_without_its_article(text, understood):
    assert is_understood(text) is understood


def test_where_nothing_is_sure_the_page_says_so():
    view = view_of(story({FERRY: "=.60 ~.60 ~.60 ~.60 ..30"}))
    brief = brief_of(view, [])
    assert brief.sum[-1] == NOTHING_SURE
    assert brief.first == ()
    assert NOTHING_SURE not in brief_of(view_of(story({FERRY: f"{SURE} ..05"})), []).sum


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        (FERRY, True),
        ("Mayor Ines Calder said that she would stay in the old port until Friday.", True),
        ("“Two bags and the old brown dog,” she said.", False),
        ("What it says about the ferry company has been kept from public view.", False),
        ("Its contents have not been disclosed to the harbour committee.", False),
        ("Mr Calder received it.", False),
        ("The statement also stressed long-term security for the port.", False),
        ("But luck ran out at breakfast on Tuesday for four harbour thieves.", False),
        ("Where the harbour front has been shifting by miles.", False),
        ("We rang the harbour ministry about the ferry story.", False),
        ("“We rang the ministry about the ferry story,” said Mara Quill of Selwick.", True),
    ],
)
def test_what_stands_alone_names_whoever_it_speaks_of(text, alone):
    assert stands_alone(text) is alone


def test_what_is_cut_out_of_a_sentence_lacks_something():
    assert [lacks(text) for text in ("They left.", "We left Selwick.", "left Selwick", FERRY)] == [3, 2, 1, 0]


def test_an_outlet_whose_name_holds_what_joins_names_is_itself(monkeypatch):
    monkeypatch.setattr("test_findings.OUTLETS", ("Gannet", "Orrery", "Sunday", "Pilot", "Beacon; Sunday"))
    found = said(story({FERRY: f"{SURE} !.95"}))
    assert [one for one in found if one.startswith("Beacon; Sunday tells it differently (number)")] == found[:1] != []
