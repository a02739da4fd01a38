"""The tables of an invented story, written as what each outlet does with each claim."""

import pandas as pd

from compare.tables import ARTICLES, CLAIMS, COVERAGE, QUOTES, SENTENCES, WIRE

STATE = {"+": "paraphrased", "=": "verbatim", "x": "altered", "?": "undecided", "-": "omitted"}


def story(claims, *, outlets="ABC", published=(), copies=(), positions=None, speakers=None, quoted=(), story_id="s"):
    """Give a story's id and tables.

    Args:
        claims: wordings and a sign of `STATE` for each outlet: {"Two men died.": "+-?"}.
        outlets: their names.
        published: the hour of each outlet's article; empty if unknown.
        copies: outlets that run one text.
        positions: where the sentence stands, by claim number and outlet; else in the middle.
        speakers: whom the outlet gives a claim to, by claim number and outlet.
        quoted: claim numbers and outlets whose sentence stands in quotation marks.
        story_id: the story.
    """
    coverage, sentences, quotes = [], [], []
    for number, signs in enumerate(claims.values()):
        for outlet, sign in zip(outlets, signs, strict=True):
            at = {"claim_id": f"{story_id}-c{number}", "outlet": outlet, "sentence_id": f"{story_id}{outlet}:{number}"}
            position = None if sign == "-" else (positions or {}).get((number, outlet), 0.5)
            coverage.append(
                at | {"state": STATE[sign], "probability": 0.5, "evidence": "", "position": position, "changes": ""}
            )
            sentence = {"sentence_id": at["sentence_id"], "article_id": f"{story_id}{outlet}", "index": number}
            sentence |= {"start": 0, "end": 0, "text": "", "boilerplate": False}
            sentences.append(sentence | {"quoted": (number, outlet) in quoted})
            if (number, outlet) in (speakers or {}):
                said = {"quote_id": f"q{number}", "speaker": speakers[number, outlet], "state": "full"}
                quotes.append(at | said | {"gone": "", "wording": ""})
    wire = [
        {
            "article_id": f"{story_id}{outlet}",
            "outlet": outlet,
            "wire": "wire" if outlet in copies else "own",
            "group_id": "g" if outlet in copies else None,
            "shared": 0.0,
            "added": 0.0,
            "cut": "none",
            "cut_sentences": 0,
        }
        for outlet in outlets
    ]
    articles = [
        {"article_id": f"{story_id}{outlet}", "story_id": story_id, "outlet": outlet, "text": "", "published": hour}
        for outlet, hour in zip(outlets, list(published) or [None] * len(outlets), strict=True)
    ]
    named = [
        {"claim_id": f"{story_id}-c{number}", "story_id": story_id, "claim": claim, "kind": "statement"}
        | {"outlets": 1, "voices": 1, "salience": 0.5, "speaker": next(iter(_of(speakers, number)), None)}
        for number, claim in enumerate(claims)
    ]
    stamped = pd.DataFrame(articles)
    stamped["published"] = pd.to_datetime(stamped["published"], utc=True, unit="h")
    return story_id, {
        "coverage": COVERAGE.frame(coverage),
        "claims": CLAIMS.frame(named),
        "quotes": QUOTES.frame(pd.DataFrame(quotes, columns=QUOTES.names)),
        "sentences": SENTENCES.frame(sentences),
        "wire": WIRE.frame(wire),
        "articles": ARTICLES.frame(stamped),
    }


def _of(speakers, number):
    return [name for (at, _), name in (speakers or {}).items() if at == number]
