"""How often the language of a short text is told rightly, English is called foreign, and a sentence is cut wrongly.

    OMP_NUM_THREADS=1 python benchmarks/languages.py [FOLDER]

Own sentences are in `languages.toml`, looked at one by one and three at a time, headlines and shorter sentences in
`languages_short.toml`, sentences with hard ends in `languages_splits.toml`. FOLDER is the one with the English data
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


def short() -> None:
    """Print how many headlines and short sentences are told rightly, by language."""
    known = tomllib.loads((Path(__file__).parent / "languages_short.toml").read_text(encoding="utf-8"))
    groups = dict(known)
    groups["three sentences"] = {
        code: [" ".join(texts[at : at + 3]) for at in range(len(texts) - 2)]
        for code, texts in known["sentences"].items()
    }
    for name, group in groups.items():
        right = {code: sum(detect_language(text) == code for text in texts) for code, texts in group.items()}
        of = sum(map(len, group.values()))
        print(f"{name}: {sum(right.values())} of {of} right; of {len(group['en'])} each: {right}")


def splits() -> None:
    """Print how many hard ends of sentences are missed, and how many are found where none is."""
    known = tomllib.loads((Path(__file__).parent / "languages_splits.toml").read_text(encoding="utf-8"))
    unseen = known.pop("unseen")
    for code, texts in [*known.items(), *((f"{code}, unseen", texts) for code, texts in unseen.items())]:
        missed = false = count = 0
        for marked in texts:
            ends = {len(marked[:at].replace("|", " ")) for at, mark in enumerate(marked) if mark == "|"}
            found = {end for _, end in split_text(marked.replace("|", " "), code[:2])[:-1]}
            missed, false, count = missed + len(ends - found), false + len(found - ends), count + len(ends)
        print(f"{code}: of {count} ends {missed} missed; {false} false")


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
    short()
    splits()
    if options.folder:
        english(options.folder)


if __name__ == "__main__":
    main()
