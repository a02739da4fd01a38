"""Malformed files of every kind that is read, made from valid ones by a seeded generator, through the command line.

Run as a program it tries as many as it is told (10,000), from a seed (1), and prints each that fails with its number;
`python tests/malformed_inputs.py 1 SEED NUMBER` tries that one alone and keeps its folder.
"""

from __future__ import annotations

import contextlib
import copy
import csv
import hashlib
import io
import json
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from pathlib import Path

import pandas as pd
from bundle_stories import articles
from click.testing import CliRunner
from coded_runs import rewrite, rows_of
from hostile_strings import MARKS, NAMES, UNSEEN

import compare
from compare.cli import main
from compare.progress import hidden

SECONDS = 10  # of a core
LONGEST_WAIT = 120  # seconds, on a machine that others use as well
LONGEST_LINE = 1600  # characters on standard error
MOST_LINES = 12
STORIES = articles("ferry", "bridge")
STORY = articles("ferry")
OPTIONS = ["--reader", "none"]
DEEP = 100_000
ODD = [
    None,
    True,
    -1,
    0,
    2**70,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "\x00",
    "\ufeff",
    "\ud800",
    "é" * 3000,
    "a b " * 3000,
    [],
    [[]],
    {},
    {"": None},
    {"text": {"text": 1}},
    "2026-02-30",
    "9999-12-31T23:59:59-14:00",
    "../../x",
    *NAMES,
    *MARKS,
    *UNSEEN,
]
BYTES = [
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3\x28",
    b"\r",
    b"\n",
    b'"',
    b",",
    b"{",
    b"]",
    b"\x1b[2J",
    b"PK\x03\x04",
]
BYTES += [
    b"9" * 5000,
    b"1e99999",
    b"[" * 2000,
    b"\xe2\x80\xae",
    b"\x1a",
    b"NaN",
    b"'",
    b"\\u0000",
    b"\\ud800",
    b"=" * 50,
]


# What is valid ---------------------------------------------------------------------------------------------------


def valid(folder: Path) -> Path:
    """Write one valid file or folder of every kind."""
    (folder / "out").mkdir(parents=True)
    for name, records in (("story", STORY), ("stories", STORIES)):
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        frame = pd.DataFrame(records)
        frame.to_csv(folder / f"{name}.csv", index=False)
        frame.to_parquet(folder / f"{name}.parquet")
        frame.to_excel(folder / f"{name}.xlsx", index=False)
        (folder / f"{name}.json").write_text(json.dumps({"articles": records}), encoding="utf-8")
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
            for record in records:
                archive.writestr(
                    f"{record['story_id']}/{record['outlet']}.txt", f"{record['title']}\n\n{record['text']}"
                )
    first = STORY[0]
    (folder / "Gannet.txt").write_text(f"{first['title']}\n\n{first['text']}", encoding="utf-8")
    paragraphs = "".join(f"<p>{part}</p>" for part in first["text"].split("\n\n"))
    page = f"<!doctype html><html><head><meta charset=utf-8><title>{first['title']}</title></head><body><article>"
    (folder / "Gannet.html").write_text(f"{page}<h1>{first['title']}</h1>{paragraphs}</article>", encoding="utf-8")
    (folder / "settings.toml").write_text(compare.Settings().to_toml(), encoding="utf-8")
    (folder / "groups.csv").write_text("outlet,leaning\nGannet,left\nOrrery,right\nLedger,left\n", encoding="utf-8")
    about = 'title = "Ferries"\ndate = 2026-03-01\nlicence = "CC0-1.0"\nkeywords = ["news"]\n\n'
    about += '[[creators]]\nname = "Quill, Mara"\norcid = "0000-0002-1825-0097"\n'
    (folder / "about.toml").write_text(about, encoding="utf-8")
    (folder / "hmac.key").write_text("ab" * 32 + "\n", encoding="ascii")
    story = compare.compare_story(STORY, reader=None)
    from compare.claims.codebook import write_codebook

    write_codebook(story.codebook(), folder / "codebook.csv")
    corpus = compare.compare_corpus(STORIES, store=folder / "run", reader=None)
    sample = compare.sample_decisions(corpus, 40)
    sample.write(folder / "sheets")
    for coder in sample.assigned:
        rows = rows_of(folder / "sheets" / f"{coder}.csv")
        rewrite(
            folder / "sheets" / f"{coder}.csv", [{**row, "code": ("yes", "no")[at % 2]} for at, row in enumerate(rows)]
        )
        answers = [{"unit": row["unit"], "code": "yes", "note": ""} for row in rows]
        told = {"storydiff": "answers", "sample": sample.sample_id, "coder": coder, "answers": answers}
        (folder / "sheets" / f"{coder}.answers.json").write_text(json.dumps(told), encoding="utf-8")
    read = compare.read_sheets(sorted((folder / "sheets").glob("*.csv")))
    corpus.export(folder / "full", text="full", validation=read)
    story.export(folder / "none", text="none", key=folder / "hmac.key")
    return folder


