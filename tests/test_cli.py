import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.errors import count
from compare.saving import whole_file

TEXTS = {
    "Gannet": "The ferry sank off Port Velland on Monday. All 40 passengers were rescued.",
    "Orrery": "A ferry has sunk off Port Velland. Its owner would not comment.",
}


@pytest.fixture
def folder(tmp_path):
    quay = tmp_path / "quay"
    quay.mkdir()
    for outlet, text in TEXTS.items():
        (quay / f"{outlet}.txt").write_text(f"A ferry sinks\n\n{text}", encoding="utf-8")
    return quay


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


def refused(*arguments, **options):
    result = run(*arguments, **options)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr


@pytest.mark.slow
def test_demo_writes_a_report_and_prints_the_summary(tmp_path):
    result = run("demo", "-o", tmp_path / "demo.html")
    assert result.exit_code == 0
    assert "Northern Courier" in result.stdout
    assert str(tmp_path / "demo.html") in result.stdout
    assert (tmp_path / "demo.html").stat().st_size < 2_600_000


def test_report_of_a_folder_of_text_files(folder, tmp_path):
    result = run("report", folder, "-o", tmp_path / "r.html")
    assert result.exit_code == 0
    assert "A ferry has sunk off Port Velland." in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_claims_lists_who_carries_what(folder):
    result = run("claims", folder)
    assert result.exit_code == 0
    assert "All 40 passengers were rescued." in result.stdout


def test_claims_omitted_by_an_outlet_as_json(folder):
    result = run("claims", folder, "--omitted-by", "Orrery", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["claim"] for row in rows] == ["All 40 passengers were rescued."]
    assert rows[0]["probability_omitted"] > 0.5


def test_claims_as_json_hold_the_states_of_every_outlet(folder):
    rows = [json.loads(line) for line in run("claims", folder, "--json").stdout.splitlines()]
    assert all(set(row["states"]) == {"Gannet", "Orrery"} for row in rows)


def test_track_prints_a_line_for_each_outlet(folder):
    result = run("track", folder, "--claim", "Everyone aboard the ferry was rescued.")
    assert result.exit_code == 0
    assert "Gannet" in result.stdout
    assert "Orrery" in result.stdout


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_track_writes_a_table(folder, tmp_path, suffix):
    book = tmp_path / "book.csv"
    book.write_text('claim_id,claim\nsank,The ferry sank.\nformula,"=1+1 passengers"\n', encoding="utf-8")
    output = tmp_path / f"coverage.{suffix}"
    assert run("track", folder, "--codebook", book, "-o", output).exit_code == 0
    readers = {"csv": pd.read_csv, "parquet": pd.read_parquet, "jsonl": lambda path: pd.read_json(path, lines=True)}
    table = readers[suffix](output)
    assert table["claim_id"].tolist() == ["sank", "sank", "formula", "formula"]
    assert table["claim"].iat[2] == ("'=1+1 passengers" if suffix == "csv" else "=1+1 passengers")


def test_track_writes_a_coding_sheet(folder, tmp_path):
    book = tmp_path / "book.csv"
    book.write_text(
        "Claim ID;Claim;Alternative\nsank;The ferry sank.;\n=1+1;Everybody was rescued.;All were rescued.\n"
    )
    sheet = tmp_path / "sheet.csv"
    asked = ("track", folder, "--codebook", book, "--format", "wide")
    assert run(*asked, "-o", sheet).stdout == f"2 rows: {sheet}\n"
    header, gannet, orrery = sheet.read_bytes().decode().split("\r\n")[:3]
    assert header == "article_id,story_id,outlet,sank,'=1+1"
    assert gannet.endswith(",quay,Gannet,1,1")
    assert orrery.endswith(",quay,Orrery,1,0")
    first = json.loads(run(*asked, "--values", "state", "--json").stdout.splitlines()[0])
    assert (first["outlet"], first["sank"]) == ("Gannet", "verbatim")
    assert refused(*asked) == "storydiff: --format wide is for a file; add -o FILE.\n"
    assert refused("track", folder, "--claim", "x", "--values", "state") == (
        "storydiff: --values says what a wide table holds; add --format wide.\n"
    )


