"""Lines that are certainly not part of the story: sign-up lines, bylines, credits, links.

Every pattern is anchored at the sentence's beginning and asks for more than its first word, because
a claim that is lost to a false alarm costs more than a stray line that stays.
"""

from __future__ import annotations

import re

_LETTERS = "newsletters?|e-?mails?|alerts?|updates?|briefings?|bulletins?|inbox|digest|notifications?|headlines"
_PLATFORMS = "twitter|x|facebook|instagram|youtube|linkedin|tiktok|telegram|whatsapp|threads|bluesky|mastodon"
_DESK = "staff|correspondents?|reporters?|team|editors?"
_PIECE = "article|story|post|page|report|video"

_LINES = re.compile(
    rf"""
      sign[ ]up[ ](?:\w+[ ])?(?:for|to)\b .* \b(?:{_LETTERS})\b .*
    | subscribe[ ](?:(?:now|here|today)\b|(?:to|for)\b .{{1,120}}) .*
    | (?:read|see|watch)[ ](?:more|also)\s*(?:[:>»|…] .* | (?:here|about|on|at|from)\b .{{0,120}} | \W*)
    | (?:please[ ])?(?:click|tap)[ ]here\b .*
    | follow[ ](?:us|our[ ]\w+)[ ]on\b .*
    | follow[ ](?:her|him|them|me|@\w+|(?-i:[A-Z])[\w ]{{1,30}})[ ]on[ ](?:{_PLATFORMS})\b .{{0,60}}
    | \W{{0,2}}(?:file[ ])?(?:photo(?:graph)?|image|picture|graphic)s?(?:[ ](?:by|credit|caption))?\s*: .+
    | photo(?:graph)?s?[ ]by[ ](?-i:[A-Z]) .{{1,60}}
    | by[ ](?:our|(?-i:[A-Z])\w+)[ ](?:\w+[ ]){{0,3}}(?:{_DESK})(?:[ ]and[ ]agenc(?:y|ies))?
    | copyright\W*(?:©|\(c\)|\d{{4}}|by[ ](?-i:[A-Z])) .*
    | © .*
    | all[ ]rights[ ]reserved\b .{{0,60}}
    | (?:advertisement|advertorial|sponsored[ ]content)\W*
    | (?:story|article)[ ]continues[ ](?:below|after)\b .{{0,40}}
    | continue[ ]reading\W* | continue[ ]reading[ ]the[ ](?:main[ ])?(?:{_PIECE})\W*
    | share[ ]this\W* | share[ ]this[ ](?:{_PIECE})\b .{{0,60}}
    | related(?:[ ](?:stories|articles|coverage|content|links|topics|{_PIECE}))?\s*: .*
    | related[ ](?:stories|articles|coverage|content|links|topics)\W*
    """,
    re.VERBOSE | re.IGNORECASE,
)

# "By Jane Doe", "By JANE DOE and J. R. de Vries, Staff Writer": two to four names in capitals, no full stop.
_NAME = r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?:\s+(?:[A-Z][\w’'-]+|[A-Z]\.|de|da|van|der|von|al|bin|la|le)){1,4}"
_ROLE = r"(?:Correspondent|Editor|Reporter|Writer|Staff|Press|News|Desk|Agency|Analyst|Columnist)"
_BYLINE = re.compile(
    rf"(?:By|BY)\s+{_NAME}(?:(?:,|,?\s+and|\s*&)\s+{_NAME})*"
    rf"(?:,?\s+(?:in|for)\s+[A-Z][\w’' -]{{1,40}}|\s*[,|/–-]\s*(?:[\w’'-]+\s+){{0,4}}{_ROLE})?\s*"
)
_NOT_A_NAME = re.compile(
    r"(?:By|BY)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:By|BY)\s+(?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December|Early|Late|Mid|The|This|That|Then|Next|Last)\b"
)


def is_boilerplate(sentence: str) -> bool:
    """Tell whether a whole sentence is a line that is certainly not part of the story.

    Conservative: it knows a few English forms (sign-up and subscription lines, "Read more:", photo
    credits, bylines that stand alone, copyright lines, sharing links) and nothing else.
    """
    line = sentence.strip()
    if _LINES.fullmatch(line):
        return True
    return _BYLINE.fullmatch(line) is not None and not _NOT_A_NAME.match(line)
