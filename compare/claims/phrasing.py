"""The wording of a claim: one of its clauses, made understandable without the article.

The wording is chosen from the outlets' own words and never invented; insertions ("[Hugh Tansley] said ...") are in
brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from compare.claims import referents
from compare.language.clauses import is_finite, is_statement
from compare.language.english import standing
from compare.language.quotes.names import PEOPLE
from compare.language.quotes.phrases import DETERMINERS, PREPOSITIONS, is_adverb
from compare.language.quotes.stream import Sentence, low_at, tokens_of
from compare.language.standing import (
    UNCLEAR,
    begins_bare,
    content_words,
    counts,
    described,
    first_person,
    has_name,
    introduces,
    is_unnamed,
    lacks,
    names_something,
    pronoun_in,
)
from compare.language.tokens import FUNCTION_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.claims.around import Around
    from compare.language.quotes.stream import Sentence


_OPENING, _CLOSING = "“‘«„", "”’»"
# "LEEDS, England (Agency) — ": place and agency, which are not part of the statement.
_DATELINE = re.compile(
    r"^(?=[A-Z]{3})[A-Z][A-Z .'’/-]+(?:, (?:[A-Z][\w.]*+\s?){1,3})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: ?\([^()\n]{2,40}\))? ?(?:—|–|--?) (?=[\"“‘A-Z0-9])"
)
_CLOCK = re.compile(r"^\d{1,2}[.:]\d\d ?(?:[ap]m|[A-Z]{2,4})?[:,–—-]? (?=[\"“‘A-Z])")  # of a live blog
_CUT_OFF = re.compile(r"""^[^"“]*[,.?!…]["”](?=\s)""")
# Words that connect a sentence to the one before.
_JOINT = re.compile(r"^(?:And|But|So|Yet|However,|Meanwhile,|Still,|Moreover,|Also,) (?P<first>\w)")
_AND = re.compile(r",? (?:and|but|or|so|while|as)$")
_RELATIVE = re.compile(r"(?:who|which|where|whose)\b")
_CONTEXT = re.compile(r"^\[[^\[\]]+(?:[.!?…:\"”’)]\] (?=[^a-z\s])|,\] )")
# A no-break space attaches the words inserted after "the company" to say which one. It distinguishes them from
# "[Brode]" in a claim that somebody else has written.
_HOLDS = "\N{NO-BREAK SPACE}"
_ADDED = re.compile(rf"(?<=\b[Tt]he )([a-z]+){_HOLDS}\[[^\[\]]+\]")
_ARTICLE = re.compile(r"^(?:An?|One|Another)(?= )")
_ENDS = '.!?…"”’'
_SUBJECT = 14  # the most tokens in a subject
_LESS_PLAIN = 0.8  # factor of likeness for a wording that names nothing, and for one that needs a context
_ADVERBIAL = 4  # the most words between an adverb and its verb
_LEAST_STATED = 2  # content words that are too few, with a name or number counted as one more
_LEAST = 3  # the fewest words of a context
_SENTENCES, _LONGEST, _TIMES = 3, 60, 5  # the most sentences of a context; words; multiple of the wording's length
_RIVALS, _OWNERS = 2, 6  # sentences searched backwards for the referents of "he" and "his"
_BEGINNING = 60  # letters in which a sentence names its subject
_OWNED = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)  # without a named owner
_LEADING = 12  # letters before the subject of a sentence: "What the union wants"
_MARKS = ",.;:!?"
_ENOUGH_TO_FIND = 24  # letters that suffice to find a place again


def central(
    clauses: Sequence[str], wordings: Sequence[str], probability: NDArray[np.float64], differ: NDArray[np.bool_]
) -> int:
    """Return the clause that words a claim: it stands alone, matches the others, names something; first of equals.

    Where outlets differ in meaning, the wording is one of the majority's: otherwise faithful outlets would count as
    altered. The wordings are those of `worded`, the clauses are sorted from the earliest; `probability` and `differ`
    give for every two clauses whether they say the same, and whether a change was found.
    """
    # A wording that only its context explains is less plain; "the company" is not.
    unclear = [
        lacks(told) * (not is_unnamed(told)) + (lacks(asked(told)) >= UNCLEAR > lacks(told)) + clause[:1].islower()
        for clause, told in zip(clauses, wordings, strict=True)
    ]
    plain = [_LESS_PLAIN ** _filled_in(told) for told in wordings]
    # Rounded: equal sums must not differ in their last bit.
    likeness = (probability.sum(axis=1) * plain).round(6)
    return int(np.lexsort((-likeness, differ.sum(axis=1), unclear))[0])


def _filled_in(told: str) -> float:
    """Count what a wording has in brackets or leaves open: a context, a name, which company it is, who did it."""
    context = _CONTEXT.match(told) is not None
    own = told.replace("[", "").replace("]", "") if told.startswith("[The ") else told
    open_to = described(told)
    # "The union" at the beginning is the subject of the whole sentence.
    speaks_of = begins_bare(own) or is_unnamed(own) or any(one.start() < _LEADING for one in open_to)
    leaves = 2 * speaks_of or bool(open_to)
    added = not context and asked(told) != told
    tokens = tokens_of(told[:_BEGINNING])
    headless = is_finite(tokens, 0) and low_at(tokens, 1) in DETERMINERS  # "Ordered the checks"
    headless |= told.startswith("[") and not context and _OWNED.search(told.partition("]")[0]) is not None
    return context + (not names_something(told)) + headless + (leaves + added) / 2


def tidy(clause: str) -> str:
    """Return a clause as a sentence: a capital first, no dateline or time, no quotation mark without its partner."""
    return _capital(_paired(_CLOCK.sub("", _DATELINE.sub("", clause))))


def asked(wording: str) -> str:
    """Return the part of a wording to look for: without the context, the speaker and words added after a noun.

    Brackets written by the author of a codebook ("the union [Brode]") are part of it.
    """
    return _ADDED.sub(r"\1", _CONTEXT.sub("", wording))


def states_by_itself(wording: str, *, told_elsewhere: bool) -> bool:
    """Whether a wording told by one article alone is a claim: it states something and can be understood.

    `told_elsewhere` says whether another article was found to carry it; near-empty statements are easily found.
    """
    told = asked(wording)
    states = content_words(told) + names_something(told)
    return states > _LEAST_STATED and (told_elsewhere or lacks(wording) < UNCLEAR)


def worded(clause: str, article: Around, start: int, end: int) -> str:
    """Return a clause as the wording of a claim, with what a stranger needs in brackets, as far as it is certain.

    This is the person meant by "he" if only one is possible; the subject that a clause shares with the one before; the
    speaker, if it is quoted or speaks of "us"; and the words before it, if it still depends on them. The clause is as
    in the clause table, and its place in the article is from start to end.
    """
    speaker = article.speaker(start, end)
    wording = _described(_whole(clause, article, start, end), article, start)
    if speaker or not article.is_quoted(start, end):
        wording = _told_which(_named(wording, article, start, speaker), article, start)
    if speaker:
        before = _before(article, start, 1) if lacks(f"[{speaker}:] {wording}") > UNCLEAR else ""
        said_by = f"{_capital(speaker)}:" if not before or first_person(wording) or speaker not in before else ""
        return f"[{f'{said_by} {before}'.strip()}] {wording}"
    unclear = lacks(wording)
    own = first_person(wording) and not article.is_quoted(start, end)
    told_by = f"{article.outlet}: " if article.outlet and own else ""
    before = ""
    if unclear > UNCLEAR:
        before = _context(wording, article, start)
    elif unclear < UNCLEAR and (is_unnamed(wording) or counts(wording)):
        # "The company" is known to readers of the story; words far before it need not identify it.
        before = _before(article, start, 1)
    elif unclear < UNCLEAR and begins_bare(wording):
        noun = words(wording)[1].casefold()
        several = referents.are_several(noun, article.text, start)
        before = "" if several else _brings_in(noun, _before(article, start, 1))
    context = f"{told_by}{before}".strip()
    if before.endswith(","):
        return f"[{context}] {article.text[start:end]}"
    return f"[{context}] {wording}" if context else wording


def _whole(clause: str, article: Around, start: int, end: int) -> str:
    """Return a clause as a sentence of its own: after its subject in brackets, if that is elsewhere."""
    own = article.text[start:end]
    cut = bool(article.sentences) and own[-1:].isalnum() and end < article.span(article.number(start))[1]
    stop = "." if cut else ""
    subject, joint, rest = clause.partition(" … ")
    if joint and rest == own and _is_subject(subject):
        adding, that, content = own.partition("ing that ")
        if that and adding.isalpha():  # "the diplomats … adding that it was over"
            return f"[{_capital(subject)} {'said' if adding == 'say' else adding + 'ed'}] that {content}{stop}"
        return f"[{_capital(subject)}] {own}{stop}"
    tokens = tokens_of(clause)
    at = next((at for at, token in enumerate(tokens[:_SUBJECT]) if token.low in {"who", "which"}), 0)
    related = at > 1 and tokens[at - 1].low == "," and _is_subject(clause[: tokens[at - 2].end])
    if related and _is_relative(tokens, at):
        before = _ambiguous(article, start) if tokens[at].low == "which" else ""
        if before:
            return f"[{before} {clause[: tokens[at - 2].end]},] {clause[tokens[at].start :]}{stop}"
        return f"[{_capital(clause[: tokens[at - 2].end])}] {clause[tokens[at + 1].start :]}{stop}"
    return _JOINT.sub(lambda joint: joint["first"].upper(), tidy(clause)) + stop


def _ambiguous(article: Around, start: int) -> str:
    """Return the words before a phrase after a preposition: in "a letter from the bank, which", it may mean either."""
    before = article.text[article.span(article.number(start))[0] : start].strip() if article.sentences else ""
    governed = before.rpartition(" ")[2].casefold() in PREPOSITIONS and len(before.split()) <= _LONGEST
    return tidy(before) if governed and introduces(before) else ""


def _is_subject(phrase: str) -> bool:
    """Whether a phrase names its referent: not "34" or "For Calloway"."""
    told = words(phrase)
    return any(word[0].isalpha() and word not in FUNCTION_WORDS for word in told) and told[0].casefold() not in (
        PREPOSITIONS
    )


def _is_relative(tokens: Sentence, at: int) -> bool:
    """Whether a relative clause is complete and the only one, as in "the strike, which began at six"."""
    after = [k for k in range(at + 2, len(tokens) - 1) if tokens[k].low == ","]
    adverbs = [k for k in after if is_adverb(tokens[k + 1].low) or tokens[k + 1].low == "never"]
    # "Lee, who was ill, also on Monday told"
    after += [k + 1 + j for k in adverbs for j in range(_ADVERBIAL) if k + 2 + j < len(tokens)]
    return (
        is_finite(tokens, at + 1, surely=False)
        and not any(is_finite(tokens, k, surely=False) for k in range(1, at))
        and not any(is_finite(tokens, k + 1, surely=False) for k in after)
    )


def _described(wording: str, article: Around, start: int) -> str:
    """Replace "the official" at the beginning with "a harbour official", if the article introduced only one before."""
    tokens = tokens_of(wording[:_BEGINNING])
    if len(tokens) < _LEAST or tokens[0].low != "the" or not tokens[1].word.isalpha() or not tokens[1].word.islower():
        return wording
    at = 3 if is_adverb(tokens[2].low) else 2
    who = referents.person(tokens[1].low, article.text, start) if is_finite(tokens, at, surely=False) else ""
    return f"[{_capital(who)}]{wording[tokens[1].end :]}" if who else wording


def _named(wording: str, article: Around, start: int, speaker: str = "", *, marked: bool = True) -> str:
    """Replace the first pronoun without an antecedent with the name, if it is certain."""
    found = pronoun_in(wording)
    if found is None or wording.startswith("[") or (found.start() and _ARTICLE.match(wording)):
        return wording  # "A tall man in his 40s"
    at = article.text.find(wording[found.start() + 1 : found.start() + _ENOUGH_TO_FIND], start)
    who = article.meant(found[0], max(at - 1, start), speaker)
    if not who:
        return wording
    who = _capital(who) if found.start() == 0 else _ARTICLE.sub(lambda article: article[0].lower(), who)
    bare = found[0].replace("’", "'").partition("'")[0]
    low, rest = found[0].casefold(), wording[found.end() :]
    if low == "her" and not standing.giving.isdisjoint(words(wording[: found.start()])[-1:]):
        return wording  # "awarded her damages": hers, or to her
    owned = low == "his" or (low == "her" and _begins_with_thing(rest))
    # The "d" of "would" looks like that of "had", so contractions of the pronoun stay as they are.
    rest, who = (rest, f"{who}’s") if owned else (found[0][len(bare) :] + rest, who)
    return wording[: found.start()] + (f"[{who}]" if marked else who) + rest


def _told_which(wording: str, article: Around, start: int) -> str:
    """Insert after "the company" and "the offer" which one it is, if the article has introduced only one."""
    for noun in reversed(described(wording)):
        after = wording[noun.end() :]
        which = (
            ""
            if after.startswith(("’", "'")) or referents.tells(after)
            else article.added(noun["noun"].casefold(), start)
        )
        if which and which not in wording:
            wording = f"{wording[: noun.end()]}{_HOLDS}[{which}]{wording[noun.end() :]}"
    return wording


def _begins_with_thing(rest: str) -> bool:
    """Whether "her" is a possessive: "her radar", and not "told her on Tuesday"."""
    told = rest.split(maxsplit=1)[0] if rest[:1] == " " and rest.strip() else ""
    word = told.rstrip(_MARKS)
    thing = word.islower() and word.isalpha() and word not in FUNCTION_WORDS | PREPOSITIONS
    # "saw her yesterday", "saw her working."
    return word == "own" or (thing and not is_adverb(word) and not (told != word and word.endswith("ing")))


def _before(article: Around, start: int, reach: int) -> str:
    """Return the words before a place, beginning where they can be understood, of `reach` sentences; "" if too many."""
    number = article.number(start)
    if number < 0:
        return ""
    begin, end = article.span(number)
    same = article.text[begin:start].strip(' ;—–-"“')
    told = []
    if len(same.split()) >= _LEAST:
        joint = "," if _RELATIVE.match(article.text, start) else " …"
        told = [_explained(tidy(_AND.sub("", same).rstrip(", ")), article, begin) + joint]
    while number > 0 and not (told and introduces(told[0].rstrip(" …,"))) and len(told) < reach:
        number -= 1
        begin, end = article.span(number)
        said = " ".join(article.text[begin:end].split())
        if said[-1] not in _ENDS:
            return ""
        told.insert(0, _explained(tidy(said), article, begin))
    context = " ".join(told).replace("[", "(").replace("]", ")")
    clear = bool(told) and is_statement(told[0]) and introduces(told[0].rstrip(" …,"))
    return context if clear and len(context.split()) <= _LONGEST else ""


def _context(wording: str, article: Around, start: int) -> str:
    """Return the words before a place that explain a wording.

    If several sentences are more than five times as long as the wording, only the last is used. No context is used if
    "his" would seem to mean somebody who merely happens to be mentioned in it.
    """
    before = _before(article, start, _SENTENCES)
    if len(before.split()) > _TIMES * len(wording.split()):
        before = _before(article, start, 1)
    found = pronoun_in(wording)
    if not before or found is None:
        return before
    reach = _OWNERS if _OWNED.match(found[0]) else _RIVALS
    return "" if article.leaves_out(found[0], start, before, reach) else before


def _explained(sentence: str, article: Around, start: int) -> str:
    return _told_which(_named(sentence, article, start, marked=False), article, start)


def _brings_in(noun: str, before: str) -> str:
    """Return the sentence before if it identifies the "session" or "idea" that is meant, or else ""."""
    if before.endswith("…") or described(before) or begins_bare(before):
        return ""
    says = stem(noun) in {stem(word) for word in words(before)}
    # "The nurse" is a person named before; "the idea" and "the request" refer to a statement.
    names = noun in PEOPLE and has_name(before)
    told = noun in standing.said_before and not before.startswith(tuple(_OPENING + '"'))
    return before if says or names or told else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _paired(sentence: str) -> str:
    straight_is_odd = sentence.count('"') % 2 == 1
    closes, opens = set(sentence) & set(_CLOSING), set(sentence) & set(_OPENING)
    if (sentence[:1] in _OPENING and not closes) or (sentence[:1] == '"' and straight_is_odd):
        return sentence[1:].lstrip()
    if (sentence[-1:] in _CLOSING and not opens) or (sentence[-1:] == '"' and straight_is_odd):
        return sentence[:-1].rstrip()
    if _CUT_OFF.search(sentence) and not opens:
        # "We are pricing in April,” said one broker": the quotation begins in another sentence.
        return f'"{sentence}' if straight_is_odd else f"“{sentence}" if "”" in sentence else sentence
    return sentence