def test_track_looks_at_one_story_of_several(tmp_path):
    path = tmp_path / "two.jsonl"
    rows = [{"outlet": outlet, "text": text, "story_id": outlet.lower()} for outlet, text in TEXTS.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    asked = ("track", path, "--claim", "The ferry sank.")
    both = run(*asked).stdout
    assert both.index("Story gannet\n") < both.index("Story orrery\n")
    one = run(*asked, "--story", "orrery").stdout
    assert "Orrery" in one
    assert "Gannet" not in one
    assert "Story" not in one


def test_articles_come_from_standard_input():
    lines = "".join(json.dumps({"outlet": outlet, "text": text}) + "\n" for outlet, text in TEXTS.items())
    result = run("claims", "-", input=lines)
    assert result.exit_code == 0
    assert "The ferry sank off Port Velland" in result.stdout


def test_one_story_of_several_is_chosen(tmp_path):
    path = tmp_path / "two.jsonl"
    rows = [{"outlet": outlet, "text": text, "story_id": outlet.lower()} for outlet, text in TEXTS.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert refused("claims", path) == (
        "storydiff: these articles belong to 2 stories (gannet, orrery); "
        "compare one story at a time, on the command line with --story ID.\n"
    )
    assert "sunk" in run("claims", path, "--story", "orrery").stdout
    assert refused("claims", path, "--story", "x") == "storydiff: there is no story 'x'; there are gannet, orrery.\n"


def test_articles_without_a_story_are_named_or_left_out(tmp_path):
    path = tmp_path / "two.jsonl"
    rows = [{"outlet": outlet, "text": text, "story_id": "ferry"} for outlet, text in TEXTS.items()]
    rows.append({"outlet": "Ledger", "text": "Rain is due."})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert refused("claims", path) == (
        f'storydiff: 1 of 3 articles has no story_id (first: {path}, line 3, outlet "Ledger"); give each one '
        "(storydiff group does), or leave them out with skip_bad (on the command line --skip-bad).\n"
    )
    result = run("claims", path, "--skip-bad")
    assert result.exit_code == 0
    assert result.stderr == f"storydiff: 1 article was skipped: {path}, line 3 (has no story_id).\n"


def test_settings_are_printed_and_read_back(folder, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(run("settings").stdout, encoding="utf-8")
    assert compare.Settings.read(path) == compare.Settings()
    assert run("claims", folder, "--settings", path).exit_code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("carried = 0.5", "there is no setting carried: did you mean carried_at?"),
        ("carried_at = 5", "setting carried_at is 5: give a number from 0 to 1."),
        ("neighbours = 1.5", "setting neighbours is 1.5: give a whole number."),
        ("carried_at = true", "setting carried_at is True: give a number from 0 to 1."),
        (
            "undecided_from = 0.9",
            "setting undecided_from is 0.9 and carried_at is 0.5: nothing can be undecided; "
            "make undecided_from the smaller one.",
        ),
    ],
)
def test_a_wrong_setting_is_named(folder, tmp_path, content, sentence):
    path = tmp_path / "s.toml"
    path.write_text(content, encoding="utf-8")
    assert refused("claims", folder, "--settings", path) == f"storydiff: {path}: {sentence}\n"


def test_settings_that_are_not_toml(folder, tmp_path):
    path = tmp_path / "s.toml"
    path.write_text("carried_at: 5", encoding="utf-8")
    assert refused("claims", folder, "--settings", path).startswith(f"storydiff: {path}: is not TOML (")


def test_a_path_that_does_not_exist():
    assert refused("report", "nowhere.jsonl") == "storydiff: nowhere.jsonl: does not exist; check the path.\n"


def test_a_record_that_cannot_be_used_is_named_with_its_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"outlet": "A", "text": "One ship left."}\n{"text": "x"}\n', encoding="utf-8")
    assert refused("claims", path) == (
        f'storydiff: {path}, line 2: field "outlet" is missing; give every article the name of who published it.\n'
    )
    result = run("claims", path, "--skip-bad")
    assert result.exit_code == 0
    assert f'1 article was skipped: {path}, line 2 (field "outlet" is missing' in result.stderr


def test_track_wants_claims_from_one_place(folder):
    sentence = "storydiff: give the claims either with --claim TEXT or with --codebook FILE.\n"
    assert refused("track", folder) == sentence
    assert refused("track", folder, "--claim", "x", "--codebook", "y.csv") == sentence


def test_an_outlet_that_is_not_there(folder):
    sentence = "storydiff: the story has no outlet 'Courier'; it has Gannet, Orrery.\n"
    assert refused("claims", folder, "--omitted-by", "Courier") == sentence


def test_an_outlet_is_found_whatever_its_capitals(folder):
    assert (
        run("claims", folder, "--omitted-by", "GANNET").stdout == run("claims", folder, "--omitted-by", "Gannet").stdout
    )


def test_a_table_of_a_kind_that_is_not_written(folder):
    assert refused("track", folder, "--claim", "x", "-o", "out.xlsx") == (
        "storydiff: out.xlsx: cannot be written in this format; "
        "end the name in .csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata).\n"
    )