# How it is spoiled -------------------------------------------------------------------------------------------------


def spoiled_bytes(rng: random.Random, data: bytes) -> bytes:  # noqa: PLR0911 - a list of ways
    """Cut, splice, double or overwrite some bytes."""
    way = rng.randrange(9)
    at, to = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + rng.choice(BYTES) + data[at:]
    if way == 2:
        return data[:at] + data[to:]
    if way == 3:
        return data + data[at:to]
    if way == 4:
        return rng.choice(
            [b"", b"\x00" * 100, b"\xef\xbb\xbf", b"[" * DEEP, b'{"a":' * DEEP, rng.randbytes(200), b" \n" * 50]
        )
    if way == 5:
        return data.replace(*(rng.choice(data.split() or [b"x"]) for _ in range(2)))
    if way == 6:
        return rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\xfe\xff"]) + data
    if way == 7:
        kept = bytearray(data)
        for _ in range(rng.randint(1, 20)):
            kept[rng.randrange(len(kept))] = rng.randrange(256)
        return bytes(kept)
    return data.decode("utf-8", "replace").encode(rng.choice(["utf-16", "utf-32", "cp1252", "utf-7"]), "replace")


def spoiled_value(rng: random.Random, value):
    """Replace, drop, double or nest one value somewhere inside."""
    value = copy.deepcopy(value)
    place, parents = value, []
    while isinstance(place, (dict, list)) and place:
        key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
        parents.append((place, key))
        place = place[key]
        if rng.random() < 0.25:
            break
    if not parents:
        return rng.choice(ODD)
    holder, key = rng.choice(parents)
    way = rng.randrange(4)
    if way == 0:
        del holder[key]
    elif way == 1 and isinstance(holder, list):
        holder.insert(0, holder[key])
    elif way == 1:
        holder[rng.choice([*NAMES, "outlet", "text", "story_id", "format"])] = holder.pop(key)
    else:
        holder[key] = rng.choice(ODD)
    return value


def spoiled_json(rng: random.Random, data: bytes) -> bytes:
    value = spoiled_value(rng, json.loads(data))
    text = json.dumps(value)
    if rng.random() < 0.15:  # a key twice, or a number that is too long
        text = text.replace('"', rng.choice(['"outlet": 1, "', '"format": 3, "']), 1) if rng.random() < 0.5 else text
        text = text.replace(": ", ": " + "7" * 5000 + ', "x": ', 1)
    return text.encode()


def spoiled_lines(rng: random.Random, data: bytes) -> bytes:
    lines = [line for line in data.split(b"\n") if line]
    at = rng.randrange(len(lines))
    if rng.random() < 0.2:
        lines.insert(rng.randrange(len(lines)), lines[at])
    else:
        lines[at] = spoiled_json(rng, lines[at])
    return b"\n".join(lines)


def spoiled_csv(rng: random.Random, data: bytes) -> bytes:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    row = rng.choice([rows[0], *rows])
    at = rng.randrange(len(row))
    way = rng.randrange(6)
    if way == 0:
        rows.insert(rng.randrange(len(rows) + 1), list(row))
    elif way == 1:
        for one in rows:
            one.insert(0, one[min(at, len(one) - 1)])
    elif way == 2:
        for one in rows:
            del one[min(at, len(one) - 1)]
    elif way == 3:
        row.extend(["x"] * rng.randint(1, 4))
    else:
        row[at] = str(rng.choice(ODD))
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue().encode("utf-8", "surrogatepass")


def spoiled_toml(rng: random.Random, data: bytes) -> bytes:
    lines = data.decode().split("\n")
    at = rng.randrange(len(lines))
    name = lines[at].partition("=")[0].strip() or "title"
    values = [
        "nan",
        "inf",
        "-1",
        "9" * 5000,
        "[" * 3000,
        "{a=" * 2000,
        '"x"',
        "1979-05-27",
        "true",
        "[1, {}]",
        "0x7f",
        "'''",
    ]
    values += [json.dumps(str(rng.choice(ODD))), "1e400", "[[]]"]
    way = rng.randrange(5)
    if way < 3:
        lines[at] = f"{name} = {rng.choice(values)}"
    elif way == 3:
        lines.insert(at, rng.choice([lines[at], "[[creators]]", "[a.b.c]", "a" + ".a" * 2000 + " = 1", "\x00"]))
    else:
        lines[at] = f'"{rng.choice(NAMES)}" = 1'
    return "\n".join(lines).encode("utf-8", "replace")


