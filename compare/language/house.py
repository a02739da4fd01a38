"""How an outlet's own lines are worded: addressed to the reader, about itself, or mere labels."""

from __future__ import annotations

import re

from compare.language import english

_HEADING_WORDS = 5

# What varies from article to article: addresses, numbers, days and months.
_ADDRESS = ("://", "www.", "@")
_WORD = re.compile(r"[^\W_]+")
DATES = frozenset(
    name.capitalize() for names in (*english.time["weekdays"], *english.time["months"]) for name in names.split()
)

# Speaks for the outlet, or to its readers.
_HOUSE = re.compile(
    r"""\b(?:
      you | your | newsletters? | subscri\w+ | sign[ ]up | inbox | click | tap[ ]here | editor[’']s[ ]note
    | this[ ](?:article|story|page|post|series|live[ ]blog|podcast|website|column)
    | (?:like|follow|support|join|e-?mail)[ ](?:us|the[ ]page) | let[ ]us[ ]know | thanks?[ ](?:you[ ])?for[ ]reading
    | our[ ](?:\w+[ ]){0,2}(?:reporters?|reporting|journalis\w+|newsroom|coverage|readers?|correspondents?|editors?
        |team|apps?|web[ ]?site|site|terms|privacy|guidelines|standards|policy|podcasts?|guide|explainers?|archive)
    | is[ ](?:a|an|the|our)[ ](?:\w+[ ]){0,3}(?:reporter|correspondent|editor|columnist|journalist|writer)
        [ ](?:for|at|with|covering|based)
    | our[ ]app | comments[ ]are[ ]closed | (?:views|opinions)[ ]expressed
    )\b
    | ^\W*(?:support|download|read|listen|watch|follow|get|see|join|visit|find|subscribe|register|contact|share|explore
        |catch|stay)[ ](?:our|this|us|up|here|now|free|breaking|independent|quality|(?:the|all[ ]the)[ ]latest
        |more[ ](?:news|stories|of[ ]our|from|like)|to[ ](?:our|all[ ]episodes|the[ ](?:podcast|show|episode)))\b
    | \b(?:write|tips?|e-?mail|contact|reach)\b.{0,100}\w@\w
    | \S://\S | \bwww\. | (?<!\w)@\w | ©""",
    re.VERBOSE | re.IGNORECASE,
)
# What is quoted, the outlet does not say; a quotation may begin or end in another sentence.
_QUOTATION = re.compile(r"[“\"][^”\"\n]*+[”\"]?|^[^“\"]*”")


def line_key(text: str) -> str:
    """Give a line without what varies in it from article to article; empty if that is all there is."""
    if any(sign in text for sign in _ADDRESS):
        text = " ".join("0" if any(sign in word for sign in _ADDRESS) else word for word in text.split())
    key: list[str] = []
    for word in _WORD.findall(text):
        if word not in DATES and not word[0].isdigit():
            key.append(word)
        elif key[-1:] != ["0"]:
            key.append("0")
    return "" if key == ["0"] else " ".join(key).casefold()


def is_heading(text: str) -> bool:
    """Tell whether a line is a label such as FULL TEXT or "Most read": few words, no sentence."""
    return len(text.split()) <= _HEADING_WORDS and (text.isupper() or text[-1] not in '.!?…"”’»)')


def own_name(outlet: str) -> re.Pattern[str]:
    """Give a pattern that finds an outlet's name."""
    name = re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE)
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)" if len(name) > 2 else r"(?!)", re.IGNORECASE)


def speaks_for_outlet(text: str, name: re.Pattern[str]) -> bool:
    """Tell whether a line, apart from what it quotes, names the outlet, its work or its readers."""
    said = _QUOTATION.sub(" ", text)
    return bool(_HOUSE.search(said) or name.search(said))