@pytest.mark.parametrize(
    ("verb", "output", "ends"),
    [
        (("report", "nowhere"), "x.csv", ".html or .htm"),
        (("report", "nowhere", "--versions"), "x.PDF", ".html, .htm, .jsonl, .csv or .parquet"),
        (("demo",), "demo.txt", ".html or .htm"),
        (("claims", "nowhere"), "x.txt", ".csv"),
        (("track", "nowhere", "--claim", "x"), "x.txt", ".csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata)"),
        (("group", "nowhere"), "x", ".jsonl, .csv or .parquet"),
        (("fetch", "https://a.example/1"), "x.html", ".jsonl, .csv or .parquet"),
    ],
)
def test_a_name_that_does_not_fit_what_is_written_is_refused_before_anything_is_read(verb, output, ends):
    said = f"storydiff: {output}: cannot be written in this format; end the name in {ends}.\n"
    assert refused(*verb, "-o", output) == said


def test_a_folder_of_other_files_is_not_replaced(folder, tmp_path):
    keep = tmp_path / "keep"
    keep.mkdir()
    (keep / "thesis.doc").write_text("years of work", encoding="utf-8")
    assert refused("export", folder, "-o", keep) == (
        f"storydiff: {keep}: holds other files (thesis.doc); give a new or an empty folder.\n"
    )
    assert (keep / "thesis.doc").read_text(encoding="utf-8") == "years of work"


def test_a_report_is_not_written_over_a_folder(folder, tmp_path):
    sentence = f"storydiff: {tmp_path}: is a folder; give the name of a file to write.\n"
    assert refused("report", folder, "-o", tmp_path) == sentence


def test_a_place_that_is_not_there(folder):
    assert refused("report", folder, "-o", "no/such/place.html") == (
        "storydiff: no/such/place.html: its folder does not exist; make it first.\n"
    )


def test_every_verb_has_help():
    shown = run("--help").stdout
    for name, verb in main.commands.items():
        assert name in shown
        assert verb.help
        assert run(name, "--help").exit_code == 0


def test_help_imports_nothing_heavy():
    code = "import sys; from compare.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    modules = set(shown.splitlines()[-1].split())
    assert "compare.cli" in modules
    assert not modules & {"pandas", "numpy", "scipy", "sklearn", "plotly", "pyarrow", "jinja2", "rapidfuzz"}
    assert not modules & {"socket", "csv", "compare.report.story.view", "compare.language.completeness"}


@pytest.mark.medium
def test_the_command_exits_with_2_and_without_a_traceback():
    script = Path(sys.executable).with_name("storydiff")
    done = subprocess.run([script, "report", "nowhere"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "storydiff: nowhere: does not exist; check the path.\n"


def test_an_article_of_nothing_but_boilerplate_is_shown_without_evidence(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"outlet": "None", "text": "Subscribe now"}\n', encoding="utf-8")
    result = run("track", path, "--claim", "The ferry sank.")
    assert result.exit_code == 0
    assert "None    undecided" in result.stdout


def test_an_outlet_may_be_called_like_a_column(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"outlet": name, "text": "The ferry sank."}) + "\n" for name in ("claim", "outlets", "claim_id")
    ]
    path.write_text("".join(lines), encoding="utf-8")
    assert run("claims", path).exit_code == 0
    states = json.loads(run("claims", path, "--json").stdout)["states"]
    assert states == {"claim": "verbatim", "outlets": "verbatim", "claim_id": "verbatim"}


def test_files_beside_each_other_are_one_story(tmp_path):
    for outlet, text in TEXTS.items():
        (tmp_path / f"{outlet}.jsonl").write_text(json.dumps({"outlet": outlet, "text": text}), encoding="utf-8")
    result = run("claims", tmp_path / "Gannet.jsonl", tmp_path / "Orrery.jsonl")
    assert result.exit_code == 0


def test_a_first_line_that_is_a_sentence_is_no_title(tmp_path):
    (tmp_path / "A.txt").write_text("The ferry sank on Monday.\n\nAll 40 were rescued.", encoding="utf-8")
    articles = compare.read_articles(tmp_path)
    assert articles["title"].isna().all()
    assert articles["text"].iat[0] == "The ferry sank on Monday.\n\nAll 40 were rescued."


def test_what_is_read_is_not_written_over(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"outlet": "A", "text": "The ferry sank."}\n', encoding="utf-8")
    sentence = f"storydiff: {path}: is an input and would be overwritten; give -o another name.\n"
    assert refused("report", path, "-o", path) == sentence
    assert refused("track", path, "--claim", "x", "-o", path) == sentence
    assert refused("report", tmp_path, "-o", path) == sentence
    assert refused("report", path, "-o", "-") == "storydiff: results go to a file; give -o a file name.\n"


def test_a_name_that_is_too_long(folder):
    name = "x" * 300 + ".html"
    assert (
        refused("report", folder, "-o", name)
        == f"storydiff: {name}: cannot be written (File name too long); nothing was changed.\n"
    )