def spoiled_parquet(rng: random.Random, data: bytes) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(data))
    if not table.num_columns:
        return spoiled_bytes(rng, data)
    at = rng.randrange(table.num_columns)
    name, rows = table.column_names[at], table.num_rows
    way = rng.randrange(9)
    if way == 0:
        table = table.drop_columns(name)
    elif way == 1:
        table = pa.concat_tables([table, table.slice(rng.randrange(rows + 1), 1)])
    elif way == 2:
        table = table.slice(rng.randrange(rows + 1))
    elif way == 3:
        table = table.append_column(rng.choice([name, "extra", "story_id", "outlet"]), table.column(at))
    elif way == 4:
        table = table.rename_columns(
            [rng.choice(NAMES) if at == place else one for place, one in enumerate(table.column_names)]
        )
    elif way == 5:
        table = table.replace_schema_metadata(
            rng.choice([None, {b"storydiff": b"[" * 9000}, {b"storydiff": b"{}"}, {b"pandas": b"{"}])
        )
    else:
        kind = table.schema.field(at).type
        many = [
            [1] * rows,
            [None] * rows,
            ["x"] * rows,
            [[1]] * rows,
            [{"a": 1}] * rows,
            [b"\xff"] * rows,
            [1.5] * rows,
        ]
        many += [
            [float("nan")] * rows,
            [float("inf")] * rows,
            [True] * rows,
            [-(2**62)] * rows,
            [pd.Timestamp("1700-01-01")] * rows,
        ]
        column = pa.array(rng.choice(many))
        if way == 8 and rows:
            cells = table.column(at).to_pylist()
            odd = [one for one in ODD if _fits(pa, one, kind)] or [None]
            cells[rng.randrange(rows)] = rng.choice(odd)
            with contextlib.suppress(pa.ArrowException, UnicodeError, OverflowError):
                column = pa.array(cells, kind)
        table = table.set_column(at, name, column)
    made = io.BytesIO()
    parquet.write_table(table, made)
    return made.getvalue()


def _fits(pa, value, kind) -> bool:
    try:
        pa.array([value], kind)
    except (pa.ArrowException, UnicodeError, OverflowError, ValueError, TypeError):
        return False
    return True


