"""Whatever is given: no traceback, no waiting, one sentence, exit code 2, and nothing written."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from malformed_inputs import STORY, attack, valid

import compare
from compare.claims.codebook import read_claims
from compare.cli import main
from compare.cli.terminal import _letters, tracked_as_text
from compare.progress import hidden

ESCAPES = "\x1b[2J\x1b]0;owned\x07\u202e\nstorydiff: all is well"
CLAIM = ("--claim", "The ferry sank.")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A valid file or folder of every kind, which tests only copy."""
    return valid(tmp_path_factory.mktemp("valid") / "whole")


@pytest.fixture
def own(whole, tmp_path, monkeypatch):
    """A copy of most of them, as the working directory."""
    unread = shutil.ignore_patterns("full", "none", "*.xlsx", "*.html", "*.zip")
    shutil.copytree(whole, tmp_path / "own", ignore=unread)
    monkeypatch.chdir(tmp_path / "own")
    return tmp_path / "own"


def run(*words):
    with hidden(True):
        return CliRunner().invoke(main, list(map(str, words)))


def refused(*words):
    """Give the one sentence of a command that is refused."""
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, ""), done.exception
    assert done.stderr.startswith("storydiff: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr[:-1].isprintable()
    return done.stderr


@pytest.mark.slow
def test_no_malformed_input_gives_a_traceback_or_is_half_written(whole):
    """`python tests/malformed_inputs.py 10000` tries more, and every command."""
    assert [wrong for number in range(500) if (wrong := attack(whole, number, quick=True))] == []


# What is no file -----------------------------------------------------------------------------------------------------

OPENED = [
    ("claims", "PIPE.jsonl"),
    ("report", "PIPE.txt"),
    ("track", "story.csv", "--codebook", "PIPE.csv"),
    ("claims", "story.csv", "--settings", "PIPE.toml"),
    ("report", "story.csv", "--groups", "PIPE.csv"),
    ("agree", "sheets/coder-1.csv", "--key", "PIPE.parquet"),
    ("agree", "PIPE.csv", "--key", "sheets/key.parquet"),
    ("export", "story.csv", "--reader", "none", "-o", "out/set", "--about", "PIPE.toml"),
    ("export", "story.csv", "--reader", "none", "-o", "out/set", "--hmac-key", "PIPE.key"),
]


@pytest.mark.parametrize("words", OPENED, ids=" ".join)
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "loop"])
def test_what_is_no_file_is_not_waited_for(own, words, kind):
    name = next(word for word in words if word.startswith("PIPE"))
    if kind == "pipe":
        os.mkfifo(name)
    elif kind == "device":
        Path(name).symlink_to("/dev/zero")
    elif kind == "loop":
        Path(name).symlink_to(name)
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(name)
    assert name in refused(*words)
    assert list((own / "out").iterdir()) == []


@pytest.mark.usefixtures("own")
def test_a_link_that_leads_back_to_itself_is_no_place_to_write():
    Path("loop").symlink_to("loop")
    assert "loop: does not exist" in refused("report", "loop")
    for words in (("report", "story.csv"), ("claims", "story.csv", "--reader", "none")):
        assert refused(*words, "-o", "loop").startswith("storydiff: loop: ")
    with pytest.raises(compare.InputError, match="symbolic links"):
        compare.compare_story(STORY, reader=None).report("loop")


