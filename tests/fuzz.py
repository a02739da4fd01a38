"""Whatever a file or a text holds, it is read or refused in a sentence: `make fuzz SECONDS=30` looks for what is not.

Each attack changes something that is sound, or makes up something of the right form, and hands it to a door through
which strangers' data comes. It may be read, or refused with an error of storydiff's own; any other error, a warning of
somebody else's, or an example that takes a minute is a finding, which hypothesis makes as small as it can. What was
found and mended is kept as a test of its own in tests/test_fuzzed.py.
"""

import argparse
import atexit
import contextlib
import faulthandler
import gzip
import io
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from hostile_strings import HOSTILE
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import compare
from compare.claims.codebook import read_claims
from compare.errors import StorydiffError
from compare.export.manifest import file_of
from compare.language.split import split_text
from compare.matching.changes.kinds import changes
from compare.reading.decoding import decoded
from compare.reading.files import FORMATS
from compare.reading.problems import Problems
from compare.tables import CHANGES

LONGEST = 60  # seconds for one example; the report of a run takes some
HUNG = 300  # seconds after which the program tells where it hangs, and ends
ROUND = 100  # examples between two looks at the clock
PATIENT = {"deadline": LONGEST * 1000, "suppress_health_check": list(HealthCheck), "database": None}
ROOT = Path(__file__).parents[1]

STORY = [
    {"outlet": "Gannet", "title": "Pier opens", "text": "The pier opened on Monday. “We waited,” said Mara Quill."},
    {
        "outlet": "Orrery",
        "title": "Pier shut",
        "text": "The pier did not open on Monday, Mara Quill said. It cost $5m.",
    },
]
WORDS = """
The the a said says not no never “ ” ‘ ’ " ' « » ( ) . , ; : ? ! … — - 3 17 five million per cent percent % $ £ km °C
Monday 3pm 9 a.m. 2026-03-04 March U.S. Ms. Dr. Mara Quill she he they it council police officials according to told
reporters may might could opened closed the\npier \n\n \r\n \t \u00a0 \u00ad \ufeff \u200b \u202e \ud800
é e\u0301 İ ß ﬁ ½ ² ① 東京 。 「 」 مرحبا \U0001f600 <b> </p> &amp; http://pier.example/ | * _ # @ % 1,000,000
1.000 0 -0 1e309 ∞ NaN II
""".split(" ")
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from([*WORDS, *HOSTILE]), max_size=12).map("".join),
    st.text(max_size=200),
)
names = st.sampled_from("outlet text title published url language article_id story_id claim_id claim articles".split())
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.sampled_from(HOSTILE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | texts, inner, max_size=6),
    max_leaves=12,
)
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12) | texts.map(lambda text: said(text)[:40])),
    min_size=1,
    max_size=6,
)


