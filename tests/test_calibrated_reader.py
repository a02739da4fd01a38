"""A reader of one's own, calibrated on coded sheets: its word counts as much as coders found it to be worth."""

import json
import pickle
import zlib

import numpy as np
import pytest
from click.testing import CliRunner
from coded_runs import fill, rewrite, rows_of

import compare
from compare.claims.phrasing import asked
from compare.cli import main

pytestmark = pytest.mark.slow  # pages, bundles or draws by the hundred: not for the edit loop


def is_true(claim):
    """What the invented coders say, whatever the words: a half of the claims is carried by everybody."""
    return zlib.crc32(claim.encode()) % 2 == 0


class Knowing:
    """A reader that knows what the coders will say, and remembers what it was asked."""

    def __init__(self, sure=0.9):
        self.sure, self.asked = sure, []

    def read(self, pairs):
        self.asked += pairs
        p = np.array([self.sure if is_true(claim) else 1 - self.sure for claim, _ in pairs])
        return np.column_stack([p, 0 * p, 1 - p])

    def kind_of(self, _claim, _passage):
        return "time"


class Guessing:
    """A reader that is always sure, and knows nothing; it gives one number."""

    def read(self, pairs):
        return [0.99 if zlib.crc32(passage.encode()) % 2 else 0.01 for _, passage in pairs]


def coded(story, folder, n=120, code=None):
    sample = compare.sample_decisions(story, n, coders=2)
    sample.write(folder)
    claim = sample.units.set_index("unit")["claim"].map(asked)  # what is asked of a reader, too
    answer = code or (lambda unit: "part" if is_true(claim[unit]) else "no")
    return [fill(folder, coder, answer) for coder in sample.assigned]


@pytest.fixture(scope="module")
def knowing(sheets):
    return compare.calibrated(Knowing(), sheets)


@pytest.fixture(scope="module")
def sheets(demo, tmp_path_factory):
    return coded(demo, tmp_path_factory.mktemp("coded") / "sheets")


def test_a_reader_that_knows_counts_more_than_words_and_one_that_guesses_less(sheets, knowing):
    guessing = compare.calibrated(Guessing(), sheets)
    assert knowing.opinion_weights.reader > 1
    assert knowing.opinion_weights.words < 0.3
    assert guessing.opinion_weights.reader < 0.1
    assert guessing.kind_of("a", "b") == ""
    fit = knowing.fit["brier"]
    assert fit["calibrated"] < 0.05 < fit["half each"] < fit["words alone"]
    assert guessing.fit["brier"]["calibrated"] < guessing.fit["brier"]["half each"]
    assert knowing.fit["auc"]["calibrated"] == pytest.approx(1)
    assert 40 <= knowing.cells <= 120
    assert 10 <= knowing.carried <= knowing.cells - 10
    assert f"{knowing.cells} coded decisions about {knowing.claims} claims ({knowing.carried} carried)" in repr(knowing)


def test_a_comparison_goes_by_the_weights(sheets, demo):
    articles = compare.read_demo()
    claims = demo.claims["claim"].tolist()
    reader = compare.calibrated(Knowing(0.6), sheets)
    half = compare.track_claims(articles, claims, reader=Knowing(0.6))
    fitted = compare.track_claims(articles, claims, reader=reader)
    truth = half["claim"].map(is_true)
    unsure = half["probability"].between(0.3, 0.7)
    assert unsure.sum() > 50

    def error(table):
        return ((table["probability"] - truth)[unsure] ** 2).mean()

    assert error(fitted) < 0.6 * error(half)
    again = compare.track_claims(articles, claims, reader=pickle.loads(pickle.dumps(reader)))  # noqa: S301 - our own
    assert again.equals(fitted)


def test_it_is_asked_what_a_comparison_would_ask(sheets, demo):
    during, within = Knowing(), Knowing()
    compare.calibrated(during, sheets)
    compare.track_claims(compare.read_demo(), demo.claims["claim"].tolist(), reader=within)
    assert during.asked
    assert set(during.asked) <= set(within.asked)