# Too much ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--coders", "1" + "0" * 12), "coders is 1000000000000: give their number, up to 1000, or their names"),
        (("--coders", "9" * 5000), "give their number, up to 1000"),
        (("--coders", "n" * 300), "of up to 80 letters"),
        (("--units", "-3"), "n is -3"),
        (("--margin", "nan"), "the margin is nan"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_refused(own, options, sentence):
    assert sentence in refused("sample", "run", "-o", "out/sheets", *options)
    assert list((own / "out").iterdir()) == []


@pytest.mark.usefixtures("own")
def test_a_seed_below_zero_is_refused():
    done = run("sample", "run", "-o", "out/sheets", "--seed=-1")
    assert done.exit_code == 2
    assert "-1 is not in the range x>=0" in done.stderr
    with pytest.raises(compare.InputError, match="seed is -1: give a whole number"):
        compare.sample_decisions(compare.open_run("run"), seed=-1)


def test_more_articles_than_pairs_of_letters_have_a_column_each():
    rows = [
        {
            "story_id": "ferry",
            "claim_id": f"c{claim}",
            "claim": "The ferry sank.",
            "wording": "The ferry sank.",
            "article_id": f"a{number}",
            "outlet": f"Outlet {number}",
            "state": "verbatim",
            "probability": 0.9,
            "changes": "",
            "evidence": "The ferry sank.",
        }
        for claim in range(6)
        for number in range(40)
    ]
    letters = _letters()
    named = [next(letters) for _ in range(18_278)]
    assert (named[:3], named[26], named[701:703], named[-1]) == (["A", "B", "C"], "AA", ["ZZ", "AAA"], "ZZZ")
    assert "AN Outlet 39" in tracked_as_text(pd.DataFrame(rows))


@pytest.mark.medium
def test_a_story_of_eight_hundred_outlets_is_shown(tmp_path):
    path = tmp_path / "many.jsonl"
    lines = [json.dumps({"outlet": f"Outlet {number}", "text": "The ferry sank."}) + "\n" for number in range(800)]
    path.write_text("".join(lines), encoding="utf-8")
    done = run("claims", path, "--reader", "none")
    assert done.exit_code == 0, done.exception
    assert "ADT Outlet " in done.stdout


def test_a_long_chain_of_merged_claims_is_followed_once(own):
    rows = [f'm{number},"Boat {number} sank.",m{number + 1}\n' for number in range(5000)]
    book = "claim_id,claim,merge_into\n" + "".join(rows) + 'm5000,"The last boat sank.",\n'
    (own / "book.csv").write_text(book, encoding="utf-8")
    assert len(read_claims(own / "book.csv")) == 1


@pytest.mark.parametrize("name", ["settings.toml", "about.toml", "run/run.json", "sheets/coder-1.answers.json"])
@pytest.mark.parametrize(
    "content", ['{"a": ' * 50_000, "[" * 50_000, "a = " + "[" * 900, "x = 0", '{"a": ' + "9" * 5000]
)
def test_a_file_that_is_nested_without_end_is_named(own, name, content):
    (own / name).write_text(content, encoding="utf-8")
    commands = {
        "settings.toml": ("claims", "story.csv", "--settings", name),
        "about.toml": ("export", "story.csv", "--reader", "none", "-o", "out/set", "--about", name),
        "run/run.json": ("report", "run", "-o", "out/page.html"),
        "sheets/coder-1.answers.json": ("agree", name),
    }
    assert name in refused(*commands[name])


# Names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "words",
    [
        ("report", ESCAPES),
        ("report", "story.csv", "-o", f"nowhere/{ESCAPES}.html", "--reader", "none"),
        ("claims", "story.csv", "--reader", "none", "--omitted-by", ESCAPES),
        ("claims", "stories.csv", "--story", ESCAPES),
        ("claims", "story.csv", "--settings", ESCAPES),
        ("claims", "story.csv", "--map", f"{ESCAPES}=x"),
        ("claims", "story.csv", "--reader", ESCAPES),
        ("track", "story.csv", "--codebook", ESCAPES),
        ("report", "story.csv", "--groups", "groups.csv", "--group-by", ESCAPES),
        ("sample", "run", "-o", "out/sheets", "--by", ESCAPES),
        ("sample", "run", "-o", "out/sheets", "--coders", ESCAPES),
        ("agree", ESCAPES, "--key", "sheets/key.parquet"),
        ("reproduce", ESCAPES),
    ],
    ids=lambda words: " ".join(words).replace(ESCAPES, "X"),
)
def test_a_name_that_a_terminal_would_obey_is_only_quoted(words):
    assert "owned" in refused(*words)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "words", [(ESCAPES,), ("report", f"--{ESCAPES}"), ("track", "story.csv", "--format", ESCAPES), ("report",)]
)
def test_an_error_of_usage_is_fit_for_a_terminal(words):
    done = run(*words)
    assert done.exit_code == 2
    assert all(line.isprintable() for line in done.stderr.split("\n"))
    assert "\nstorydiff:" not in done.stderr


