"""Stories for the report's tests, built straight from tables: no matching is needed to draw a page."""

import random
from dataclasses import replace

from compare.comparison import Comparison
from compare.settings import Settings
from compare.tables import CARRIED, QUOTES, STORY_TABLES, WIRE

# Three outlets; every line is a sentence, "|" sets the number of the claim that it carries.
STORY = {
    "Northern Courier": """
        1| The two sides agreed on a truce of 30 days.
        2| Seventeen people were killed on Monday.
        3| The port stays closed.
        0| Subscribe to our newsletter.""",
    "Daily Herald": """
        1| Both sides agreed to a 30-day truce.
        2| Seventy-one people were killed on Monday.
        4| "We will not leave," said Mayor Ines Calder.
        0| Read more about the region.""",
    "Evening Post": """
        1| A truce of 30 days was agreed by the two sides.
        3| The port remains closed until Friday.
        4| Mayor Calder said that the city would stay.
        5| Rain is expected.""",
}
# state and probability for each claim at the three outlets
COVERED = {
    1: "verbatim .98, paraphrased .95, paraphrased .93",
    2: "verbatim .99, altered .80, omitted .07",
    3: "verbatim .97, omitted .03, paraphrased .88",
    4: "undecided .41, verbatim .99, paraphrased .72",
    5: "omitted .02, omitted .05, verbatim .99",
}


def small_story(rename=lambda text: text, outlets=3, **columns) -> Comparison:
    """Build the story above; `rename` is applied to every text, `columns` are set in the articles."""
    articles, sentences, mentions = [], [], []
    for outlet, lines in list(STORY.items())[:outlets]:
        text, article_id = "", f"a-{outlet}"
        for index, line in enumerate(lines.strip().splitlines()):
            claim, words = line.strip().split("| ")
            text += "\n\n" if index == 2 else " " if index else ""
            start, text = len(text), text + rename(words)
            sentence = {
                "sentence_id": f"{article_id}:{index}",
                "article_id": article_id,
                "index": index,
                "start": start,
                "end": len(text),
            }
            sentences.append(sentence | {"text": rename(words), "quoted": words[0] == '"', "boilerplate": claim == "0"})
            mentions.append(
                {
                    "claim_id": claim,
                    "outlet": rename(outlet),
                    "article_id": article_id,
                    "sentence_id": sentence["sentence_id"],
                    "start": sentence["start"],
                    "end": sentence["end"],
                    "role": "member",
                    "probability": 0.9,
                }
            )
        articles.append(
            {
                "article_id": article_id,
                "story_id": "port_truce",
                "outlet": rename(outlet),
                "title": rename(f"{outlet}: a truce"),
                "published": "2025-03-12T14:05Z",
                "text": text,
            }
        )
        articles[-1] |= columns
    return _comparison(articles, sentences, [m for m in mentions if m["claim_id"] != "0"], rename)


# Each quotation: its claim, whose words, its wording; per outlet the sentence, speaker, words, state, what is gone,
# the probability that the speaker is the source, and the probability that the claim is carried.
QUOTED = [
    ("4", "Ines Calder", "We will not leave if we can help it", {
        "Northern Courier": (2, "A fisherman", "We will not leave if we can help it", "reattributed", "", 0.06, 0.41),
        "Daily Herald": (2, "Mayor Ines Calder", "We will not leave", "trimmed", "if we can help it", 1.0, 0.99),
        "Evening Post": (2, "Mayor Calder", "the city would stay", "paraphrased", "", 0.53, 0.72),
    }),
    ("5", None, "There is a truce", {
        "Northern Courier": (0, None, "There is a truce", "full", "", None, 0.02),
        "Daily Herald": (None, None, None, "absent", "", None, 0.05),
        "Evening Post": (None, None, None, "absent", "", None, 0.99),
    }),
    ("1", "The port", "The port remains closed until Friday", {
        "Northern Courier": (2, "The port", "The port stays closed", "paraphrased", "", 1.0, 0.97),
        "Daily Herald": (None, None, None, "absent", "", None, 0.95),
        "Evening Post": (1, "The port", "The port remains closed until Friday", "paraphrased", "", 1.0, 0.88),
    }),
]  # fmt: skip


def quoted_story(rename=lambda text: text) -> Comparison:
    """Build the small story with its quotations, and with Evening Post as a cut copy of Northern Courier's text."""
    story, rows = small_story(rename), []
    maybe = lambda text: None if text is None else rename(text)  # noqa: E731 - a missing value stays missing
    for number, (claim, source, wording, cells) in enumerate(QUOTED):
        for outlet, (sentence, speaker, text, state, gone, same, carried) in cells.items():
            rows.append(
                {
                    "quote_id": f"q{number}",
                    "claim_id": claim,
                    "outlet": rename(outlet),
                    "sentence_id": None if sentence is None else f"a-{outlet}:{sentence}",
                    "speaker": maybe(speaker),
                    "resolved": maybe(speaker),
                    "cue": maybe("said" if speaker else None),
                    "text": maybe(text),
                    "kind": None if text is None else "indirect" if state == "paraphrased" else "direct",
                    "state": state,
                    "gone": gone and rename(gone),
                    "probability": None if text is None else 0.98,
                    "source": maybe(source),
                    "same_speaker": same,
                    "wording": rename(wording),
                    "claim_probability": carried,
                }
            )
    own = {"wire": "own", "shared": 0.1, "added": 0.9, "cut": "none", "cut_sentences": 0}
    copy = {"wire": "wire", "agency": rename("Longwave"), "group_id": "w1", "shared": 0.9, "added": 0.0}
    copy["source_article_id"] = "a-Northern Courier"
    wire = [
        copy | {"article_id": "a-Northern Courier", "outlet": rename("Northern Courier"), "cut": "none"},
        own | {"article_id": "a-Daily Herald", "outlet": rename("Daily Herald")},
        copy | {"article_id": "a-Evening Post", "outlet": rename("Evening Post"), "wire": "wire, cut", "cut": "tail"},
    ]
    wire[0] |= {"cut_sentences": 0}
    wire[2] |= {"cut_sentences": 7, "p_value": 1.0}
    return replace(story, quotes=QUOTES.frame(rows), wire=WIRE.frame(wire))


