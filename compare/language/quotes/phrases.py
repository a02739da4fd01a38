"""Who a cue's subject is: noun phrases around a verb, read without a parser.

News prose keeps to a few patterns, and a subject ends where its verb phrase begins. So the phrase is read
from the verb to the left, up to what cannot belong to it: a comma, a conjunction, another verb.
"""

from __future__ import annotations

from compare.language.quotes.cues import VERBS
from compare.language.quotes.stream import QUOTE, Token

Span = tuple[int, int]  # tokens of a sentence, end exclusive


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


BE = _set("is are was were be been being am 's 're isn't aren't wasn't weren't it's he's she's they're we're i'm")
MODALS = _set(
    "will would can could may might must shall should do does did to won't wouldn't can't cannot couldn't didn't"
    " doesn't don't shouldn't mustn't mightn't i'd he'd she'd they'd we'd i'll he'll she'll they'll we'll"
)
AUXILIARIES = BE | MODALS | _set("has have had having hasn't haven't hadn't not never i've they've we've who've")
CONTRACTED = _set("it's he's she's they're we're i'm i'd he'd she'd they'd we'd i'll he'll she'll they'll i've they've")
ADVERBS = _set(
    "also again once later then now still ever just only even long since first further too already always often"
    " sometimes thus therefore however instead himself herself themselves itself earlier today yesterday afterwards"
    " soon perhaps maybe both all almost rather quite yet so far"
)
PRONOUNS = _set(
    "i you he she it we they who this these those others some many most both all everyone nobody someone one"
)
DETERMINERS = _set(
    "the a an this that these those his her its their our my your some many most several few both all each every any"
    " no another one two three four five six"
)
POSSESSIVES = _set("his her its their our my your whose")
PREPOSITIONS = _set(
    "of for at in on from with by to about over under between among against through during after before near inside"
    " outside within into across behind beyond toward towards despite since until throughout amid following without"
    " alongside like per via upon around off onto"
)
_INSIDE = _set("of for at from with in on to near inside among within behind")  # join a noun to a noun
BOUNDARIES = _set(
    "that because but when while as if although though where which whether than so yet what how why after before since"
    " until unless nor or then ; : — – -- - ( ) [ ] , …"
) | {QUOTE}
WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
_OPENERS = (
    WEEKDAYS
    | ADVERBS
    | _set(
        "meanwhile and still then but so yet tonight recently finally nevertheless nonetheless moreover furthermore indeed"
        " overall separately similarly thursday's critics'"
    )
)


def is_adverb(low: str) -> bool:
    """Whether the word can stand between a subject and its verb."""
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in {"family", "only", "ally", "italy"})


def subject_before(sentence: list[Token], end: int) -> Span | None:
    """Give the noun phrase that ends before token `end`, or none if nothing there can be a subject."""
    last = end - 1
    if last < 0:
        return None
    low = sentence[last].low
    if low in {"who", "which", "that"}:
        return _antecedent(sentence, last)
    if low in {",", ")", "—", "–", "-"}:
        return _before_apposition(sentence, last)
    if not _can_end(sentence[last]):
        return None
    start = _leftmost(sentence, last)
    related = _relative(sentence, start)
    return _trim(sentence, start if related is None else related, end)


def _relative(sentence: list[Token], start: int) -> int | None:
    """Where "the man who saw the accident" begins, if the phrase is only the end of it."""
    for at in range(start - 1, max(start - 8, 0), -1):
        low = sentence[at].low
        if low == "who" and at < start - 1 and _can_end(sentence[at - 1]):
            return _leftmost(sentence, at - 1)
        if low in BOUNDARIES:
            break
    return None


def _can_end(token: Token) -> bool:
    low = token.low
    if low in PRONOUNS:
        return True
    return (
        (token.word[0].isalnum() or low[0] == "'")
        and low not in PREPOSITIONS
        and low not in BOUNDARIES
        and low not in AUXILIARIES
        and low not in DETERMINERS
        and low not in {"and", "or", "not"}
    )


def _leftmost(sentence: list[Token], at: int) -> int:
    """Walk left from the phrase's last word to its first."""
    floor = max(0, at - 25)
    if sentence[at].low in PRONOUNS and not (sentence[at].low == "it" and sentence[at - 1].low in _INSIDE):
        return at
    while at > floor:
        here, before = sentence[at], sentence[at - 1]
        low = before.low
        if low == "who" and at > 1 and _can_end(sentence[at - 2]):
            at -= 1
            continue
        towards = low == "to" and (
            here.low in DETERMINERS or here.word[0].isupper() or here.low in {"it", "him", "her"}
        )
        if low in BOUNDARIES or (low in AUXILIARIES and not towards) or low in {"he", "she", "they", "we", "i", "it"}:
            break
        if here.low in DETERMINERS and low not in _INSIDE and low not in {"all", "both", "of"}:
            break
        cue = VERBS.get(low)
        if cue and "n" not in cue.frames and cue.form != "base" and not before.word[0].isupper():
            if cue.form != "ing" and not (cue.form == "past" and here.low in PREPOSITIONS):
                break
        if low == "and" and not _joins(sentence, at - 1):
            break
        at -= 1
    return at


def _joins(sentence: list[Token], at: int) -> bool:
    """Whether "and" stands between two names or two plurals: one subject."""
    if at < 1:
        return False
    left, right = sentence[at - 1], sentence[at + 1]
    both_names = left.word[0].isupper() and right.word[0].isupper()
    return both_names or (left.low.endswith("s") and not right.low in DETERMINERS)


