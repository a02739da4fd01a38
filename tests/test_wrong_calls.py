"""A name that is nearly right is offered, and a call that lacks an argument says which, in Python as in files."""

import inspect
import pickle
import warnings

import pandas as pd
import pytest

import compare
from compare.claims.codebook import read_claims
from compare.errors import near_name

TEXT = "The lighthouse at Perrin Head went dark on Friday. Two keepers rowed ashore at dawn."
RECORDS = [{"outlet": "Kittiwake", "text": TEXT}, {"outlet": "Tern Weekly", "text": TEXT.replace("Friday", "Monday")}]


@pytest.fixture(scope="module")
def story():
    return compare.compare_story(RECORDS, reader=None)


@pytest.fixture(scope="module")
def corpus():
    stories = [
        {**record, "story_id": name, "text": f"{record['text']} This is story {name}."}
        for name in ("one", "two")
        for record in RECORDS
    ]
    return compare.compare_corpus(stories, reader=None)


def test_a_near_name_is_found_by_its_letters_alone():
    known = ["Tern Weekly", "claim_id", "keep"]
    assert near_name("TERN-WEEKLEY", known) == "Tern Weekly"
    assert near_name("Claim ID", known) == "claim_id"
    assert near_name("kept", known) == "keep"
    assert near_name("date", ["data set", "state of it"]) is None
    assert near_name("anything", []) is None


def test_every_place_offers_the_same_name(story, tmp_path):
    table = tmp_path / "articles.csv"
    table.write_text(f'outlet,contnet\nKittiwake,"{TEXT}"\n', encoding="utf-8")
    with pytest.raises(compare.InputError, match='did you mean "contnet"'):
        compare.read_articles(table, fields={"text": "content"})
    with pytest.raises(compare.InputError, match="did you mean Kittiwake"):
        story.omitted_by("Kitiwake")
    with pytest.warns(compare.InputWarning) as told:
        story.report(tmp_path / "report.html", groups={"Kitiwake": "left", "Tern Weekly": "right"}, plotly=False)
    assert "'Kitiwake' (did you mean 'Kittiwake'?)" in str(told[0].message)
    with pytest.warns(compare.InputWarning, match='give it a name that begins with "alternative"'):
        read_claims(pd.DataFrame({"claim_id": ["a"], "claim": ["The light is out."], "alternatve_1": ["It is dark."]}))
    with pytest.raises(compare.InputError, match="did you mean light"):
        read_claims(
            pd.DataFrame({"claim_id": ["light", "b"], "claim": ["It is out.", "Out."], "part_of": ["", "ligth"]})
        )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda _story, _corpus: compare.compare_story(),
            "compare_story() lacks articles (whatever `read_articles` reads: a DataFrame, a folder, files, or records, "
            "all of one story): write compare_story(articles).",
        ),
        (
            lambda _story, _corpus: compare.track_claims(RECORDS),
            "track_claims() lacks claims (a list of claims): write track_claims(articles, claims).",
        ),
        (lambda story, _: story.lineage(), "lineage() lacks previous: write lineage(previous)."),
        (lambda story, _: story.figures.difference("Kittiwake"), "write difference(one, other)."),
        (lambda _, corpus: corpus.story(), "story() lacks story_id: write story(story_id)."),
        (lambda _, corpus: corpus.omissions.gaps(), "gaps() lacks groups: write gaps(groups)."),
        (lambda _story, _corpus: compare.LanguageModelReader(), "LanguageModelReader() lacks url"),
    ],
)
def test_a_call_without_its_argument_says_which_and_what_to_write(call, said, story, corpus):
    with pytest.raises(TypeError) as error:
        call(story, corpus)
    assert said in str(error.value)


def test_other_wrong_calls_and_errors_inside_stay_as_they_are(story):
    with pytest.raises(TypeError, match="unexpected keyword argument 'outlets'"):
        story.omitted_by(outlets="Kittiwake")
    with pytest.raises(TypeError, match="takes 2 positional arguments but 3 were given"):
        story.omitted_by("Kittiwake", 3)

    class TakesNothing:
        def encode(self):
            raise AssertionError

    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        compare.compare_story(RECORDS, reader=None, encoder=TakesNothing())


def test_every_public_function_keeps_its_signature_and_can_be_pickled():
    functions = [getattr(compare, name) for name in compare.__all__ if inspect.isfunction(getattr(compare, name))]
    assert len(functions) > 15
    for function in functions:
        assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301 - made in the line
        assert "args" not in inspect.signature(function).parameters
        needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
        if needed:
            with pytest.raises(TypeError, match=rf"^{function.__name__}\(\) lacks {needed[0].name}.*: write "):
                function()


def test_a_warning_names_the_line_that_called_however_deep(story, corpus):
    cut = [{"outlet": "Gannet", "text": ""}, *RECORDS]
    for call in (
        lambda: compare.read_articles(cut, skip_bad=True),
        lambda: story.track(["Der Leuchtturm von Perrin Head ist seit Freitag dunkel, und niemand wei\u00df warum."]),
        lambda: corpus.differences(groups={"Kittiwake": "a", "Tern Weekly": "b", "Ghost": "a"}),
    ):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            call()
        assert [one.filename for one in caught if one.category is compare.InputWarning][:1] == [__file__]