def test_one_outlet_alone_is_said_to_have_no_counterpart(tmp_path):
    quay = tmp_path / "quay"
    quay.mkdir()
    (quay / "A.txt").write_text("The ferry sank on Monday.", encoding="utf-8")
    said, page = "With one outlet there is nothing to compare.", tmp_path / "r.html"
    assert f"1 outlet, 1 claim. {said}\n" in run("report", quay, "-o", page).stdout
    assert "One outlet makes 1 claim; with nothing to compare it to" in page.read_text(encoding="utf-8")
    assert run("claims", quay, "--omitted-by", "A").stdout == f"{said}\n"
    assert run("claims", quay, "--conflicts").stdout == f"{said}\n"


def test_articles_without_a_claim_give_no_report(tmp_path):
    page = tmp_path / "r.html"
    (tmp_path / "A.txt").write_text("Read more: Ships", encoding="utf-8")
    no_claim = "storydiff: no claim was found in these articles, so there is nothing to report.\n"
    assert refused("report", tmp_path, "-o", page).endswith(no_claim)
    assert not page.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="these are places of Linux")
@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("/proc/x.html", "no file can be made in /proc; name another place."),
        ("/dev/full", "cannot be written (No space left on device); nothing was changed."),
        ("/dev/null/x.html", "leads through a file as if it were a folder; name another place."),
        ("/no-such-folder/x.html", "its folder does not exist; make it first."),
        ("/dev", "is a folder; give the name of a file to write."),
    ],
)
def test_a_place_that_takes_no_file_is_named_with_the_reason(place, why):
    with pytest.raises(compare.InputError) as caught, whole_file(place) as path:
        path.write_text("a page", encoding="utf-8")
    assert str(caught.value) == f"{place}: {why}"


def test_a_file_needs_a_name(folder):
    said = "storydiff: the name of the file to write is empty; give one.\n"
    assert refused("report", folder, "-o", "").endswith(said)


@pytest.mark.medium
def test_lines_that_an_outlet_repeats_are_learned_from_all_stories_and_counted(tmp_path):
    path, line = tmp_path / "a.jsonl", "Do you have a story for us?"
    texts = {"ferry": "The ferry sank.", "fees": "The council raised parking fees.", "snow": "Snow closed two roads."}
    records = [{"outlet": "Herald", "story_id": name, "text": f"{text}\n\n{line}"} for name, text in texts.items()]
    records.append({"outlet": "Post", "story_id": "ferry", "text": "A ferry sank.\n\nRead more: Ships"})
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    result = run("report", path, "--story", "ferry", "-o", tmp_path / "report.html")
    assert "2 lines left out as boilerplate (Herald 1, Post 1)." in result.stdout
    alone = tmp_path / "alone.jsonl"
    alone.write_text(json.dumps(records[0]) + "\n", encoding="utf-8")
    assert "boilerplate" not in run("report", alone, "-o", tmp_path / "alone.html").stdout


def test_a_message_is_fit_for_a_terminal_whatever_names_it_quotes(folder, tmp_path):
    book = tmp_path / "book.csv"
    book.write_text(f"claim_id,{'x' * 100_000}\n1,The port is closed.\n")
    long = run("track", str(folder), "--codebook", str(book))
    assert long.exit_code == 2
    assert "x" * 100 in long.stderr
    assert len(long.stderr) < 2000
    hostile = run("claims", str(folder), "--omitted-by", "\x1b[2J\x1b]0;owned\x07Gannet")
    assert hostile.exit_code == 2
    assert "Gannet" in hostile.stderr
    assert all(letter.isprintable() or letter == "\n" for letter in hostile.stderr)


@pytest.mark.parametrize(
    ("number", "noun", "written"),
    [(1, "claim", "1 claim"), (0, "outlet", "0 outlets"), (2, "copy", "2 copies"), (1_000, "day", "1,000 days")],
)
def test_a_number_stands_with_its_noun_in_singular_or_plural(number, noun, written):
    assert count(number, noun) == written


def test_one_of_anything_is_singular_wherever_it_is_printed(tmp_path):
    quay = tmp_path / "quay"
    quay.mkdir()
    for outlet in TEXTS:
        (quay / f"{outlet}.txt").write_text("The ferry sank off Port Velland.", encoding="utf-8")
    book, page = tmp_path / "book.csv", tmp_path / "r.html"
    assert run("claims", quay, "-o", book).stdout == f"1 claim: {book}\n"
    assert run("claims", quay).stdout.startswith("1 claim, 2 outlets. ")
    assert run("report", quay, "-o", page).stdout.startswith("2 outlets, 1 claim. ")
    shown = re.sub(r"<[^<>]*>", "", page.read_text(encoding="utf-8"))
    assert re.findall(r".{20}\b1 (?:claims|outlets|articles|sentences|stories|decisions|voices|others)\b", shown) == []