def spoiled_zip(rng: random.Random, data: bytes) -> bytes:
    """Spoil a member, its name or its size; or pack something that is far too much, or elsewhere."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    name = rng.choice(list(files))
    way = rng.randrange(6)
    if way == 0:
        files[
            rng.choice(["../x.txt", "/x.txt", "C:\\x.txt", "a" * 500 + ".txt", "\x1b[2J.txt", ".txt", "/", "a//b.txt"])
        ] = files[name]
    elif way == 1:
        files["bomb.txt"] = b"0" * 30_000_000
    elif way == 2:
        files["/".join("d" * 40) + "/x.txt"] = files[name]
    elif way == 3:
        files["inner.zip"] = data
    elif way == 4:
        files.pop(name)
    else:
        files[name] = spoiled_bytes(rng, files[name])
    made = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(made, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
            for one, content in files.items():
                archive.writestr(one, content)
            if rng.random() < 0.2:
                archive.writestr(name, b"twice")
    return made.getvalue()


SPOILED = {
    ".json": spoiled_json,
    ".jsonl": spoiled_lines,
    ".csv": spoiled_csv,
    ".toml": spoiled_toml,
    ".parquet": spoiled_parquet,
    ".zip": spoiled_zip,
    ".xlsx": spoiled_zip,
}


def spoil(rng: random.Random, path: Path) -> None:
    """Spoil a file in the way of its kind, or its bytes."""
    data = path.read_bytes()
    way = SPOILED.get(path.suffix)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        try:
            data = way(rng, data) if way and rng.random() < 0.7 else spoiled_bytes(rng, data or b"x")
        except (ValueError, LookupError, RecursionError, csv.Error, zipfile.BadZipFile, NotImplementedError, OSError):
            data = spoiled_bytes(rng, data or b"x")  # spoiled too far for its kind
    path.write_bytes(data)


# What is done with it ----------------------------------------------------------------------------------------------

ARTICLES = [
    "story.jsonl",
    "story.csv",
    "story.parquet",
    "story.xlsx",
    "story.json",
    "story.zip",
    "Gannet.txt",
    "Gannet.html",
]
MANY = ["stories.jsonl", "stories.csv", "stories.parquet", "stories.json", "stories.zip"]
CLAIM = ["--claim", "All 40 passengers were rescued."]
PAGE = ["-o", "out/page.html"]
FOLDER = ["-o", "out/folder"]
READ_ARTICLES = [
    ["track", "FILE", *CLAIM, *OPTIONS],
    ["claims", "FILE", *OPTIONS],
    ["claims", "FILE", "--json", *OPTIONS],
    ["claims", "FILE", "--skip-bad", *OPTIONS],
    ["report", "FILE", "--brief", *PAGE, *OPTIONS],
    ["report", "FILE", "--no-plotly", *PAGE, *OPTIONS],
    ["export", "FILE", *FOLDER, *OPTIONS, "--hmac-key", "hmac.key"],
    ["sample", "FILE", "--units", "9", *FOLDER, *OPTIONS],
]
READ_RUN = [
    ["claims", "run", "--story", "bridge", "--json"],
    ["report", "run", *PAGE],
    ["report", "run", "--story", "ferry", "--no-plotly", *PAGE],
    ["claims", "run", "--story", "ferry"],
    ["track", "run", "--story", "ferry", *CLAIM],
    ["sample", "run", "--units", "20", *FOLDER],
    ["export", "run", *FOLDER],
    ["export", "run", "--text", "full", *FOLDER],
]
# How often, which files are spoiled, what else a command needs, and the commands, the quickest first.
KINDS = [
    (10, ARTICLES, [], READ_ARTICLES),
    (
        3,
        MANY,
        [],
        [
            ["track", "FILE", "--story", "ferry", *CLAIM, *OPTIONS],
            ["corpus", "FILE", "-q", *FOLDER, *OPTIONS],
            ["corpus", "FILE", "-q", "--skip-bad", *FOLDER, *OPTIONS],
        ],
    ),
    (1, ["settings.toml"], ["story.csv"], [["claims", "story.csv", "--settings", "FILE", *OPTIONS]]),
    (
        3,
        ["codebook.csv"],
        ["story.csv"],
        [
            ["track", "story.csv", "--codebook", "FILE", *OPTIONS],
            ["report", "story.csv", "--codebook", "FILE", "--brief", *PAGE, *OPTIONS],
        ],
    ),
    (
        1,
        ["groups.csv"],
        ["story.csv", "run"],
        [
            ["report", "story.csv", "--groups", "FILE", "--no-plotly", *PAGE, *OPTIONS],
            ["report", "run", "--groups", "FILE", *PAGE],
        ],
    ),
    (
        1,
        ["about.toml"],
        ["story.csv"],
        [["export", "story.csv", "--about", "FILE", "--text", "full", *FOLDER, *OPTIONS]],
    ),
    (1, ["hmac.key"], ["none"], [["reproduce", "none", "--hmac-key", "FILE", "--articles", "story.csv"]]),
    (3, ["sheets/*"], ["sheets"], [["agree", "sheets"], ["agree", "FILE"], ["agree", "sheets", *FOLDER]]),
    (2, ["sheets/key.parquet"], ["sheets"], [["agree", "sheets"], ["agree", "sheets", *FOLDER]]),
    (8, ["run/**/*"], ["run"], READ_RUN),
    (
        4,
        ["full/data/*", "full/storydiff.json", "full/settings.toml"],
        ["full"],
        [["READ", "full"], ["reproduce", "full"]],
    ),
    (
        4,
        ["none/data/*", "none/storydiff.json"],
        ["none", "story.csv"],
        [
            ["READ", "none"],
            ["reproduce", "none"],
            ["reproduce", "none", "--articles", "story.csv", "--hmac-key", "hmac.key"],
        ],
    ),
]


def rehash(folder: Path) -> None:
    """Write the hash and the size of every file into the manifest, as one who edits a data set on purpose would."""
    manifest = json.loads((folder / "storydiff.json").read_text(encoding="utf-8"))
    for one in manifest["files"]:
        data = (folder / one["path"]).read_bytes()
        one |= {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    (folder / "storydiff.json").write_text(json.dumps(manifest), encoding="utf-8")


def prepared(rng: random.Random, whole: Path, room: Path, *, quick: bool) -> list[str]:
    """Copy what a command needs into a room, spoil one file of it, and return the command's words."""
    _, names, others, commands = rng.choices(KINDS, [kind[0] for kind in KINDS])[0]
    name = rng.choice(names)
    for needed in {*others, name.partition("/")[0], "hmac.key"}:
        (shutil.copytree if (whole / needed).is_dir() else shutil.copy)(whole / needed, room / needed)
    (room / "out").mkdir()
    paths = sorted(path for path in room.glob(name) if path.is_file())
    path = rng.choice(paths)
    way = rng.random()
    if way < 0.03:
        path.unlink()
    elif way < 0.05:
        path.unlink()
        path.mkdir()
    else:
        spoil(rng, path)
    top = name.partition("/")[0]
    if top in {"full", "none"} and path.suffix != ".json" and rng.random() < 0.8:
        with contextlib.suppress(OSError):
            rehash(room / top)
    file = str(path.relative_to(room))
    return [file if word == "FILE" else word for word in (commands[0] if quick else rng.choice(commands))]


