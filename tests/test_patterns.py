"""No text hangs a pattern: each is attacked with strings made from its own parts, and with what is no prose."""

import os
import re
import subprocess
import sys
from pathlib import Path

import hostile_texts
import pattern_attacks
import pytest

import compare
from compare.coverage.agencies import without_dateline

ROOT = Path(__file__).parents[1]
ENDLESS = 900  # seconds, many times what all these texts take


def run(program, **options):
    """Run a program that says what it is about to do, so that the last line names what hangs."""
    return subprocess.run(
        [sys.executable, "-u", program.__file__],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.mark.slow
def test_no_pattern_hangs_on_a_string_made_from_its_own_parts():
    """An attack that takes longer than a linear pattern ever needs ends the program."""
    done = run(pattern_attacks)
    assert done.returncode == 0, f"hangs: {done.stdout.splitlines()[-1:]}\n{done.stderr[-2000:]}"
    assert len(done.stdout.splitlines()) > 150


@pytest.mark.slow
def test_no_text_hangs_what_reads_it():
    try:
        done = run(hostile_texts, timeout=ENDLESS)
    except subprocess.TimeoutExpired as hung:
        pytest.fail(f"hangs: {hung.stdout.splitlines()[-1:]}")
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == list(hostile_texts.HOSTILE)


def test_a_label_is_read_as_before():
    """Names in capitals before a colon, with a remark in brackets or none, at most five words."""
    text = "MARA QUILL (harbour minister): We start today.\n\nJ. O'Neil-Roe: No.\n\nMARA QUILL: We do."
    assert compare.extract_quotes(text)["speaker"].tolist() == ["MARA QUILL", "MARA QUILL"]
    assert compare.extract_quotes("A" * 200 + " came.").empty


def test_a_dateline_is_cut_off_whatever_follows_it():
    assert without_dateline("OLDMERE, Oct 6 (Reuters) - The pier opened.") == "The pier opened."
    assert without_dateline("PORT VELLAND, Norland — The pier opened.") == "The pier opened."
    assert without_dateline("The pier" + " " * 300 + "opened (Reuters) - it").startswith("The pier ")


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("carried_at = [\n" + "[\n" * 50_000, "is nested too deeply"),
        ("a." * 50_000 + "b = 1", "it has a line of more than 1000 characters"),
        ("neighbours = " + "9" * 5_000, "it has a line of more than 1000 characters"),
        ("neighbours = " + "9" * 900, "give a number from 1 to 10000"),
    ],
)
def test_settings_that_are_nested_or_long_are_refused_in_a_sentence(tmp_path, settings, why):
    path = tmp_path / "settings.toml"
    path.write_text(settings, encoding="utf-8")
    with pytest.raises(compare.SettingsError, match=why):
        compare.Settings.read(path)


@pytest.mark.parametrize(
    ("pattern", "killer"),
    [
        (r"[“\"]?((?:[A-Z][\w.’'-]*\s?){1,5}):", "A" * 50),
        (r"\s+$", "\t" * 50 + "\0"),
        (r"\(Reporting by [^\n]*;", "(Reporting by (Reporting by (Reporting by "),
        (r"(?:a|aa)*b", "a" * 50 + "\0"),
        (r"\w+[\w.]*@", "a" * 50 + "\0"),
    ],
)
def test_the_attacks_find_what_hangs_a_pattern(pattern, killer):
    assert any(killer in one.text(60) for one in pattern_attacks.attacks(re.compile(pattern)))


@pytest.mark.slow
def test_every_pattern_is_found():
    """In modules, in functions, in a tuple of pairs, and in what a function puts together before it compiles it."""
    found = {(module, pattern.pattern) for pattern, (module, _) in pattern_attacks.patterns().items()}
    for module, part in (
        ("compare.language.tokens", "(?:[A-Z]"),
        ("compare.errors", r"[\W_]+"),
        ("compare.outlets.wording.told", r"Sen\."),
        ("compare.coverage.agencies", r"\bcontributed"),
    ):
        assert any(where == module and part in text for where, text in found), (module, part)