def test_sheets_calibrate_what_they_were_not_drawn_from(knowing):
    articles = [{"outlet": "Odder Post", "text": "Two ships are to go, the ferry company said after a long meeting."}]
    claims = ["The ferry company wants to sell two ships.", "The ferry company will sell two ships."]
    assert [is_true(claim) for claim in claims] == [False, True]
    tracked = compare.track_claims(articles, claims, reader=knowing)
    assert tracked["probability"].iloc[0] < 0.1
    assert tracked["probability"].iloc[1] > 0.9


def test_manifests_name_the_reader_and_its_weights(sheets, knowing):
    record = {"outlet": "Odder Post", "text": "Two ships are to go."}
    name = compare.compare_story([record], reader=knowing).reader_name
    assert name == f"{__name__}.Knowing, {name[-19:]}"
    assert name[-19:-8] == "calibrated "
    assert compare.calibrated(Knowing(), sheets).recorded == name
    assert compare.calibrated(Knowing(0.8), sheets).recorded != name
    assert knowing.kind_of("a", "b") == "time"


def test_too_small_a_sample_is_refused_and_nobody_is_asked(demo, tmp_path):
    reader = Knowing()
    small = coded(demo, tmp_path / "small", 40)
    with pytest.raises(compare.InputError) as caught:
        compare.calibrated(reader, small)
    told = str(caught.value)
    assert told.startswith(f"{small[0]}: of 40 coded decisions, words alone leave ")
    assert told.endswith(
        " claims); to calibrate one, 40 are needed, 10 of each, about 5 claims: have more units coded (storydiff "
        "sample --units N), or leave the sheets out, and the reader counts half."
    )
    alike = coded(demo, tmp_path / "alike", code=lambda _: "yes")
    with pytest.raises(compare.InputError, match=r"carried and 0 not, about "):
        compare.calibrated(reader, alike)
    assert reader.asked == []


@pytest.mark.parametrize("reader", ["small", None])
def test_only_a_reader_of_ones_own_is_calibrated(reader, sheets):
    with pytest.raises(
        compare.InputError, match=r"^the reader is .*, which needs no calibration: give one of your own"
    ):
        compare.calibrated(reader, sheets)


def test_answers_of_the_form_are_tied_to_the_articles_beside_the_key(demo, tmp_path):
    folder = tmp_path / "sheets"
    paths = coded(demo, folder)
    rows = rows_of(paths[0])
    answers = {
        "storydiff": "answers",
        "sample": rows[0]["sample"],
        "coder": "coder-1",
        "answers": [{name: row[name] for name in ("unit", "code")} for row in rows],
    }
    saved = tmp_path / "coder-1.answers.json"
    saved.write_text(json.dumps(answers), encoding="utf-8")
    key = folder / "key.parquet"
    assert compare.calibrated(Knowing(), saved, key).cells > 40
    for path in paths:
        path.unlink()
    with pytest.raises(compare.InputError, match=r"^the article of unit u\w+ is in no CSV sheet; leave the sheets of "):
        compare.calibrated(Knowing(), saved, key)
    rewrite(folder / "coder-1.csv", [{**row, "article": " "} for row in rows])
    with pytest.raises(compare.InputError, match=r"is in no CSV sheet"):
        compare.calibrated(Knowing(), saved, key)


def test_half_a_vote_is_half_the_truth(demo, tmp_path):
    paths = coded(demo, tmp_path / "sheets")
    rows = rows_of(paths[1])
    rewrite(paths[1], [row | {"code": {"part": "no", "no": "part"}[row["code"]]} for row in rows])
    divided, agreed = compare.calibrated(Knowing(), paths), compare.calibrated(Knowing(), paths[:1])
    assert divided.opinion_weights.reader < agreed.opinion_weights.reader