def said(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")


def edited(data: bytes, changed: list[tuple[float, int, bytes]]) -> bytes:
    """Put other bytes in the place of some, anywhere."""
    for place, length, new in changed:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    return data


@contextlib.contextmanager
def refused():
    """Let pass what is refused in a sentence, and warnings that are storydiff's own; yield a folder to write in."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", compare.InputWarning)
        with contextlib.suppress(StorydiffError):
            yield Path(folder)


@cache
def sound() -> dict[str, list[bytes]]:
    """Files of every format that are in order."""
    frame = pd.DataFrame(STORY)
    book, table, archive = io.BytesIO(), io.BytesIO(), io.BytesIO()
    frame.to_excel(book, index=False)
    frame.to_parquet(table)
    page = (
        "<html><head><meta charset='utf-8'><title>{title}</title></head><body><article><p>{text}</p></article></body>"
    )
    text, pages = "{title}\n\n{text}".format(**STORY[0]), page.format(**STORY[0])
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("one/Gannet.txt", text)
        packed.writestr("two/Orrery.html", pages)
    lines = "".join(json.dumps(record) + "\n" for record in STORY)
    csv = frame.to_csv(index=False)
    return {
        ".jsonl": [lines.encode()],
        ".ndjson": [lines.encode()],
        ".json": [json.dumps(STORY).encode(), json.dumps({"articles": STORY}).encode("utf-16")],
        ".csv": [csv.encode(), csv.replace(",", ";").encode("cp1252")],
        ".tsv": [frame.to_csv(index=False, sep="\t").encode()],
        ".xlsx": [book.getvalue()],
        ".parquet": [table.getvalue()],
        ".txt": [text.encode(), csv.encode(), lines.encode(), pages.encode()],
        ".html": [pages.encode(), b"<?xml version='1.0' encoding='x'?>" + pages.encode()],
        ".htm": [pages.encode()],
        ".zip": [archive.getvalue()],
        **sound_of_others(pages, text),
    }


def sound_of_others(page: str, text: str) -> dict[str, list[bytes]]:
    """Feeds, archives and documents that are in order; pages saved in one file."""
    body = page.encode()
    item = f"<item><title>A</title><description>{text}</description></item>"
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Gannet</title>{item}</channel></rss>"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\n"
    warc = f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"
    packed, document = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("archive/a.warc", warc)
    told = ["Crane falls", "The Gannet", "March 3, 2026", "Body", text, "Load-Date: March 3, 2026", "End of Document"]
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in told)
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>'
        )
    mail = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    return {
        **{form: [feed.encode()] for form in (".rss", ".atom", ".xml")},
        **{form: [warc, gzip.compress(warc)] for form in (".warc", ".gz")},
        ".wacz": [packed.getvalue()],
        ".docx": [document.getvalue()],
        ".rtf": [("{\\rtf1\\ansi " + "\\par ".join(told) + "}").encode()],
        **{form: [mail] for form in (".mht", ".mhtml")},
    }


def a_file_that_was_changed(form: str, base: int, changed: list, skip: bool) -> None:
    seeds = sound()[form]
    read(edited(seeds[base % len(seeds)], changed), form, skip)


def any_bytes(form: str, data: bytes, skip: bool) -> None:
    read(data, form, skip)


def read(data: bytes, form: str, skip: bool) -> None:
    """Read a file of articles; what is read is a table as every later step expects it."""
    with refused() as folder:
        path = folder / f"Gannet{form}"
        path.write_bytes(data)
        articles = compare.read_articles(path, skip_bad=skip)
        assert len(articles)
        assert articles["text"].str.strip().ne("").all()
        assert articles["outlet"].str.strip().ne("").all()
        assert articles["article_id"].is_unique
        said("".join(articles["text"])).decode()  # no half of a pair of surrogates


def records(content: list, form: str, skip: bool) -> None:
    lines = "".join(json.dumps(one) + "\n" for one in content)
    read(lines.encode() if form == ".jsonl" else json.dumps(content).encode(), form, skip)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.floats(),
    texts,
    st.binary(max_size=9),
    st.datetimes(),
    st.dates(),
    st.timedeltas(),
    st.decimals(allow_nan=False, places=2, min_value=-9, max_value=9),
    st.lists(st.integers(0, 3), max_size=3),
    st.fixed_dictionaries({"x": texts}),
)
columns = st.lists(names | texts, min_size=1, max_size=6)


def a_parquet_of_any_types(header: list[str], rows: list[list], skip: bool) -> None:
    arrays = []
    for place, _ in enumerate(header):
        column = [row[place % len(row)] for row in rows]
        try:
            arrays.append(pa.array(column))
        except (pa.ArrowException, OverflowError, ValueError):
            arrays.append(pa.array([repr(cell) for cell in column]))
    table = pa.Table.from_arrays(arrays, names=[said(name).decode("utf-8", "replace") for name in header])
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    read(buffer.getvalue(), ".parquet", skip)
    try:
        frame = table.to_pandas()
    except (pa.ArrowException, ValueError):  # columns that pandas has no place for
        return
    with refused():
        compare.read_articles(frame, skip_bad=skip)


def a_workbook_of_any_cells(header: list[str], rows: list[list], skip: bool) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [header, *rows]:
        plain = [
            c if isinstance(c, (str, int, float, bool, date, datetime, timedelta, type(None))) else str(c) for c in row
        ]
        with contextlib.suppress(Exception):  # what openpyxl itself refuses to write
            book.active.append(plain)
    buffer = io.BytesIO()
    with contextlib.suppress(Exception):
        book.save(buffer)
        read(buffer.getvalue(), ".xlsx", skip)


def an_archive_of_any_names(files: list[tuple[str, bytes]], skip: bool) -> None:
    archive = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(archive, "w") as packed:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, data in files:
            packed.writestr(said(name).decode("utf-8", "replace").lstrip("\0") or "x", data)
    read(archive.getvalue(), ".zip", skip)


def decoding(data: bytes, declared: str | None) -> None:
    with refused():
        said(decoded(data, "a.txt", Problems(skip=False), declared=declared)).decode()


def sentences(text: str, language: str) -> None:
    end = 0
    for start, stop in split_text(text, language):
        assert end <= start < stop <= len(text)
        assert text[start:stop].strip() == text[start:stop]
        end = stop


def quotations(text: str) -> None:
    for row in compare.extract_quotes(text).to_dict("records"):
        assert 0 <= row["start"] < row["end"] <= len(text)


def matching(one: str, other: str) -> None:
    left, right = compare.score_pairs([one, other], [other, one], reader=None)
    assert 0 <= left == right <= 1
    assert {change.kind for change in changes(one, other, other, [one])} <= {*CHANGES}


def stories(articles: list[tuple[str, str, str]], claim: str) -> None:
    with refused() as folder:
        given = [dict(zip(("outlet", "title", "text"), one, strict=True)) for one in articles]
        story = compare.compare_story(given, reader=None)
        story.track([claim])
        story.report(folder / "report.html")


def a_sheet_of_codes(changed: list, suffix: str) -> None:
    with refused() as folder:
        sheets = shutil.copytree(made() / "sheets", folder / "sheets")
        sheet = next(path for path in sorted(sheets.iterdir()) if path.suffix == ".csv")
        path = sheet.with_suffix(suffix)
        path.write_bytes(edited(sheet.read_bytes(), changed))
        repr(compare.read_sheets(path))


def answers(content: object) -> None:
    with refused() as folder:
        path = folder / "answers.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        repr(compare.read_sheets(path, made() / "sheets" / "key.parquet"))


def a_codebook(changed: list) -> None:
    base = "claim_id,claim,alternative_1,keep,merge_into,part_of\n"
    base += "c1,The pier opened.,It opened.,yes,,\nc2,It shut.,,no,,c1\n"
    with refused() as folder:
        path = folder / "codebook.csv"
        path.write_bytes(edited(base.encode(), changed))
        read_claims(path)


def a_codebook_in_python(claims: object) -> None:
    with refused():
        read_claims(claims)


def the_settings(changed: list) -> None:
    with refused() as folder:
        path = folder / "settings.toml"
        path.write_bytes(edited(compare.Settings().to_toml().encode(), changed))
        compare.Settings.read(path)


@cache
def made() -> Path:
    """Data sets, a run and sheets that are in order."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    story = compare.compare_story(STORY, reader=None)
    story.export(folder / "story", text="full")
    story.export(folder / "withheld", text="none")
    told = [{**one, "story_id": name, "article_id": name + one["outlet"]} for name in ("pier", "quay") for one in STORY]
    corpus = compare.compare_corpus(told, store=folder / "run", reader=None)
    corpus.export(folder / "corpus", text="full")
    compare.sample_decisions(story, 8, coders=2).write(folder / "sheets")
    return folder


def changed_folder(kind: str, folder: Path, which: int, changed: list) -> Path:
    """Copy a folder with one of its files changed."""
    copied = shutil.copytree(made() / kind, folder / kind)
    files = sorted(path for path in copied.rglob("*") if path.suffix in {".parquet", ".json", ".toml"})
    path = files[which % len(files)]
    path.write_bytes(edited(path.read_bytes(), changed))
    return copied


def changed_table(kind: str, folder: Path, which: int, column: int, cell: object) -> Path:
    """Copy a folder with one column of one of its tables filled with something else."""
    copied = shutil.copytree(made() / kind, folder / kind)
    files = sorted(copied.rglob("*.parquet"))
    path = files[which % len(files)]
    table = pq.read_table(path)
    name = table.column_names[column % len(table.column_names)]
    with contextlib.suppress(pa.ArrowException, OverflowError):
        filled = pa.array([cell] * table.num_rows)
        pq.write_table(table.set_column(table.column_names.index(name), name, filled), path)
    return copied


def vouched_for(bundle: Path) -> None:
    """Write the hashes of what is there now into a data set's manifest, as whoever forges one would."""
    path = bundle / "storydiff.json"
    with contextlib.suppress(ValueError, TypeError, KeyError):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["files"] = [vars(file_of(bundle, one["path"], one["table"])) for one in manifest["files"]]
        path.write_text(json.dumps(manifest), encoding="utf-8")


def use(opened: object, folder: Path) -> None:
    """Ask of a story or a corpus what anybody would."""
    repr(opened)
    if isinstance(opened, compare.Corpus):
        for name in opened.stories:
            opened.story(name).summary()
        len(opened.outlets)
    else:
        opened.summary()
        opened.matrix()
    opened.report(folder / "report.html")


def a_data_set_that_was_changed(kind: str, which: int, changed: list, vouched: bool) -> None:
    with refused() as folder:
        bundle = changed_folder(kind, folder, which, changed)
        if vouched:
            vouched_for(bundle)
        use(compare.read_bundle(bundle), folder)


def a_data_set_with_another_table(kind: str, which: int, column: int, cell: object) -> None:
    with refused() as folder:
        bundle = changed_table(kind, folder, which, column, cell)
        vouched_for(bundle)
        use(compare.read_bundle(bundle), folder)


def a_run_that_was_changed(which: int, changed: list) -> None:
    with refused() as folder:
        use(compare.open_run(changed_folder("run", folder, which, changed)), folder)


def a_run_with_another_table(which: int, column: int, cell: object) -> None:
    with refused() as folder:
        use(compare.open_run(changed_table("run", folder, which, column, cell)), folder)


def a_run_of_another_manifest(name: str, value: object) -> None:
    with refused() as folder:
        run = shutil.copytree(made() / "run", folder / "run")
        manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
        (run / "run.json").write_text(json.dumps(manifest | {name: value}), encoding="utf-8")
        use(compare.open_run(run), folder)


def a_table(data: bytes, changed: list, suffix: str) -> None:
    with refused() as folder:
        path = folder / f"coverage{suffix}"
        path.write_bytes(edited(data, changed))
        compare.read_table(path)


flags, some, kinds = st.booleans(), st.integers(0, 99), st.sampled_from(["story", "withheld", "corpus"])
forms = st.sampled_from(sorted(FORMATS))
TABLES = [b"claim_id,outlet,state,probability\nc1,Gannet,omitted,0.1\n", b'{"claim_id": "c1", "outlet": "Gannet"}\n']
MANIFEST = "storydiff settings data boilerplate encoder reader seed stories failed finished format more".split()
ATTACKS: dict[Callable[..., None], tuple[st.SearchStrategy, ...]] = {
    a_file_that_was_changed: (forms, some, edits, flags),
    any_bytes: (forms, st.binary(max_size=400), flags),
    records: (
        st.lists(st.dictionaries(names, values, max_size=6) | values, max_size=5),
        st.sampled_from([".json", ".jsonl"]),
        flags,
    ),
    a_parquet_of_any_types: (columns, st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=4), flags),
    a_workbook_of_any_cells: (columns, st.lists(st.lists(cells, max_size=6), max_size=4), flags),
    an_archive_of_any_names: (
        st.lists(
            st.tuples(
                texts | st.sampled_from(["../x.txt", "/x.txt", "C:x.txt", "a/x.txt", "x.csv", "x.zip", "./", "//"]),
                st.binary(max_size=60),
            ),
            max_size=5,
        ),
        flags,
    ),
    decoding: (
        st.binary(max_size=400) | texts.map(said),
        st.none()
        | st.sampled_from(
            [
                "utf-16",
                "utf-7",
                "idna",
                "punycode",
                "hex",
                "zip",
                "rot13",
                "undefined",
                "",
                "\0",
                "unicode_escape",
                "mbcs",
            ]
        )
        | st.text(max_size=9),
    ),
    sentences: (texts, st.sampled_from(["en", "de", "it", "ja", "ar", "hi", "xx", "", "en-GB"])),
    quotations: (texts,),
    matching: (texts, texts),
    stories: (
        st.lists(st.tuples(st.sampled_from(["Gannet", "Orrery"]) | texts, texts, texts), min_size=1, max_size=4),
        texts,
    ),
    a_sheet_of_codes: (edits, st.sampled_from([".csv", ".tsv", ".json"])),
    answers: (
        st.fixed_dictionaries(
            {
                "storydiff": st.just("answers"),
                "sample": values,
                "coder": values,
                "answers": values
                | st.lists(st.dictionaries(st.sampled_from(["unit", "code", "note", "coder"]), values)),
            }
        )
        | values,
    ),
    a_codebook: (edits,),
    a_codebook_in_python: (
        values | st.dictionaries(values.filter(lambda v: not isinstance(v, (list, dict))), values, max_size=4),
    ),
    the_settings: (edits,),
    a_data_set_that_was_changed: (kinds, some, edits, flags),
    a_data_set_with_another_table: (kinds, some, some, cells),
    a_run_that_was_changed: (some, edits),
    a_run_with_another_table: (some, some, cells),
    a_run_of_another_manifest: (st.sampled_from(MANIFEST), values),
    a_table: (st.sampled_from(TABLES), edits, st.sampled_from([".csv", ".jsonl", ".parquet"])),
}