def test_help_is_still_shown_where_nothing_is_asked():
    assert "Commands:" in run().stderr + run().stdout


def test_a_message_is_one_line_of_bounded_length():
    for name in ("x" * 100_000, "a b " * 25_000, "a\nb\n" * 1000):
        said = str(compare.InputError(f"{name}: is no such thing; give another."))
        assert len(said) <= 1500
        assert "\n" not in said
        assert said.endswith("give another.")


@pytest.mark.usefixtures("own")
def test_a_claim_of_bytes_that_are_no_text_is_looked_for_all_the_same():
    """The shell hands them on as halves of surrogate pairs, which nothing can write."""
    for more in ((), ("--json",)):
        done = run("track", "story.csv", "--claim", "The ferry \udcff sank.", "--reader", "none", *more)
        assert done.exit_code == 0, done.exception
        assert "\N{REPLACEMENT CHARACTER}" in done.stdout


def test_names_in_printed_tables_are_harmless_and_short(own):
    path = own / "run" / "stories"
    for file in path.glob("ferry-*/*.parquet"):
        table = pd.read_parquet(file)
        if "outlet" in table:
            table["outlet"] = table["outlet"].replace({"Gannet": f"Gannet {ESCAPES} " + "and Co " * 1000})
            table.to_parquet(file, index=False)
    for words in (("claims", "run", "--story", "ferry"), ("track", "run", "--story", "ferry", *CLAIM)):
        done = run(*words)
        assert done.exit_code == 0, done.exception
        assert "Gannet" in done.stdout
        assert all(line.isprintable() for line in done.stdout.split("\n"))
        assert max(map(len, done.stdout.split("\n"))) < 400
    shown = run("claims", "run", "--story", "ferry", "--json").stdout
    assert all(line.isprintable() for line in shown.split("\n"))
    assert any(ESCAPES in name for name in json.loads(shown.split("\n")[0])["states"])


# Files that others have edited ---------------------------------------------------------------------------------------


def edited(path, change):
    change(pd.read_parquet(path)).to_parquet(path, index=False)


@pytest.mark.parametrize(
    ("table", "change", "what"),
    [
        ("claims", lambda t: t.drop(columns="outlets"), "has no column outlets"),
        ("claims", lambda t: t.assign(outlets="many"), "has no whole numbers in the column outlets"),
        ("coverage", lambda t: t.assign(probability=1.5), "has a number in the column probability that is not from 0"),
        ("coverage", lambda t: t.assign(state="told"), "has a value in the column state that is none of verbatim"),
        ("coverage", lambda t: pd.concat([t, t.head(1)]), "twice"),
        ("coverage", lambda t: t.assign(outlet=None), "has an empty cell in the column outlet"),
        ("quotes", lambda t: t.assign(cue=[[1]] * len(t)), "has no text in the column cue"),
        ("claims", lambda t: t.head(1), "and table claims does not have it"),
    ],
)
def test_a_table_that_was_edited_is_named(own, table, change, what):
    edited(next((own / "run" / "stories").glob(f"ferry-*/{table}.parquet")), change)
    for words in (("claims", "run", "--story", "ferry"), ("export", "run", "-o", "out/set")):
        assert what in refused(*words)
    with pytest.raises(compare.InputError, match="the run is damaged"):
        _ = [*compare.open_run("run").in_parts()]


