"""Two invented stories, and data sets made of them."""

import pandas as pd

import compare

FERRY = {
    "Gannet": (
        "Ferry sinks off Port Velland",
        "The ferry Halcyon sank off Port Velland on Monday with 40 passengers on board. All of them were rescued by "
        "fishing boats within the hour. “We counted them twice and nobody is missing,” harbour master Odile Brandt "
        "said. Brine Lines owns the ship.\n\nThe company declined to comment.",
    ),
    "Orrery": (
        "=A ferry is lost",
        "A ferry has sunk off Port Velland. Fishing boats rescued all 40 passengers within the hour. The harbour "
        "master said she had counted them twice.\n\nBrine Lines, its owner, failed an inspection in March.",
    ),
    "Ledger": (
        None,
        "All 40 passengers of the ferry Halcyon were rescued by fishing boats on Monday. “We counted them twice,” "
        "Odile Brandt said. An inquiry into the sinking begins on Friday.",
    ),
}
BRIDGE = {
    "Gannet": (
        "Bridge to close",
        "The Ostrow bridge will close for two years. Repairs cost 12 million crowns, the council said. Shopkeepers "
        "fear for their trade.",
    ),
    "Orrery": (
        "Two years without a bridge",
        "Repairs of the Ostrow bridge will cost 15 million crowns, the council said. It closes for two years from May.",
    ),
}
STORIES = {"ferry": FERRY, "bridge": BRIDGE}


def articles(*names):
    """The articles of these stories as records; they bring no ids of their own."""
    return [
        {
            "story_id": name,
            "outlet": outlet,
            "title": title,
            "text": text,
            "published": f"2026-03-0{2 + place}T08:00:00Z",
            "url": f"https://{outlet.lower()}.example/{name}",
            "language": "en",
        }
        for name in names
        for place, (outlet, (title, text)) in enumerate(STORIES[name].items())
    ]


def ferry():
    return compare.compare_story(articles("ferry"), reader=None)


def both(store=None):
    return compare.compare_corpus(articles("ferry", "bridge"), store=store, reader=None)


def parquet(bundle, table):
    return pd.read_parquet(bundle / "data" / f"{table}.parquet")


def thirty():
    """Thirty stories about as many ferries."""
    return compare.compare_corpus(
        [
            {**one, "story_id": f"ferry-{number}", "text": one["text"].replace("40", str(40 + number))}
            for number in range(30)
            for one in articles("ferry")
        ],
        reader=None,
    )