def attacked(attack: Callable[..., None], seconds: float, first: int) -> bool:
    """Attack for some seconds with ever other examples; tell what is found, and return whether nothing is."""

    def example(arguments: tuple[object, ...]) -> None:
        faulthandler.dump_traceback_later(HUNG, exit=True)
        attack(*arguments)

    ends = time.monotonic() + seconds
    phases = (Phase.generate, Phase.shrink)
    once = settings(max_examples=ROUND, phases=phases, report_multiple_bugs=False, **PATIENT)
    print(attack.__name__, end=" ", flush=True)
    for number in range(first, sys.maxsize):
        if time.monotonic() >= ends:
            break
        try:
            seed(number)(once(given(st.tuples(*ATTACKS[attack]))(example)))()
        except Exception as error:
            frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.startswith(str(ROOT))]
            print(f"FAILS with --seed {number}", *traceback.format_list(frames)[2:], sep="\n")
            print(*traceback.format_exception_only(error))
            return False
        finally:
            faulthandler.cancel_dump_traceback_later()
    print("holds", (number - first) * ROUND, "examples")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30, help="how long each attack takes at least")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32), help="repeats a run")
    parser.add_argument("attacks", nargs="*", help="the names of some attacks; all are run without")
    asked = parser.parse_args()
    chosen = [attack for attack in ATTACKS if not asked.attacks or attack.__name__ in asked.attacks]
    made(), sound()  # not while the clock runs, nor where every warning is an error
    found = [attack for attack in chosen if not attacked(attack, asked.seconds, asked.seed)]
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