def comparison_of(story_id: str, **rows) -> Comparison:
    """A story of these rows, by the names of the tables; a table that is not named is empty."""
    tables = {table.name: table.frame(rows.get(table.name, [])) for table in STORY_TABLES}
    assert rows.keys() <= tables.keys()
    return Comparison(story_id=story_id, **tables, settings=Settings())


def _comparison(articles, sentences, mentions, rename) -> Comparison:
    texts = {s["sentence_id"]: s["text"] for s in sentences}
    places = {s["sentence_id"]: s["index"] / 3 for s in sentences}
    claims, coverage = [], []
    for number, cells in COVERED.items():
        carrying = {m["outlet"]: m["sentence_id"] for m in mentions if m["claim_id"] == str(number)}
        if not carrying:
            continue
        wording = texts[next(iter(carrying.values()))]
        claims.append(
            {
                "claim_id": str(number),
                "story_id": "s",
                "claim": wording,
                "kind": "quote" if number == 4 else "statement",
                "speaker": rename("Mayor Ines Calder") if number == 4 else None,
                "outlets": len(carrying),
                "voices": len(carrying),
                "salience": 1 / number,
            }
        )
        for article, cell in zip(articles, cells.split(", "), strict=False):
            state, probability = cell.split()
            sentence = carrying.get(article["outlet"], f"{article['article_id']}:0")
            position = places[sentence] if article["outlet"] in carrying else None
            coverage.append(
                {
                    "claim_id": str(number),
                    "outlet": article["outlet"],
                    "state": state,
                    "probability": float(probability),
                    "sentence_id": sentence,
                    "evidence": texts[sentence],
                    "position": position,
                    "changes": "number" if state == "altered" else "",
                }
            )
    return comparison_of(
        "port_truce", articles=articles, sentences=sentences, claims=claims, mentions=mentions, coverage=coverage
    )


def synthetic_story(outlets: int, claims: int, words: int = 22, seed: int = 1) -> Comparison:
    """Build a story of any size: each claim at one outlet or, every fourth, at several."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret here
    vocabulary = ["".join(chance.choices("abcdefghilmnoprstu", k=chance.randint(2, 9))) for _ in range(4000)]
    names = [f"Outlet number {i}" for i in range(outlets)]
    sentences, mentions, coverage, claim_rows = [], [], [], []
    texts = dict.fromkeys(names, "")
    counts = dict.fromkeys(names, 0)
    for number in range(claims):
        carriers = set(chance.sample(names, chance.randint(2, outlets) if number % 4 == 0 else 1))
        wording = " ".join(chance.choices(vocabulary, k=words)).capitalize() + "."
        claim_rows.append(
            {
                "claim_id": f"c{number}",
                "story_id": "s",
                "claim": wording,
                "kind": "statement",
                "outlets": len(carriers),
                "voices": len(carriers),
                "salience": 1 - number / claims,
            }
        )
        for name in names:
            cell = {"claim_id": f"c{number}", "outlet": name, "changes": "", "position": None}
            if name in carriers:
                said = (
                    " ".join(w if chance.random() > 0.3 else chance.choice(vocabulary) for w in wording[:-1].split())
                    + "."
                )
                start = len(texts[name])
                texts[name] += said + " "
                key = f"{name}:{counts[name]}"
                sentences.append(
                    {
                        "sentence_id": key,
                        "article_id": name,
                        "index": counts[name],
                        "start": start,
                        "end": start + len(said),
                        "text": said,
                        "quoted": False,
                        "boilerplate": False,
                    }
                )
                counts[name] += 1
                mentions.append(
                    {
                        "claim_id": f"c{number}",
                        "sentence_id": key,
                        "article_id": name,
                        "outlet": name,
                        "start": start,
                        "end": start + len(said),
                        "role": "member",
                        "probability": 0.9,
                    }
                )
                state = chance.choice(CARRIED)
                cell |= {
                    "state": state,
                    "probability": 0.5 + chance.random() / 2,
                    "sentence_id": key,
                    "evidence": said,
                    "position": number / claims,
                }
                cell["changes"] = "number" if state == "altered" else ""
            else:
                cell |= {
                    "state": "undecided" if chance.random() < 0.05 else "omitted",
                    "probability": chance.random() / 3,
                    "sentence_id": f"{name}:0",
                    "evidence": "x",
                }
            coverage.append(cell)
    articles = [
        {
            "article_id": n,
            "story_id": "s",
            "outlet": n,
            "title": f"Title of {n}",
            "published": "2025-03-12T14:05Z",
            "text": t,
        }
        for n, t in texts.items()
    ]
    return comparison_of(
        "synthetic", articles=articles, sentences=sentences, claims=claim_rows, mentions=mentions, coverage=coverage
    )
