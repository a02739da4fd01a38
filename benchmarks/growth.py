"""Time one story of three shapes as it grows, each size in a process of its own.

    OMP_NUM_THREADS=1 python benchmarks/growth.py [--reader small] [--seconds 120] [copies outlets long]

`copies` is one article of 28 sentences at so many outlets; `outlets` are so many outlets with 5 sentences each, drawn
from 60 facts, half of them with a word replaced; `long` are three outlets with so many sentences each, drawn from twice
as many facts. The words are invented. Every size prints sentences, claims, seconds, seconds of the processor, peak
memory, and the exponent with which the processor's seconds grew since the size before: 1 is linear, 2 quadratic. A
size that takes longer than `--seconds` is stopped, and no larger one of its shape is tried.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time

import compare

SIZES = {"copies": (75, 150, 300), "outlets": (250, 500, 1000), "long": (1250, 2500, 5000)}
ARTICLE, BRIEF, FACTS = 28, 5, 60  # sentences of a copied article and of a brief; facts that the briefs draw from
SYLLABLES = "ba ke lo mi nu pra ste ro vi zan dor fel gri hu jas ter mon sil cou wen".split()
FRAMES = (
    "The {} of {} {}ed the {} near the {} after {} {}s.",
    "{} {}s {}ed a {} in the {}, the {} said on the {}.",
    "A {} {} will {} the {} and the {} before the {} {}.",
    "Officials of the {} said that {} {}s {}ed in {} {} {}.",
)


def invented(number: int) -> list[str]:
    """Return so many words, always the same, none of which is English."""
    rng = random.Random(1)
    found: dict[str, None] = {}
    while len(found) < number:
        found["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))] = None
    return list(found)


def facts(number: int, rng: random.Random) -> list[list[str]]:
    """Return so many sentences as lists of words."""
    words = invented(4000)
    told = (
        rng.choice(FRAMES).format(*(rng.choice([*rng.choices(words, k=9), str(rng.randint(2, 900))]) for _ in range(7)))
        for _ in range(number)
    )
    return [sentence.split() for sentence in told]


def story(shape: str, size: int) -> list[dict[str, str]]:
    """Return the articles of a story of this shape and size."""
    rng = random.Random(7)
    if shape == "copies":
        texts = [facts(ARTICLE, rng)] * size
    elif shape == "outlets":
        known = facts(FACTS, rng)
        texts = [rng.sample(known, BRIEF) for _ in range(size)]
    else:
        known = facts(2 * size, rng)
        texts = [rng.sample(known, size) for _ in range(3)]
    words = invented(4000)
    return [
        {
            "outlet": f"Outlet {number}",
            "story_id": shape,
            "text": "\n\n".join(told(sentence, words, rng, shape) for sentence in text),
        }
        for number, text in enumerate(texts)
    ]


def told(sentence: list[str], words: list[str], rng: random.Random, shape: str) -> str:
    """Return a sentence as an outlet tells it: a copy as it is, else every second one with a word replaced."""
    if shape == "copies" or rng.random() < 0.5:
        return " ".join(sentence)
    at = rng.randrange(1, len(sentence) - 1)
    return " ".join([*sentence[:at], rng.choice(words), *sentence[at + 1 :]])


def measure(shape: str, size: int, reader: str | None) -> dict[str, float]:
    """Compare one story here, and return what it took; megabytes are the peak of the whole process."""
    articles = compare.read_articles(story(shape, size))
    start, used = time.perf_counter(), time.process_time()
    compared = compare.compare_story(articles, reader=reader)
    return {
        "sentences": len(compared.sentences),
        "claims": len(compared.claims),
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - used,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Print a row for every shape and size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "shapes", nargs="*", metavar="SHAPE", default=[], help="copies, outlets, long; all, if none is given"
    )
    parser.add_argument("--reader", choices=("none", "small"), default="none")
    parser.add_argument("--seconds", type=int, default=120, help="after which a size is stopped")
    parser.add_argument("--one", nargs=2, metavar=("SHAPE", "SIZE"), help="measure this one here, and print JSON")
    options = parser.parse_args()
    if options.one:
        reader = None if options.reader == "none" else options.reader
        print(json.dumps(measure(options.one[0], int(options.one[1]), reader)))
        return
    print(
        f"{'':8s}{'size':>6s}{'sentences':>10s}{'claims':>8s}{'seconds':>9s}{'processor':>11s}{'MB':>7s}{'exponent':>10s}"
    )
    for shape in options.shapes or SIZES:
        before = None
        for size in SIZES[shape]:
            command = [sys.executable, __file__, "--reader", options.reader, "--one", shape, str(size)]
            try:
                done = subprocess.run(command, capture_output=True, check=True, timeout=options.seconds)
            except subprocess.TimeoutExpired:
                print(f"{shape:8s}{size:6d}  stopped after {options.seconds} s")
                break
            found = json.loads(done.stdout)
            grown = math.log(found["processor"] / before[1]) / math.log(size / before[0]) if before else math.nan
            before = size, found["processor"]
            row = f"{shape:8s}{size:6d}{found['sentences']:10d}{found['claims']:8d}{found['seconds']:9.1f}"
            print(row + f"{found['processor']:11.1f}{found['megabytes']:7.0f}{grown:10.2f}", flush=True)


if __name__ == "__main__":
    main()
