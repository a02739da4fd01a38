"""The English forms in which outlets speak of their own articles: labels, sentences, agencies' slug lines."""

from __future__ import annotations

import re

_ANY_CASE = re.VERBOSE | re.IGNORECASE
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})\b\.?|(?:{_MONTHS})\b\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})"
)
_TIME = r"(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)"
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_JOINT = rf"(?:[\s,|/(\[–—-]|\bon\b|\bat\b|\b{_DAYS}\b)"
_WHEN = (
    rf"{_JOINT}{{0,6}}(?:{_DATE}|{_TIME})(?:{_JOINT}|{_DATE}|{_TIME}|\d{{4}}\b|\b(?-i:[A-Z]{{2,4}})\b){{0,12}}+[)\]]?"
)

_PIECE = "article|story|post|page|piece|column|headline|caption|(?:live\\s)?blog|newsletter|obituary|interview"
_MIS = (
    r"mis(?:stat|spel|identif|attribut|quot|represent|characteri|report|label|nam|l[ei]d\b|leading|calculat|translat"
    r"|describ|dat|plac|heard|interpret|print|understood|titl|t[oa]k)\w*"
)
# What was not right.
WRONG = re.compile(
    rf"\b(?:{_MIS}|incorrect\w*|wrong\w*|erroneous\w*|inaccura\w+|(?:in|by)\serror|errors?|typo\w*|correct(?:s|ed|ions?)?"
    r"|should\s(?:have|be|read)|transposed|regrets?|apologi[sz]e\w*|false|untrue|retract\w*|withdr[ae]w\w*|früheren\s(?:version|fassung))\b"
    r"|,\s(?:and\s)?not\s",
    re.IGNORECASE,
)
# What was not so: "Correction: Ms Hale was not fined."
DENIED = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had)(?:\snot\b|n[’']t\b)", re.IGNORECASE)
_TOLD = (
    rf"(?:incorrectly|wrongly|erroneously|inaccurately|mistakenly|{_MIS}|said|stated|gave|named|described|identified"
    r"|referred|attributed|reported|included|contained|omitted|failed|suggested|implied|quoted|listed|put|spel(?:led|t)"
    r"|carried|claimed|cited|confused|(?:over|under)stated|called|indicated|linked|credited|transposed|used|showed|placed"
    r"|left\sout|did\snot|should\shave|was\s(?:incorrect|wrong|inaccurate|published|accompanied|based|headlined)"
    r"|had\s(?:the|an?)\s(?:wrong|incorrect|error|typo|mistake))\b"
)
_CHANGED = r"(?:updated|amended|corrected|clarified|edited|revised|refiled|condensed|changed|modified)"
_EARLIER = r"(?:earlier|previous|prior|original|initial|first|print|online)"

# Parts of an article that an outlet takes out of it, and how it says so.
_PASSAGE = r"(?:references?|sentences?|passages?|paragraphs?|lines?|quotes?|quotations?|statements?)"
PART = rf"(?:claims?|reports?|allegations?|assertions?|suggestions?|accusations?|{_PASSAGE}|{_PIECE})"
TAKEN = r"(?:withdrawn|retracted|removed|deleted|taken\s(?:down|out|back))"
TAKES = r"(?:withdr[ae]w|retract(?:ed)?|removed?|deleted?|take\sback|took\s(?:out|down|back))"
_REPORTED = r"(?:\w+ly\s|had\s|have\s|at\s|first\s)*(?:reported|said|stated|wrote|written|claimed|suggested|implied)"
UNTRUE = r"(?:\w+ly\s)?(?:false|wrong|untrue|incorrect|inaccurate|unfounded|mistaken|in\serror)"

_BECAUSE = r"(?:because\sof|due\sto|owing\sto|through|as\sa\sresult\sof)\san?"

# What a sentence begins with that speaks of the article in which it stands.
OWN = re.compile(
    rf"""[\s*•·#>_(\[–—-]*+(?:
      (?:(?:an?|the|some|our)\s)?{_EARLIER}\s(?:versions?|headlines?|captions?|editions?)\s(?:of|on|for|to)\s
        (?:this|our)\s(?:{_PIECE})\b[^.!?]{{0,160}}?\b{_TOLD}.*
    | (?:(?:an?|the)\s)?{_EARLIER}\sversions?\sof\sthis\s(?:report|map|chart|graphic|video|table)\b[^.!?]{{0,160}}?
        \b(?:incorrectly|wrongly|erroneously|inaccurately|mistakenly|{_MIS}|contained\san?\s(?:error|mistake))\b.*
    | in\san?\s{_EARLIER}\sversion\sof\sthis\s(?:{_PIECE}),?\s.*
    | this\s(?:{_DATE}\s)?(?:breaking\s|news\s)?(?:{_PIECE})(?:\sand\sits\sheadline)?\s(?:was|has\sbeen|had\sbeen)\s
        (?:\w+ly\s|last\s|since\s|also\s|further\s|later\s|now\s|first\s)?{_CHANGED}\b(?:\sand\s\w+ed\b)?
        (?:\W*|:\s.*|[,:;]?\s(?:on|at|to|in|with|after|throughout|because|since|following|for|by\s(?:adding|removing))\b.*)
    | this\sreport\shas\sbeen\s(?:updated|amended|corrected)
        \sto\s(?:correct|clarify|reflect|include|add|remove|fix|say|show)\b.*
    | this\s(?:{_PIECE})\swas\s(?:first|originally)\spublished\b[^.!?]{{0,80}}\s(?:was|has\sbeen)\s{_CHANGED}\b.*
    | (?:an?\s)?(?:correction|clarification)s?\s(?:was|were|has\sbeen|have\sbeen)\s(?:made|added|appended)\sto\sthis
        \s(?:{_PIECE})\b.*
    | this\s(?:{_PIECE})\s(?:had\s)?(?:originally|previously|initially|incorrectly|wrongly|erroneously|mistakenly
        |inaccurately|at\sfirst)\s(?:\w+ly\s|and\s)*{_TOLD}.*
    | as\s(?:originally|first)\spublished,\sthis\s(?:{_PIECE})\b.*
    | the\s(?:headline|text|caption|photo|picture|graphic|chart|map|video|first\sparagraph)
        \s(?:of|on|in|to|with|for|accompanying)\sthis\s(?:{_PIECE})\s(?:(?:was|has\sbeen)\s{_CHANGED}\b.*
        |(?:originally|previously|initially|incorrectly|wrongly|erroneously)\s{_TOLD}.*)
    | (?:an?|the)\s(?:\w+\s){{1,4}}(?:in|on|with|accompanying)\s(?:an?\s{_EARLIER}\sversion\sof\s)?this\s(?:{_PIECE})\b
        [^.!?]{{0,100}}?\b(?:incorrectly|wrongly|erroneously|inaccurately|mistakenly|{_MIS}\b).*
    | we(?:\shave|[’']ve)(?:\ssince|\snow)?\s(?:updated|corrected|amended|clarified)\s(?:this|our)\s(?:{_PIECE})\b.*
    | we(?:\shave|[’']ve)?(?:\shereby|\snow|\ssince)?\s(?:{TAKES}|{TAKEN})
        \s(?:this|our|the|an?)\s(?:\w+\s){{0,2}}?{PART}\b.*
    | we\s(?:were|are)\s(?:wrong|mistaken|in\serror)\s(?:to|in)\s(?:report|say|stat|claim|writ|suggest)\w*\b.*
    | contrary\sto\swhat\s(?:we|this\s(?:{_PIECE})|an\s{_EARLIER}\sversion)\s{_REPORTED}\b.*
    | [^.!?“”"]{{3,160}}?(?:\b(?:not|never|no)\b|n[’']t\b)[^.!?“”"]{{3,160}}?,\sas\swe\s{_REPORTED}\W*
    | this\s(?:{_PIECE}|report)\s(?:is|was)\s{UNTRUE},?\s(?:and|so)\s(?:we|has|is|was)\b[^.!?]{{0,40}}?
        \b(?:{TAKES}|{TAKEN}|apologi[sz]e|corrected)\b.*
    | an?\s(?:\w+\s)?{_PASSAGE}\b[^.!?]{{3,160}}?\s(?:was|has\sbeen|have\sbeen)\s(?:now\s|since\s)?{TAKEN}
        \sfrom\s(?:this|our)\s(?:{_PIECE}|report)\b.*
    | {_BECAUSE}\s(?:\w+\s){{0,3}}(?:error|mistake|oversight)\b[^.!?]{{0,60}}?\bthis\s(?:{_PIECE})\b.*
    | {_BECAUSE}\s(?:editing|reporting|production|typographical|technical|transcription)\serror,?\san?
        \s{_EARLIER}\sversion\b(?!\sof\s(?!this)).*
    | this\sversion\s(?:of\sthis\s(?:{_PIECE})\s)?has\sbeen\scorrected\b.*
    | this\s(?:(?:version|story|article)\s)?corrects\s(?:an?\s{_EARLIER}\b|paragraph|that\b|the
        \s(?:headline|spelling|names?|dates?|toll|figures?|number|title|age|day|attribution|\w+\spara\w*)\b).*
    | in\seiner\s(?:früheren|ersten|ursprünglichen|vorherigen)\s(?:version|fassung)\b.*
    | (?:this\sis\s)?an?\s(?:corrected|updated|amended)\sversion\sof\s(?:this|the|an?|an?\s{_EARLIER})
        \s(?:article|story)\s(?:is|appears|follows|(?:first|originally|that\swas)\s(?:published|posted))\b.*
    )""",
    _ANY_CASE,
)
# The same at the article's edge, where "the article" is no other one.
OWN_AT_EDGE = re.compile(
    rf"""[\s*•·#>_(\[–—-]*+(?:
      (?:the\s)?article\shas\sbeen\s(?:corrected|amended|updated)(?:\sto\s.*|\W*)
    | (?:the\s)?story\shas\sbeen\s(?:corrected|refiled)(?:\sto\s.*|\W*)
    | (?:the\s|our\s)?(?:story|article)\shas\sbeen\s(?:corrected|amended|updated):\s.*
    | this\s(?:{_PIECE}|report)\s(?:(?:is|was)\s{UNTRUE}|(?:has\sbeen|was|is)\s(?:withdrawn|retracted))\W*
    | (?:story|article)\s(?:updated|corrected|amended)\s(?:on|at|to|with)\s.*
    )""",
    _ANY_CASE,
)
# Within a paragraph "this story" may be somebody's tale; what was changed is an article.
SURE = re.compile(rf"\bthis\sarticle\b|\b{_CHANGED}\b", re.IGNORECASE)
# Articles, and their versions, as a correction speaks of them.
ABOUT = re.compile(
    rf"\b(?:(?:this|our)\s(?:{_PIECE}|report|photo|graphic|map|chart)|{_EARLIER}\sversions?|corrected\sversion"
    rf"|(?:an?|the|our|original)\s(?:\w+\s){{0,2}}(?:article|headline|caption|story))\b",
    _ANY_CASE,
)
# What a note says in its own sentence, and not the story in passing: "Correction: he is no fool, he is a knave".
STATES = re.compile(
    r"\W*+(?!(?:he|she|it|they|i|we|you|that|this|there|make|not)\b)(?:(?-i:[A-Z])|(?:the|an?|its|his|her|their|our|no)\s)",
    re.IGNORECASE,
)
# A law has articles, too, and amends them.
LAW = re.compile(r"\barticles?\s(?:\d|[ivx]+\b)|\b(?:constitution|treaty|charter|statute|covenant)", re.IGNORECASE)
IN_LAW = re.compile(r"\W*+this\sarticle\s(?:was|has\sbeen)\s(?:amended|revised|changed|modified)\b", re.IGNORECASE)
# "..., the editor told the inquiry.": somebody else says so.
ATTRIBUTED = re.compile(
    r"""[,”"]\s(?:(?!(?:as|which|who|that|and|but|where|when|an?\searlier|this)\b)[\w’'. -]{2,60}?
          \s(?:told\s[\w’' -]{2,40}|(?:said|says|wrote|added|tweeted|posted|testified|conceded|admitted|argued)
           (?:\s(?:on|in|at|during|last|later|yesterday|today)\b[\w’' -]{0,30})?)
        |(?:said|says|wrote)\s[\w’'. -]{2,60})\W*$""",
    re.VERBOSE,
)

_MADE = r"(?:\s(?:(?:was|were|has\sbeen)\s)?(?:made|added|issued))?"
LABEL = re.compile(
    rf"""[\s*•·#>_(\[–—-]*+
      (?:an?\s(?=(?:editor|correction|clarification|note)))?
      (?P<word>(?P<correction>corrections?(?:\s?(?:and|&|/)\s?clarifications?)?{_MADE}|corrected|errat(?:um|a)|retraction
          |(?:korrektur(?:hinweis)?|berichtigung|richtigstellung)(?=:))
        | (?P<clarification>clarifications?(?:\s?(?:and|&|/)\s?corrections?)?{_MADE})
        | (?P<editor>editor[’']?s?[’']?\s?notes?|note\sfrom\sthe\seditors?
          |(?:an|hin)(?:merkung|weis)\s(?:der|aus\sder)\sredaktion|anm\.\sd\.\sred\.)
        | (?P<other>updated?|amended|note|(?:a\s)?note\sto\s(?:our\s)?readers|for\sthe\srecord))\b[*_]*+
      (?P<when>{_WHEN})?[*_]*+
      (?:\s?(?P<mark>:|[–—]|-(?=\s))[*_]*+|(?(when)|(?=\W*+$)))""",
    _ANY_CASE,
)
ONLY_WHEN = re.compile(rf"\W*+{_WHEN}\W*+", re.IGNORECASE)

# An agency's slug line says what this version of its text does: "Corrects spelling of name in paragraph 3".
_CORRECTS = "corrects|clarifies|refiles|recasts|removes|deletes"
_ADDS = "adds|rewrites|restores|inserts|resends|rephrases"
_NOUNS = "updates|changes|fixes|repeats|drops"
BRACKETED_SLUG = re.compile(
    rf"\W*[(\[]\s*(?:(?:{_CORRECTS}|{_ADDS})\b(?!\sup\b).*"
    rf"|(?:{_NOUNS})\s(?!on\b|at\b|of\b|from\b|for\b|here\b|and\b|are\b|is\b|were\b|will\b|can\b|may\b|every\b).*)",
    re.IGNORECASE,
)
SLUG = re.compile(
    rf"""[\s*•·>–—-]*+(?:
      (?:{_CORRECTS})\b:?\s(?:[\w’'&/-]++,?\s){{0,4}}?(?:spelling|names?|title|dates?|days?|figures?|numbers?|toll|headline
        |para\w*|byline|dateline|typo\w*|attribution|age|amount|year|first|second|third|lead|lede|to\s(?:show|say|fix
        |make|add|remove|reflect)|that|throughout|with|adds|updates|background|quotes?|details?)\b
    | adds\b:?\s(?:[\w’'&/-]++,?\s){{0,4}}?(?:quotes?|comments?|details?|background|reactions?|byline|dateline|context
        |graphics?|links?|analysts?|statements?|response|para\w*|dropped|missing|no\scomment|share\smovements?)\b
    | updates\b:?\s(?:with|throughout|to\s(?:add|include|reflect)|headline|figures|(?:death\s)?toll|prices?|shares?|lead
        |lede|media|story|quotes?|details?)\b
    | changes\s(?:dateline|headline|byline|slug)\b
    | updated\s(?:with|to\s(?:add|include|reflect|correct|clarify))\b(?![^,]*,)
    ).*""",
    _ANY_CASE,
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|said|says|will|would|could|may|might|did|does)\b", re.IGNORECASE
)

# What goes on with a note that has begun.
GOES_ON = re.compile(
    rf"""\W*+(?:
      (?:it|this|that|they|the\s(?:{_PIECE}|text|errors?|mistakes?|references?|quotes?|figures?|sentence|paragraph))\s
        (?:has|have)\s(?:now\s|since\s)?been\s(?:{_CHANGED}|removed|fixed|replaced)\b.*
    | the\s(?:correct|right|actual|proper)\s.*
    | we\s(?:regret|apologi[sz]e|are\ssorry|have\s(?:corrected|amended|updated|removed))\b.*
    | [\w’' ]{{2,40}}\s(?:regrets?|apologi[sz]es?\sfor)\s(?:the|this|any)\s(?:error|mistake|confusion|inaccurac).*
    )""",
    _ANY_CASE,
)
FOLLOWING = re.compile(r"\bfollowing\s(?:corrections?|clarifications?)\s?:\W*$", re.IGNORECASE)
DATELINE = re.compile(r"[A-Z][A-Z.’' -]{2,40}(?:,\s[\w .]{2,25}){0,2}\s*+(?:\([A-Z][\w .&-]{1,30}\)\s*+)?[–—-]++\s")
APPENDED = re.compile(r"\W*+(?:corrections?|clarifications?)\s(?:appended|below|at\s(?:end|bottom))\W*", re.IGNORECASE)
CORRECTED_BELOW = re.compile(
    r"\W*+(?:a|the)\scorrected\sversion\s(?:of\s(?:the|this)\s(?:article|story)\s)?(?:is|appears|follows)\b[^.]{0,20}\W*",
    re.IGNORECASE,
)

CLARIFIES = re.compile(r"\bclarif|\bmake\sclear|\bmade\sclear", re.IGNORECASE)
ADDED = re.compile(
    rf"\b(?:updat(?:es?|ed)|refile[sd])\b|\bto\s(?:add|include|reflect)\b|^\W*(?:{_ADDS}|{_NOUNS}|recasts|refiles)\b",
    re.IGNORECASE,
)
AMENDED = re.compile(
    rf"\b(?:amended|revised|changed|modified)\b|\b{_EARLIER}\s(?:version|headline|caption)|\boriginally\b",
    re.IGNORECASE,
)
REPAIRS = re.compile(
    r"^\W*(?:corrects|fixes|removes|deletes|we\s(?:have\s)?(?:removed|deleted))\b|\bto\s(?:correct|fix|remove)\b",
    re.IGNORECASE,
)