@pytest.fixture
def model(monkeypatch):
    made = []

    class Model(Knowing):
        def __init__(self, url, model):
            super().__init__()
            self.recorded = f"{model} at {url}"
            made.append(self)

    monkeypatch.setattr(compare, "LanguageModelReader", Model)
    return made


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "two.jsonl"
    rows = [
        {"story_id": name, "outlet": outlet, "text": text}
        for name in ("ferry", "again")
        for outlet, text in (
            ("Odder Post", f"Two ships are to go, the ferry company said after a long {name} meeting."),
            ("Coast Radio", f"The ferry company will sell two ships. Rain is expected in the north for the {name}."),
        )
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


LLM = ("--reader", "http://localhost:1/v1#qwen")


@pytest.mark.slow
def test_on_the_command_line_every_verb_that_compares_takes_sheets(model, sheets, articles, tmp_path):
    folder = sheets[0].parent
    with_sheets = (*LLM, "--sheets", folder)
    one = (articles, "--story", "ferry")
    track = run("track", *one, "--claim", "The ferry company wants to sell two ships.", "--json", *with_sheets)
    assert track.exit_code == 0, track.stderr
    assert [json.loads(line)["state"] for line in track.stdout.splitlines()] == ["omitted", "omitted"]
    assert track.stderr.startswith("storydiff: the reader is calibrated on ")
    assert "squared error, cross-validated by claim: 0.0" in track.stderr
    asked = (
        ("claims", *one, "--json", *with_sheets),
        ("report", *one, "-o", tmp_path / "page.html", *with_sheets),
        ("corpus", articles, "-o", tmp_path / "run", *with_sheets),
    )
    for arguments in asked:
        result = run(*arguments)
        assert result.exit_code == 0, result.stderr
        assert "storydiff: the reader is calibrated on " in result.stderr
    name = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))["reader"]
    assert name.startswith("qwen at http://localhost:1/v1, calibrated ")
    assert name in (tmp_path / "page.html").read_text(encoding="utf-8")
    of_run = run("track", tmp_path / "run", "--claim", "Two ships are to go.", *with_sheets)
    assert "storydiff: the reader is calibrated on " in of_run.stderr
    assert len(model) == 5


def test_on_the_command_line_sheets_without_a_model_are_refused(model, sheets, articles, tmp_path):
    for verb, *more in (
        ("track", articles, "--claim", "x", "--sheets", sheets[0]),
        ("claims", articles, "--sheets", sheets[0]),
        ("claims", articles, "--reader", "small", "--sheets", sheets[0]),
        ("corpus", articles, "-o", tmp_path / "run", "--reader", "none", "--sheets", sheets[0]),
    ):
        result = run(verb, *more)
        assert (result.exit_code, result.stderr) == (
            2,
            "storydiff: --sheets says how far a language model can be trusted; add --reader URL#MODEL.\n",
        )
    result = run("track", articles, "--claim", "x", *LLM, "--key", "key.parquet")
    assert (result.exit_code, result.stderr) == (2, "storydiff: --key belongs to sheets; add --sheets FILE.\n")
    assert model == []


def test_sheets_of_a_run_still_say_how_often_it_is_right(model, sheets, articles, tmp_path):
    folder = tmp_path / "run"
    corpus = compare.compare_corpus(articles, store=folder, reader=None)
    paths = coded(corpus, tmp_path / "sheets", 12, lambda unit: "yes" if unit > "u8" else "no")
    result = run("report", folder, "--sheets", paths[0].parent, "-o", tmp_path / "page.html")
    assert result.exit_code == 0, result.stderr
    assert "precision" in result.stdout
    assert "calibrated" not in result.stderr
    refused = run("report", folder, *LLM, "--sheets", paths[0].parent, "-o", tmp_path / "page.html")
    assert refused.stderr == (
        f"storydiff: --reader is for articles, but the stories of {folder} have already been compared.\n"
    )
    output = sheets[0]
    assert run("track", articles, "--claim", "x", *LLM, "--sheets", output, "-o", output).stderr == (
        f"storydiff: {output}: is an input and would be overwritten; give -o another name.\n"
    )
    assert model == []