def test_a_lost_article_is_named_by_each_table_that_has_it(own):
    edited(next((own / "run" / "stories").glob("ferry-*/articles.parquet")), lambda table: table.head(1))
    assert "and table articles does not have it" in refused("claims", "run", "--story", "ferry")
    assert "outlet_stories.parquet: is not of the outlets of its articles" in refused("export", "run", "-o", "out/set")


def test_a_table_with_two_columns_of_one_name_is_named(own):
    from pyarrow import parquet

    path = next((own / "run" / "stories").glob("ferry-*/articles.parquet"))
    table = parquet.read_table(path)
    parquet.write_table(table.append_column("story_id", table.column("story_id")), path)
    for words in (("claims", "run", "--story", "ferry"), ("export", "run", "-o", "out/set")):
        assert "articles.parquet" in refused(*words)


@pytest.mark.parametrize(
    "change",
    [
        lambda counts: counts[counts["outlet"] != "Gannet"],
        lambda counts: counts.replace({"outlet": {"Gannet": "Petrel"}}),
        lambda counts: counts[counts["version"] != "collapsed"],
        lambda counts: counts.head(0),
    ],
    ids=["an outlet less", "another outlet", "a version less", "none"],
)
def test_counts_that_are_not_of_the_articles_are_named(own, change):
    for path in (own / "run" / "stories").glob("*/outlet_stories.parquet"):
        edited(path, change)
    for words in (("report", "run", "-o", "out/page.html"), ("export", "run", "-o", "out/set")):
        assert "outlet_stories.parquet: is not of the outlets of its articles" in refused(*words)
    assert list((own / "out").iterdir()) == []


@pytest.mark.usefixtures("own")
def test_what_several_parts_of_a_page_ask_for_is_warned_of_once():
    Path("groups.csv").write_text("outlet,leaning\nOrrery,left\nLedger,right\n", encoding="utf-8")
    said = run("report", "run", "--groups", "groups.csv", "-o", "out/page.html").stderr
    assert said.count("in no group") == said.count("\n") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"stories": {"ferry": "../../elsewhere"}},
        {"stories": ["ferry"]},
        {"seed": -1},
        {"seed": "one"},
        {"failed": {"unknown": "why"}},
        {"more": 1},
        {"reader": 7},
    ],
    ids=str,
)
def test_the_manifest_of_a_run_is_checked(own, change):
    path = own / "run" / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    assert "run.json: is not the manifest of a run" in refused("report", "run", "-o", "out/page.html")


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.drop(columns="state"),
        lambda t: t.assign(sampling_probability="often"),
        lambda t: t.assign(unit=t["unit"].dropna().iloc[0]),
        lambda t: pd.concat([t, t]),
        lambda t: t.assign(unit=None),
    ],
)
def test_the_key_of_a_sample_is_checked(own, change):
    from pyarrow import Table, parquet

    path = own / "sheets" / "key.parquet"
    about = parquet.read_schema(path).metadata[b"storydiff"]
    table = Table.from_pandas(change(pd.read_parquet(path)), preserve_index=False)
    parquet.write_table(table.replace_schema_metadata({b"storydiff": about}), path)
    assert "is not the key of a sample" in refused("agree", "sheets/coder-1.csv")


@pytest.mark.slow
def test_where_memory_ends_there_is_a_sentence(own):
    """Of what the command reads, not of the interpreter's own start."""
    with (own / "large.jsonl").open("wb") as file:
        file.truncate(3_000_000_000)  # of holes, which take no room on the disk
    limited = (
        "import resource, sys, compare.reading.articles, pandas, pyarrow; from compare.cli import main; "
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize(); "
        "resource.setrlimit(resource.RLIMIT_AS, (used + 300_000_000,) * 2); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "claims", "large.jsonl", "--reader", "none"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr == "storydiff: the input does not fit into memory; give it in parts.\n"
