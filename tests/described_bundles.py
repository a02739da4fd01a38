"""A small invented story as the data files of a bundle, and descriptions of it."""

import hashlib
from dataclasses import replace

from compare import __version__, compare_story
from compare.export.about import About, Creator
from compare.export.description import Description
from compare.export.manifest import File
from compare.saving import write_csv
from compare.tables import STORY_TABLES, data_dictionary

ARTICLES = [
    {
        "outlet": "Northern Gannet",
        "title": "Ferry to Skarholm stops for a week",
        "published": "2026-03-02T07:00:00Z",
        "url": "https://gannet.example/ferry?id=1",
        "language": "en",
        "text": "The ferry to Skarholm will not run for a week. Its engine failed on Sunday with 41 aboard.\n\n"
        '"Nobody was in danger," said Runa Eld, who runs the harbour. -- The island has no other way to the mainland.',
    },
    {
        "outlet": "=Skarholm Post",
        "title": "-- Islanders cut off",
        "published": "2026-03-02T09:30:00Z",
        "language": "en",
        "text": "Skarholm's ferry will not run for a week. Its engine failed on Sunday with 14 people on board.\n\n"
        "Two shops on the island have no bread left. A doctor will be flown in on Wednesday.",
    },
    {
        "outlet": "Bay Wire",
        "language": "en-GB",
        "text": "A ferry engine failed on Sunday with 41 people on board, the harbour said. "
        '"Nobody was in danger," Runa Eld said. A doctor will be flown in to Skarholm on Wednesday.',
    },
]
LEAST = About(
    title="The ferry to Skarholm",
    description="Which claims three outlets carry.",
    keywords=("news",),
    date="2026-11-22",
)
FULL = About(
    title="The ferry to Skarholm",
    description="Which claims three outlets carry.\nAn invented story.",
    creators=(
        Creator("Eld, Runa", orcid="0000-0002-1825-0097", affiliation="Skarholm College"),
        Creator("Institute of the Bay"),
    ),
    publisher="Skarholm Archive",
    licence="CC-BY-4.0",
    version="1.0.0",
    date="2026-11-22",
    doi="10.1234/skarholm.1",
    url="https://archive.example/skarholm",
    contact="runa@college.example",
    keywords=("news", "ferries"),
)


def write_data(folder):
    """Write the story's tables as a bundle has them; give what describes them."""
    comparison = compare_story(ARTICLES, reader=None)
    (folder / "data").mkdir()
    (folder / "csv").mkdir()
    files, tables = [], []
    for table in STORY_TABLES:
        frame = table.frame(getattr(comparison, table.name))
        tables.append((table, len(frame)))
        frame.to_parquet(folder / f"data/{table.name}.parquet", index=False)
        write_csv(frame, folder / f"csv/{table.name}.csv")
        files += [(f"data/{table.name}.parquet", table.name), (f"csv/{table.name}.csv", table.name)]
    write_csv(data_dictionary(), folder / "dictionary.csv")
    (folder / "settings.toml").write_text(comparison.settings.to_toml(), encoding="utf-8")
    (folder / "storydiff.json").write_text("{}\n", encoding="utf-8")
    described = [
        File(path, hashlib.sha256(content).hexdigest(), len(content), table)
        for path, table in [*files, ("dictionary.csv", ""), ("settings.toml", "")]
        for content in [(folder / path).read_bytes()]
    ]
    return tuple(tables), tuple(described)


def describe(data, **changed):
    """Describe the written data; what is not changed is a bundle about which little is known."""
    tables, files = data
    known = {
        "about": LEAST,
        "storydiff": __version__,
        "text": "full",
        "key_published": False,
        "stories": 1,
        "outlets": tuple(article["outlet"] for article in ARTICLES),
        "articles": len(ARTICLES),
        "first": "2026-03-02",
        "last": "2026-03-02",
        "languages": ("en", "en-GB"),
        "tables": tables,
        "files": files,
        "validation": "",
    }
    return Description(**known | changed)


def hostile(words):
    """Give authors whose names and titles are these words."""
    creators = (Creator(f"{words}, Ada"), Creator(f"A {words} B"))
    about = replace(FULL, title=f"A {words} B", description=words, creators=creators, publisher=words)
    return replace(about, version=words, contact=words, keywords=(words,), url=f"https://a.example/{words}")


def write_metadata(texts, folder):
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
