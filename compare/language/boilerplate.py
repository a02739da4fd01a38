"""Lines that are not part of the story: sign-up lines, bylines, credits, captions, links, an outlet's own notices.

Every pattern is anchored at the start of the sentence and needs more than its first word, because
a claim lost to a false alarm costs more than a stray line that is kept.
"""

from __future__ import annotations

import re

from compare.language import english
from compare.language.completeness import is_wall

_LETTERS = "newsletters?|e-?mails?|alerts?|updates?|briefings?|bulletins?|inbox|digest|notifications?|headlines"
_PLATFORMS = "twitter|x|facebook|instagram|youtube|linkedin|tiktok|telegram|whatsapp|threads|bluesky|mastodon"
_DESK = "staff|correspondents?|reporters?|team|editors?"
_PIECE = "article|story|post|page|report|video"

_LINES = re.compile(
    rf"""
      sign[ ]up[ ](?:\w+[ ])?(?:for|to)\b (?> .*? \b(?:{_LETTERS})\b ) .*
    | subscribe[ ](?:(?:now|here|today)\b|(?:to|for)\b .) .*
    | (?:read|see|watch)[ ](?:more|also)\s*+(?:[:>»|…] .* | (?:here|about|on|at|from)\b .{{0,120}} | \W*)
    | (?:please[ ])?(?:click|tap)[ ]here\b .*
    | follow[ ](?:us|our[ ]\w+)[ ]on\b .*
    | follow[ ](?:her|him|them|me|@\w+|(?-i:[A-Z])[\w ]{{1,30}})[ ]on[ ](?:{_PLATFORMS})\b .{{0,60}}
    | \W{{0,2}}(?:file[ ])?(?:photo(?:graph)?|image|picture|graphic)s?(?:[ ](?:by|credit|caption))?\s*: .+
    | (?:image|picture|photo|media)[ ]caption\b\s*(?:: .* | (?-i:[A-Z“"]) .*)
    | (?:photos?|pictures?|video|gallery|slideshow)\W*
    | by[ ](?:our|(?-i:[A-Z])\w+)[ ](?:\w+[ ]){{0,3}}(?:{_DESK})(?:[ ]and[ ]agenc(?:y|ies))?
    | (?> copyright\W*?(?:©|\(c\)|\d{{4}}|by[ ](?-i:[A-Z])) ) .*
    | © .*
    | all[ ]rights[ ]reserved\b .{{0,60}}
    | (?:advertisement|advertorial|sponsored[ ]content)\W*
    | (?:story|article)[ ]continues[ ](?:below|after)\b .{{0,40}}
    | continue[ ]reading\W* | continue[ ]reading[ ]the[ ](?:main[ ])?(?:{_PIECE})\W*
    | share[ ]this\W* | share[ ]this[ ](?:{_PIECE})\b .{{0,60}}
    | related(?:[ ](?:stories|articles|coverage|content|links|topics|{_PIECE}))?\s*: .*
    | related[ ](?:stories|articles|coverage|content|links|topics)\W*
    | get[ ](?:the|our|all)[ ](?:.{{1,40}}[ ])?(?:latest|best|biggest|top|day[’']s|morning[’']s)\b
        .* \b(?:{_LETTERS}|news|stories|app)\b .{{0,80}}
    | (?:please[ ])?enter[ ](?:your|a[ ]valid)[ ]e-?mail\b .*
    | (?:you[ ](?:can|may)[ ])?unsubscribe[ ]at[ ]any[ ]time\W*
    | download[ ](?:the|our)[ ](?:[\w’']+[ ]){{0,4}}app\b .{{0,80}}
    | recommended(?:[ ](?:for[ ]you|stories|reading|articles))?\W*
    | most[ ](?:read|viewed|popular|shared|watched|commented)\W*
    | (?:what[ ]to[ ])?read[ ]next\W* | read[ ]next\s*: .*
    | (?:see[ ]also|you[ ]may[ ]also[ ]like|trending(?:[ ]now)?|editor[’']?s[’']?[ ]picks?|(?:top|more)[ ]stories)\W*
    | more[ ]on[ ]this(?:[ ](?:story|topic))?\W* | more[ ]on[ ]this(?:[ ](?:story|topic))?\s*: .*
    | this[ ](?:article|story|post)[ ](?:was[ ])?(?:first|originally)[ ](?:published|appeared)[ ](?:on|at|in|by)\b
        .{{0,60}}
    | a[ ]version[ ]of[ ]this[ ](?:article|story|review)[ ](?:appears|appeared|was|first|originally)\b .*
    | here(?:[’']s|[ ]is)[ ](?:what|all|everything)[ ](?:we|you)[ ](?:know|need[ ]to[ ]know)(?:[ ]so[ ]far)?\W*
    | (?:key[ ]events|live[ ]updates|as[ ]it[ ]happened|what[ ]we[ ]know[ ]so[ ]far|summary|share|live)\W*
    | \d{{1,2}}[.:]\d\d(?:[ ]?[ap]m|[ ](?-i:[A-Z]{{2,4}}))?\W*+
        (?:share|key[ ]event|summary|what[ ]we[ ]know[ ]so[ ]far)?\W*
    | this[ ]is[ ]a[ ](?:developing|breaking)(?:[ ]news)?[ ]story\b .*
    | (?:the[ ])?(?:views|opinions)[ ]expressed[ ](?:here|in[ ]this[ ](?:article|column|commentary|piece))\b .*
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The writer of a live blog addresses the reader.
_I_WILL = r"i(?:[’']ll|[ ]will)"
_PRESENTED = re.compile(
    rf"""
      (?:hello|hi|good[ ](?:morning|afternoon|evening))(?:[ ]and[ ]welcome(?:[ ]back)?)?\W*
    | (?:(?:hello|hi|good[ ](?:morning|afternoon|evening))\b[,.!]?[ ])?(?:and[ ])?welcome(?:[ ]back)?[ ]to
        [ ](?:our|the|this|today[’']s)[ ](?:[\w’'-]+[ ]){{0,4}}(?:live[ ]?blog|live|blog|coverage)\b .{{0,160}}
    | (?:i[’']m|i[ ]am|this[ ]is|it[’']s)[ ](?-i:[A-Z])[\w’'. -]{{1,40}},?[ ](?:and[ ])?{_I_WILL}[ ]be[ ]
        (?:with|here|bringing|taking|keeping|guiding|running|covering)\b .{{0,160}}
    | {_I_WILL}[ ]be[ ](?:with[ ]you|bringing[ ]you|taking[ ]you[ ]through|keeping[ ]you)\b .{{0,160}}
    | (?:i[’']m|i[ ]am|{_I_WILL})[ ](?:now[ ])?hand(?:ing)?[ ](?:you[ ]|things[ ]|the[ ]blog[ ])?
        (?:over|back)[ ]to\b .{{0,120}}
    | that[’']s[ ](?:all|it)(?:[ ]for[ ](?:now|today|tonight))?[ ]from[ ](?:me|us)\b .{{0,120}}
    | (?:please[ ]|do[ ])?get[ ]in[ ]touch(?:\W* | [ ]with[ ](?:me|us)\b .{{0,160}}
        | \W{{1,3}}(?:you[ ]can[ ])?(?:e-?mail|write|message|contact)[ ](?:to[ ])?(?:me|us)\b .{{0,160}})
    | (?:please[ ]|do[ ]|you[ ]can[ ])(?:also[ ])?(?:e-?mail|write[ ]to|message|contact|reach)[ ](?:me|us)\b .{{0,160}}
    | more(?:[ ](?:details|information|updates|on[ ]this))?[ ](?:to[ ]follow|to[ ]come|soon|shortly)\W*
    | thank(?:s|[ ]you)[ ]for[ ](?:reading\W* | following[ ]along\b .{{0,80}}
        | (?:joining|being[ ]with|staying[ ]with)[ ](?:me|us)\b .{{0,80}})
    | (?:we|i)[’' ](?:re|m|are|am)[ ](?:now[ ])?(?:pausing|closing|wrapping[ ]up|ending)[ ](?:this|our|the)
        [ ](?:\w+[ ]){{0,2}}(?:blog|liveblog|coverage)\b .{{0,120}}
    """,
    re.VERBOSE | re.IGNORECASE,
)

# "Updated at 14:05 on 3 March", "Published: 3 March 2026, 14:05 GMT": a time and nothing else.
_TIMES = re.compile(
    r"""(?:last\s)?(?:updated|published|posted|modified)\W*+
        (?:(?: \d[\d:.,/-]*+ (?:st|nd|rd|th|am|pm)? | [ap]\.?m\b\.? | (?-i:[A-Z]){2,4}\b | on\b | at\b | ago\b
        | (?:hour|minute|min|day)s?\b | (?:mon|tues|wednes|thurs|fri|satur|sun)day\b
        | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+\b )[\s,|.–-]*+)++""",
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS = r"(?:(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++|@\w{2,}+)"
_ONLY_ADDRESS = re.compile(
    rf"\W*(?:(?:e-?mail|twitter|contact|tel)\W+)?(?:{_ADDRESS}|https?://\S++)\W*+", re.IGNORECASE
)

# Credits: names and the words between them, no verb. "Photo by Jane Doe/Agency via Example Images",
# "Additional reporting by Jane Doe in London; editing by John Roe".
_NAMED = (
    r"(?:(?:[A-Z][\w.’'&-]*+|[,;/()&|–-]|(?:and|in|for|of|via|the|by|with|from|de|da|van|der|von|al|bin|staff|writers?"
    r"|reporters?|correspondents?|additional|reporting|writing|editing|research|production)\b)\s*+)++"
)
_CREDITS = re.compile(
    rf"[\W_]*+(?:(?:File\s)?(?:[Pp]hoto(?:graph)?|PHOTO|[Pp]icture|[Ii]mage)s?\s(?:by|courtesy\sof)\s(?=[A-Z]){_NAMED}"
    rf"|(?:[Aa]dditional|[Ff]urther|[Ww]ith)\s(?:reporting|research|writing)\s(?:by|from)\s{_NAMED}"
    rf"|(?:Reporting|Writing|Editing)\sby\s(?=[A-Z]){_NAMED}"
    rf"|Contributing:\s{_NAMED}"
    rf"|(?=[A-Z]){_NAMED}contributed\s(?:reporting\s)?to\sthis\s(?:report|story|article)(?:\sfrom\s{_NAMED})?)\W*"
)
_LONGEST_CAPTION = 300
# "A view of the port. Photograph: Jane Doe/Agency": such an ending makes the rest of the line a caption.
_CAPTION_END = re.compile(
    r"\(?(?:[Pp]hoto(?:graph)?|[Pp]icture|[Ii]mage|PHOTO)s?(?:\s[Cc]redit)?(?::|\sby\b)\s?(?=[A-Z]).{3,80}"
)

# "By Jane Doe", "By JANE DOE and J. R. de Vries, Staff Writer": two to four names in capitals, no full stop.
_NAME = r"(?:[A-Z][\w’'-]++|[A-Z]\.)(?:\s++(?:[A-Z][\w’'-]++|[A-Z]\.|de|da|van|der|von|al|bin|la|le)){1,4}"
_ROLE = r"(?:Correspondent|Editor|Reporter|Writer|Staff|Press|News|Desk|Agency|Analyst|Columnist)"
_BYLINE = re.compile(
    rf"(?:By|BY)\s+{_NAME}(?:(?:,|,?\s+and|\s*&)\s+{_NAME})*"
    rf"(?:,?\s+(?:in|for)\s+[A-Z][\w’' -]{{1,40}}|\s*[,|/–-]\s*(?:[\w’'-]+\s+){{0,4}}{_ROLE}"
    rf"|[\s,|/(–-]*{_ADDRESS}\W*+)?\s*+"
)
_NOT_A_NAME = re.compile(
    r"(?:By|BY)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:By|BY)\s+(?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December|Early|Late|Mid|The|This|That|Then|Next|Last)\b"
)

_HEADING_WORDS = 5

# What varies from article to article: addresses, numbers, days and months.
_ADDRESS_SIGNS = ("://", "www.", "@")
_WORD = re.compile(r"[^\W_]+")
CALENDAR = frozenset(
    name.capitalize() for names in (*english.time["weekdays"], *english.time["months"]) for name in names.split()
)

# The outlet speaking, or addressing its readers.
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
# Quoted words are not the outlet's own; a quotation may begin or end in another sentence.
_QUOTATION = re.compile(r"[“\"][^”\"\n]*+[”\"]?|^[^“\"]*”")


def is_boilerplate(sentence: str) -> bool:
    """Return whether a sentence is certainly not part of the story.

    Conservative: it knows what stands where an article was cut off, in seven languages, and a few English forms
    (sign-up and subscription lines, "Read more:", photo and reporting credits, bylines that stand alone, copyright
    lines, sharing links, live-blog remarks to the reader) and nothing else; `find_corrections` finds an outlet's
    corrections.
    """
    line = sentence.strip()
    if is_wall(line):
        return True
    if any(form.fullmatch(line) for form in (_LINES, _PRESENTED, _TIMES, _ONLY_ADDRESS, _CREDITS)):
        return True
    return _BYLINE.fullmatch(line) is not None and not _NOT_A_NAME.match(line)


def is_caption(sentence: str, following: str) -> bool:
    """Return whether a sentence at the start of a line is a picture caption: a credit ends the line."""
    return len(sentence) <= _LONGEST_CAPTION and _CAPTION_END.fullmatch(following.strip()) is not None


def line_key(text: str) -> str:
    """Return a line without the parts that vary from article to article; may be empty."""
    if any(sign in text for sign in _ADDRESS_SIGNS):
        text = " ".join("0" if any(sign in word for sign in _ADDRESS_SIGNS) else word for word in text.split())
    key: list[str] = []
    for word in _WORD.findall(text):
        if word not in CALENDAR and not word[0].isdigit():
            key.append(word)
        elif key[-1:] != ["0"]:
            key.append("0")
    return "" if key == ["0"] else " ".join(key).casefold()


def is_heading(text: str) -> bool:
    """Return whether a line is a short label such as FULL TEXT or "Most read", not a sentence."""
    return len(text.split()) <= _HEADING_WORDS and (text.isupper() or text[-1] not in '.!?…"”’»)')


def own_name(outlet: str) -> re.Pattern[str]:
    """Return a pattern that matches an outlet's name."""
    name = re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE)
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)" if len(name) > 2 else r"(?!)", re.IGNORECASE)


def speaks_for_outlet(text: str, name: re.Pattern[str]) -> bool:
    """Return whether a line, apart from its quotations, names the outlet, its work or its readers."""
    said = _QUOTATION.sub(" ", text)
    return bool(_HOUSE.search(said) or name.search(said))
