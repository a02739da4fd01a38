"""The codes that coders give, and their meanings."""

from __future__ import annotations

NOT_VALIDATED = "not validated"

# In the order of the scale: a code's place is its rank in ordinal measures.
CODES = {
    "no": "The article does not say this.",
    "part": "The article says a part of it, or says it with a detail changed (another number, name or source).",
    "yes": "The article says this, in whatever words.",
}
# An allowed answer, treated as a missing code.
UNSURE = "unsure"
UNSURE_MEANING = "It cannot be told from the article."
# As in the toolkit, where partial and altered claims count as carried.
CARRIED_CODES = ("yes", "part")

GUIDE = """Does the article say this?

Each unit is a claim and an article. Read the claim, then the article, and choose one code:

{codes}
Judge by the article alone: not by what you know, and not by whether it is true. Other words are fine; what
follows from the article only by a guess does not count. A claim may hold in a headline or in a quotation.
Work alone, in the given order if you can, and do not look at anybody else's answers.

In the CSV file, write the code into the column "code" and change nothing else; remarks go into "note". In the
HTML form, choose an answer and save the file at the end, or earlier to go on later. Send back only that file.
"""


def all_codes() -> dict[str, str]:
    """Return every code that a coder may give, with its meaning, in the order of the form."""
    return {**dict(reversed(CODES.items())), UNSURE: UNSURE_MEANING}
