"""How often the language of a short text is told rightly, and how often English is called foreign.

    OMP_NUM_THREADS=1 python benchmarks/languages.py [FOLDER]

Own sentences are in `languages.toml`, looked at one by one and three at a time. FOLDER is the one with the English data
sets; of their articles the whole, the first three sentences and the first alone are looked at, and headlines.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from itertools import combinations
from pathlib import Path

from compare.language.languages import detect_language
from compare.language.split import split_text

ARTICLES = ("basil/articles", "ecbplus/stories", "polnear/articles", "realsumm/articles", "spark/articles")


def own() -> None:
    """Print how many of the own texts are told rightly."""
    known = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    for number in (1, 3):
        texts = [
            (name.partition("-")[0], " ".join(some))
            for name, sentences in known.items()
            for some in combinations(sentences, number)
        ]
        for group, english in (("other languages", False), ("English", True)):
            asked = [(code, text, detect_language(text)) for code, text in texts if (code == "en") == english]
            wrong = [(code, found, text[:40]) for code, text, found in asked if code != found]
            print(f"{group}, {number} at a time: {len(asked) - len(wrong)} of {len(asked)} right; wrong: {wrong}")


def english(folder: Path) -> None:
    """Print how many English texts are called foreign."""
    texts = [
        text
        for name in ARTICLES
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        if (text := json.loads(line)["text"]).strip()
    ]
    with (folder / "sts_headlines/pairs_graded.csv").open(encoding="utf-8") as file:
        headlines = sorted({row[side] for row in csv.DictReader(file) for side in ("a", "b")})
    heads = {number: [text[: split_text(text[:5000])[:number][-1][1]].strip() for text in texts] for number in (1, 3)}
    groups = {"articles": texts, "first 3 sentences": heads[3], "first sentence": heads[1], "headlines": headlines}
    for name, group in groups.items():
        foreign = [found for text in group if (found := detect_language(text)) != "en"]
        print(f"{name}: {len(foreign)} of {len(group):,} called foreign {sorted(set(foreign))}")


def main() -> None:
    """Print a line for each group of texts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    options = parser.parse_args()
    own()
    if options.folder:
        english(options.folder)


if __name__ == "__main__":
    main()