def _trim(sentence: list[Token], start: int, end: int) -> Span | None:
    """Cut what leads into a sentence ("But on Monday the mayor") from its subject."""
    while start < end - 1 and (sentence[start].low in _OPENERS or is_adverb(sentence[start].low)):
        if sentence[start].low in {"all", "both"}:
            break
        start += 1
    if sentence[start].low in PREPOSITIONS:
        start = _after_prepositions(sentence, start, end)
    while start < end - 1 and sentence[start].low in {"and", "'", "’", "‘", '"'}:
        start += 1
    return (start, end) if start < end else None


def _after_prepositions(sentence: list[Token], start: int, end: int) -> int:
    """The subject after "At a meeting in Leeds the mayor": the last phrase that no preposition governs."""
    best = end - 1
    at = end - 1
    while at > start:
        here, before = sentence[at], sentence[at - 1].low
        begins = here.low in DETERMINERS or (here.word[0].isupper() and not sentence[at - 1].word[0].isupper())
        if begins and before not in PREPOSITIONS and before not in DETERMINERS:
            return at
        if begins and at - 1 <= start:
            return best if best > at else at
        at -= 1
    return start + 1


def _antecedent(sentence: list[Token], pronoun: int) -> Span | None:
    """Whom "who" means: the phrase before it, with or without a comma."""
    end = pronoun - (pronoun > 0 and sentence[pronoun - 1].low == ",")
    if end <= 0 or not _can_end(sentence[end - 1]):
        return (pronoun, pronoun + 1) if sentence[pronoun].low != "that" else None
    return _trim(sentence, _leftmost(sentence, end - 1), end)


def _before_apposition(sentence: list[Token], closing: int) -> Span | None:
    """The name before an apposition: "Ann Lee, 40, the head of the club, said"."""
    stop = max(0, closing - 60)
    commas = [closing]
    at = closing - 1
    while at >= stop and sentence[at].word != QUOTE:
        if sentence[at].low in {",", "(", "—", "–", "-"}:
            commas.append(at)
        at -= 1
    first = at + 1
    segments = [(low + 1, high) for low, high in zip([*commas[1:], first - 1], commas, strict=True) if high > low + 1]
    fallback: Span | None = None
    for low, high in segments:
        head = sentence[low]
        if not _can_end(sentence[high - 1]):
            continue
        phrase = _trim(sentence, _leftmost(sentence, high - 1), high)
        if phrase is None or phrase[0] > low + 4 and sentence[low].low in {"who", "which"}:
            continue
        opened = sentence[phrase[0]]
        if head.low in PREPOSITIONS and low == first and len(segments) > 1 and fallback:
            break
        if opened.word[0].isupper() and opened.low not in DETERMINERS and head.low not in {"who", "which", "where"}:
            return phrase
        if head.low not in {"who", "which", "where", "whose", "and"} and not head.word[0].isdigit():
            fallback = phrase
    return fallback


def phrase_after(sentence: list[Token], start: int) -> Span | None:
    """Give the noun phrase that begins at token `start`: the source in "said the mayor on Monday"."""
    end = start
    names = False
    while end < len(sentence) and end - start < 18:
        token = sentence[end]
        low = token.low
        if low in {",", ".", "?", "!", ";", ":", "(", "—", "–", "-", "--", QUOTE, ")"} or low in WEEKDAYS:
            break
        if (
            low in {"who", "which", "that", "when", "while", "as", "after", "before", "during", "because", "and"}
            and end > start
        ):
            if low != "and" or not (end + 1 < len(sentence) and sentence[end + 1].word[0].isupper() and names):
                break
        if (
            low in PREPOSITIONS
            and low not in {"of", "for", "at", "from", "with", "to"}
            and (
                low not in {"in", "on"}
                or names
                or sentence[end + 1 : end + 2]
                and sentence[end + 1].low in {"a", "an"} | WEEKDAYS
            )
        ):
            break
        if end > start and ((low in AUXILIARIES and low != "to") or (low in VERBS and VERBS[low].form == "ing")):
            break
        names = names or token.word[0].isupper()
        end += 1
        if low in {"he", "she", "they", "i", "we", "it"}:
            break
    if end == start:
        return None
    return start, end


def first_phrase(sentence: list[Token]) -> Span | None:
    """Guess the subject of a sentence whose verb is no cue: its first name or noun phrase."""
    at = 0
    if sentence and sentence[0].low in PREPOSITIONS:
        at = next((k + 1 for k, token in enumerate(sentence[:25]) if token.low == ","), 0)
    while at < len(sentence) and (sentence[at].low in _OPENERS or sentence[at].low in {",", "'"}):
        at += 1
    end = at
    while end < len(sentence) and end - at < 10:
        token = sentence[end]
        low = token.low
        if low in BOUNDARIES or low in AUXILIARIES or low in PREPOSITIONS - {"of"} or not token.word[0].isalnum():
            break
        if end > at and not token.word[0].isupper() and (low in VERBS or low.endswith("ed") or is_adverb(low)):
            break
        end += 1
        if low in PRONOUNS:
            break
        if (
            end < len(sentence)
            and token.word[0].isupper()
            and end - at > 0
            and low not in DETERMINERS
            and sentence[end].word[0].islower()
            and sentence[end].low not in {"of", "and"}
        ):
            break
    return (at, end) if end > at else None