class TooSlowError(Exception):
    """A command took longer than it may."""


def _stop(*_):
    raise TooSlowError


def problem_of(words: list[str], room: Path) -> str:  # noqa: PLR0911, PLR0912 - a list of what may be wrong
    """Run a command in the room and say what is wrong with how it ends; "" if it ends well."""
    if words[0] == "READ":
        return _read(room / words[1])
    usual = [signal.signal(kind, _stop) for kind in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_WAIT)
    try:
        with hidden(True), contextlib.chdir(room), warnings.catch_warnings():
            warnings.simplefilter("ignore", compare.InputWarning)  # the command line shows them by a hook of its own
            done = CliRunner().invoke(main, words)
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        for kind, handler in zip((signal.SIGPROF, signal.SIGALRM), usual, strict=True):
            signal.signal(kind, handler)
    if done.exception and not isinstance(done.exception, SystemExit):
        return "".join(traceback.format_exception(done.exception)[-6:])
    if done.exit_code not in ((0, 1, 2) if words[0] == "reproduce" else (0, 2)):
        return f"exit code {done.exit_code}"
    for stream in (done.stdout, done.stderr):
        odd = [letter for letter in stream if not letter.isprintable() and letter not in "\n\u200c\u200d\xad"]
        if odd and "--json" not in words:
            return f"unprintable {odd[:5]!r} in {stream[:300]!r}"
    lines = done.stderr.splitlines()
    if odd := [line for line in lines if not line.startswith("storydiff: ")]:
        return f"no sentence: {odd[:3]}"
    if done.exit_code == 2:
        if not lines:
            return "exit code 2 without a sentence"
        if written := [path.name for path in (room / "out").rglob("*")]:
            return f"exit code 2, and yet there is {written[:5]}: {done.stderr}"
    if len(lines) > MOST_LINES or max(map(len, lines), default=0) > LONGEST_LINE:
        return f"{len(lines)} lines, {len(done.stderr)} characters on standard error: {done.stderr[:500]!r}"
    return ""


def _read(bundle: Path) -> str:
    try:
        compare.read_bundle(bundle)
    except compare.StorydiffError:
        return ""
    except Exception as error:
        return "".join(traceback.format_exception(error)[-6:])
    return ""


def attack(whole: Path, number: int, seed: int = 1, keep: Path | None = None, *, quick: bool = False) -> str:
    """Try the input of this number, and return what is wrong, with the command; "" if nothing is.

    If `quick`, only the quickest command for each kind of file.
    """
    rng = random.Random(f"{seed} {number}")  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        room = keep or Path(folder)
        words = prepared(rng, whole, room, quick=quick)
        wrong = problem_of(words, room)
    return f"{number}: {' '.join(words)}\n{wrong}" if wrong else ""


def _program(most: int = 10_000, seed: int = 1, only: int | None = None) -> None:
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        whole = valid(Path(folder) / "whole")
        if only is not None:
            print(attack(whole, only, seed, Path(tempfile.mkdtemp(prefix=f"malformed-{only}-"))))
            return
        failed, began = 0, time.process_time()
        for number in range(most):
            if wrong := attack(whole, number, seed):
                failed += 1
                print(wrong, flush=True)
            if number % 250 == 249:
                print(f"{number + 1} inputs, {failed} failed", flush=True)
        print(f"{most} inputs, {failed} failed, {time.process_time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    _program(*map(int, sys.argv[1:]))
