"""A reader of the user's own: asked about unsure pairs only, and its answers count half."""

import numpy as np
import pytest

import compare

SURE = ("Ferries to Odder stop on Monday.", "Ferries to Odder stop on Monday.")
UNSURE = ("The ferry company will sell two ships.", "Two ships are to go, the ferry company said after a long meeting.")
OTHER = ("The ferry company will sell two ships.", "Rain is expected in the north.")


class Believer:
    """A reader that agrees with everything, and remembers what it was asked."""

    def __init__(self, answer=1.0):
        self.asked = []
        self.answer = answer

    def read(self, pairs):
        self.asked.append(list(pairs))
        return [self.answer] * len(pairs)


def columns(*pairs):
    return [left for left, _ in pairs], [right for _, right in pairs]


def test_a_reader_is_asked_in_both_directions_and_its_answer_counts_half():
    left, right = columns(SURE, UNSURE, OTHER)
    alone = compare.score_pairs(left, right, reader=None)
    reader = Believer()
    together = compare.score_pairs(left, right, reader=reader)
    assert alone[2] < 0.02 < alone[1] < 0.9
    assert together.tolist() == pytest.approx([(alone[0] + 1) / 2, (alone[1] + 1) / 2, alone[2]], abs=1e-4)
    assert reader.asked == [[SURE, UNSURE], [SURE[::-1], UNSURE[::-1]]]


def test_pairs_say_the_same_only_if_the_reader_says_so_in_both_directions():
    class OneWay:
        def read(self, pairs):
            return [1.0 if left == UNSURE[0] else 0.0 for left, _ in pairs]

    left, right = columns(UNSURE)
    alone = compare.score_pairs(left, right, reader=None)
    assert compare.score_pairs(left, right, reader=OneWay()) == pytest.approx(alone / 2, abs=1e-5)


def test_a_changed_meaning_is_carried_and_altered_and_not_the_same():
    class Doubter:
        def read(self, pairs):
            return [[0.05, 0.9, 0.05]] * len(pairs)

    left, right = columns(UNSURE)
    assert compare.score_pairs(left, right, reader=Doubter())[0] < compare.score_pairs(left, right, reader=None)[0]
    tracked = compare.track_claims([{"outlet": "Odder Post", "text": UNSURE[1]}], [UNSURE[0]], reader=Doubter())
    assert tracked[["state", "changes"]].to_numpy().tolist() == [["altered", "meaning"]]


def test_tracked_claims_are_read_again_and_their_states_follow():
    articles = [{"outlet": "Odder Post", "text": UNSURE[1]}, {"outlet": "Coast Radio", "text": OTHER[1]}]
    states = {}
    for answer in (0.0, 1.0):
        tracked = compare.track_claims(articles, [UNSURE[0]], reader=Believer(answer))
        states[answer] = dict(zip(tracked["outlet"], tracked["state"], strict=True))
    assert states[1.0]["Odder Post"] in ("paraphrased", "partial")
    assert states[0.0]["Odder Post"] == "undecided"
    assert states[1.0]["Coast Radio"] == states[0.0]["Coast Radio"] == "omitted"


@pytest.mark.medium
def test_a_reader_may_doubt_a_sentence_that_belongs_to_the_claim(demo):
    doubted = compare.compare_story(compare.read_demo(), reader=Believer(0.0)).coverage
    both = demo.coverage.merge(doubted, on=["claim_id", "outlet"], suffixes=("", "_doubted"), validate="1:1")
    unsure = both[(both["probability"] >= 0.15) & (both["probability"] < 0.89)]
    assert len(unsure) > 100
    assert (unsure["probability_doubted"] < unsure["probability"]).all()


def test_a_claim_of_several_sentences_is_read_sentence_by_sentence():
    class Counter(Believer):
        def read(self, pairs):
            self.asked.append(list(pairs))
            return [[0.9, 0.05, 0.05] if "sell" in claim else [0.1, 0.8, 0.1] for claim, _ in pairs]

    reader = Counter()
    claim = "The ferry company will sell two ships. It hopes for a better summer."
    text = "Two ships are to be sold by the ferry company. It fears a worse summer."
    row = compare.track_claims([{"outlet": "Odder Post", "text": text}], [claim], reader=reader).iloc[0]
    assert {asked for pairs in reader.asked for asked, _ in pairs} == set(
        claim.replace("ships. ", "ships.|").split("|")
    )
    assert row["state"] == "altered", "one of its sentences is"


def test_a_reader_may_say_what_manifests_are_to_call_it():
    reader = Believer()
    record = {"outlet": "Odder Post", "text": UNSURE[1]}
    assert compare.compare_story([record], reader=reader).reader_name == f"{__name__}.Believer"
    reader.recorded = "believer 7B"
    assert compare.compare_story([record], reader=reader).reader_name == "believer 7B"
    reader.recorded = 7
    assert compare.compare_story([record], reader=reader).reader_name == f"{__name__}.Believer"


def test_a_story_keeps_its_reader_for_tracking():
    reader = Believer()
    records = [
        {"outlet": "Odder Post", "text": f"{UNSURE[1]} {SURE[0]}"},
        {"outlet": "Coast Radio", "text": f"{UNSURE[0]} {OTHER[1]}"},
    ]
    story = compare.compare_story(records, reader=reader)
    assert reader.asked
    reader.asked.clear()
    story.track([UNSURE[0]])
    assert [claim for pairs in reader.asked for claim, _ in pairs] == [UNSURE[0]], "the other article says just this"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            [0.5, 0.5],
            "the reader gave an array of shape (2,) for 1 pair: give three probabilities a pair (carried, changed, "
            "not carried), or one (carried).",
        ),
        ([1.5], "the reader gave numbers outside [0, 1] or NaN: give probabilities, not scores."),
        (
            ["sure"],
            "the reader gave no numbers (could not convert string to float: 'sure'): give three probabilities a pair.",
        ),
        ([np.nan], "the reader gave numbers outside [0, 1] or NaN: give probabilities, not scores."),
    ],
)
def test_a_broken_reader_is_named(answer, message):
    class Broken:
        def read(self, _):
            return answer

    with pytest.raises(compare.InputError) as caught:
        compare.score_pairs(*columns(UNSURE), reader=Broken())
    assert str(caught.value) == message


@pytest.mark.parametrize("reader", [Believer, len])
def test_what_is_no_reader_is_named(reader):
    with pytest.raises(compare.InputError, match=r"^the reader is .*: give an object with a method read\(pairs\)\.$"):
        compare.score_pairs(*columns(UNSURE), reader=reader)


def test_a_reader_of_an_unknown_name_is_named():
    message = (
        "the reader is 'nli': give \"small\" (the shipped one), None (words only) or an object with a method "
        "read(pairs)."
    )
    for ask in (
        lambda: compare.score_pairs(*columns(UNSURE), reader="nli"),
        lambda: compare.compare_story(compare.read_demo(), reader="nli"),
        lambda: compare.compare_corpus([{"outlet": "A", "text": "B.", "story_id": "s"}], reader="nli"),
    ):
        with pytest.raises(compare.InputError) as caught:
            ask()
        assert str(caught.value) == message


def test_a_reader_may_be_off_by_a_rounding():
    assert compare.score_pairs(*columns(UNSURE), reader=Believer(1.0000001)) == compare.score_pairs(
        *columns(UNSURE), reader=Believer(1.0)
    )


class Accuser:
    """A reader that finds everything carried, and with its meaning changed where a word of the passage says so."""

    def __init__(self, word, kind=""):
        self.word, self.kind, self.asked = word, kind, []

    def read(self, pairs):
        self.asked.append(list(pairs))
        return [[0.04, 0.95, 0.01] if self.word in passage else [0.97, 0.02, 0.01] for _, passage in pairs]

    def kind_of(self, _claim, passage):
        return self.kind if self.word in passage else ""


LENIENT = compare.Settings(carried_at=0.4, undecided_from=0.3)


def tracked(text, reader, claim=UNSURE[0], **options):
    return compare.track_claims([{"outlet": "Odder Post", "text": text}], [claim], reader=reader, **options).iloc[0]


def test_a_reader_that_gives_one_number_leaves_changes_to_the_rules():
    row = tracked("All 14 passengers were rescued.", Believer(0.9), claim="All 40 passengers were rescued.")
    assert (row["state"], row["changes"]) == ("altered", "number")


def test_the_kind_that_a_reader_names_counts_where_no_rule_names_one():
    assert tracked(UNSURE[1], Accuser("meeting", "time"))["changes"] == "time"
    claim = "All 40 passengers were rescued by the crew."
    assert tracked("All 14 passengers were rescued by the crew.", Accuser("14", "time"), claim)["changes"] == "number"


def test_a_kind_that_is_none_is_named():
    with pytest.raises(compare.InputError, match=r"^the reader named 'mood' as what was changed: give one of number, "):
        tracked(UNSURE[1], Accuser("meeting", "mood"))


def test_a_kind_that_is_none_is_named_for_a_claim_of_several_sentences_too():
    claim = f"{UNSURE[0]} Its chairman has resigned over the matter."
    assert tracked(UNSURE[1], Accuser("meeting", "time"), claim, settings=LENIENT)["changes"] == "time"
    with pytest.raises(compare.InputError, match=r"^the reader named 'mood' as what was changed: give one of number, "):
        tracked(UNSURE[1], Accuser("meeting", "mood"), claim, settings=LENIENT)


def test_three_numbers_that_are_no_probabilities_are_named():
    class Loud:
        def read(self, pairs):
            return [[0.9, 0.9, 0.9]] * len(pairs)

    message = "^the reader gave three numbers that do not add up to 1: give probabilities.$"
    with pytest.raises(compare.InputError, match=message):
        tracked(UNSURE[1], Loud())


def test_a_claim_inside_a_denial_is_read_and_one_that_is_a_sentence_is_not():
    reader = Believer(0.1)
    claim = "The ferry company will sell two ships."
    tracked("Nobody here believes the rumour that the ferry company will sell two ships.", reader, claim)
    assert len(reader.asked[0]) == 1
    reader = Believer(0.1)
    row = tracked("Rain fell. The ferry company will sell two ships. It was dark.", reader, claim)
    assert [pair for pairs in reader.asked for pair in pairs] == []
    assert row["state"] == "verbatim"


def test_what_a_claim_lacks_is_no_change_of_it():
    class Half:
        def read(self, pairs):
            return [[0.97, 0.02, 0.01] if "sell" in claim else [0.002, 0.008, 0.99] for claim, _ in pairs]

    claim = "The ferry company will sell two ships. Its chairman has resigned over the matter."
    row = tracked("Two ships are to go, the ferry company said after a long meeting. Rain fell.", Half(), claim)
    assert row["changes"] == ""
    assert row["probability"] < tracked(UNSURE[1], Half())["probability"]


def test_the_sentence_that_accuses_is_the_evidence():
    text = (
        "The ferry company is short of money. It met in Odder on Monday. Its chairman, who has led it for ten years, "
        "said nothing. Both vessels named in the plan stay, it decided in the end."
    )
    row = tracked(text, Accuser("stay"), claim="The ferry company decided to sell two vessels.")
    assert row["state"] == "altered"
    assert "stay" in row["evidence"]


def test_a_reader_is_shown_what_a_passage_leans_on_and_no_whole_article():
    reader = Believer(0.5)
    filler = (
        "Rain fell on the quay while gulls cried over the harbour and nobody came to look at the boats there. " * 40
    )
    text = f"Ines Kroll, the director, met the press in Odder. She said two ferries would be sold. {filler}"
    tracked(text, reader, claim="Kroll announced the sale of two ferries.")
    (_, shown) = reader.asked[0][0]
    assert shown.startswith("Ines Kroll, the director, met the press in Odder. She said two ferries would be sold.")
    assert len(shown.split()) <= 120 + shown.count("[...]")


def test_nothing_is_asked_below_read_from_and_states_follow_the_cut_offs():
    reader = Believer(1.0)
    settings = compare.Settings(read_from=0.9)
    assert tracked(UNSURE[1], reader, settings=settings)["state"] != "omitted"
    assert reader.asked == []
    accuser = Accuser("meeting")
    assert tracked(UNSURE[1], accuser)["state"] == "altered"
    patient = compare.Settings(altered_at=0.99, altered_named_at=0.99)
    assert tracked(UNSURE[1], accuser, settings=patient)["state"] in ("paraphrased", "partial")


def test_a_rule_that_names_a_change_cannot_speak_against_it():
    with pytest.raises(
        compare.SettingsError, match=r"^setting altered_named_at is 0\.9 and altered_at is 0\.2: a rule that "
    ):
        compare.Settings(altered_at=0.2, altered_named_at=0.9)


def test_an_article_of_boilerplate_alone_and_one_of_several_are_survived():
    articles = [
        {"outlet": "Odder Post", "text": "Read more: Sign up for our newsletter."},
        {"outlet": "Coast Radio", "text": UNSURE[1]},
        {"outlet": "Coast Radio", "text": OTHER[1]},
    ]
    with pytest.warns(compare.InputWarning, match="no sentence to compare"):
        story = compare.compare_story(articles, reader=Believer(0.9))
    assert set(story.coverage["outlet"]) == {"Odder Post", "Coast Radio"}
    with pytest.warns(compare.InputWarning, match="no sentence to compare"):
        assert story.track([UNSURE[0]])["state"].iloc[0] == "undecided"
