"""Where a page itself says that it shows only a part of its article: the marks of a paywall."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compare.reading.furniture import is_hidden, marks_of, words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_GATES = frozenset(
    "paywall regwall gate gated gateway subscribewall paygate piano premium locked registerwall subscriber subscribers "
    "paid metered meter subscription tp-container offer offers barrier roadblock login signin wall lock upsell".split()
)
_FADES = frozenset("fade fadeout fader faded truncated truncate excerpted blurred blur gradient".split())
# Cards of other articles, which may be closed while this one is open.
_CARDS = frozenset(
    "related recirc recommended card cards teaser teasers promo popular trending sidebar newsletter footer nav".split()
)
# What a gate says, and a box that offers a newsletter or a subscription beside a whole article does not.
_ASKS = re.compile(
    r"continue reading|keep reading|read on\b|read the (?:full|whole|rest)|(?:rest|remainder) of (?:the|this)"
    r"|to read (?:the|this) (?:full |whole )?(?:article|story)|(?:article|story) is (?:for|only|exclusive|reserved)"
    r"|weiterlesen|weiter lesen|ganzen artikel|nur für abonnent|exklusiv für|artikel freischalten"
    r"|lire la suite|réservée? aux abonnés|vous reste [\d.,]{1,6} ?% de|continua a leggere|riservato agli abbonati"
    r"|seguir leyendo|sigue leyendo|(?:solo|exclusivo) para suscriptores|suscríbete para (?:leer|continuar)"
    r"|per continuare|abbonati per leggere|continue lendo|exclusivo para assinantes|assine para (?:ler|continuar)"
    r"|verder lezen|lees verder|alleen voor abonnees|läs vidare|fortsätt läsa|les videre|læs videre|jatka lukemista"
    r"|czytaj dalej|dla subskrybent|читать далее|только для подписчиков",
    re.IGNORECASE,
)
# On a page that calls its article closed, a box of such a name asks, whatever it says but how much is left of a quota.
_SURE = frozenset("paywall regwall subscribewall paygate".split())
_QUOTA = re.compile(r"free (?:article|stor)|(?:article|stor)\w{1,5} (?:left|remaining)|this month", re.IGNORECASE)
_SAID = 4  # words, at least, of what such a box says
_LONGEST_GATE = 150  # words; a longer element is not a gate but what it closes
_SHORT_GATE = 60  # words; a longer one may hold the last lines of the article
_LOCKED = 20  # words that a locked part holds, from which on the page shows it
_DIGITS = 7  # of a number of words
_WHOLE = 0.9  # share of the words that a page counts in its article from which on it is whole
_SHOWN = 0.5  # share of the words that a page counts in its article below which it is cut
_PARAGRAPH = 8  # words from which a paragraph after a gate shows that the article goes on
_MOST = 8  # locked parts, and selectors of each, that are looked for
_CLOSED = frozenset({"false", "no", "0"})


class Gates:
    """The marks of a paywall on a page, kept before the page is cleared of its boxes."""

    def __init__(self, tree: Any, article: Mapping[str, Any]) -> None:
        """Read the marks of a page.

        Args:
            tree: the page, with all its boxes.
            article: its article in schema.org's terms.
        """
        self._closed = _is_closed(article.get("isAccessibleForFree"))
        counted = str(article.get("wordCount"))
        self._words = int(counted) if counted.isdecimal() and len(counted) < _DIGITS else 0
        self._locked = self._in_locked_parts(tree, article.get("hasPart"))
        self._after: set[str] | None = None  # what stands behind the last gate
        self._fades = False
        self._gates: list[Any] = []
        for element in tree.iter():
            if not isinstance(element.tag, str) or element.tag in {"html", "body", "head", "main", "script", "style"}:
                continue
            words = set(marks_of(element))
            if words & _FADES and not is_hidden(element) and words_in(element) < _LONGEST_GATE:
                self._fades = True
            if (words & _GATES and _asks(element)) or (words & _SURE and self._closes(element)):
                self._gates.append(element)
        around = {box for gate in self._gates for box in gate.iterancestors()}
        self._gates = [_asking(gate) for gate in self._gates if gate not in around]
        if self._gates:
            self._after = {" ".join(one.text_content().split()) for one in _following(self._gates[-1])}

    @property
    def asked(self) -> bool:
        """Whether something on the page asks for a subscription."""
        return bool(self._gates)

    def take_out(self) -> None:
        """Take what asks for a subscription out of the page: it is not a sentence of the article."""
        for gate in self._gates:
            if gate.getparent() is not None:
                gate.drop_tree()

    def _closes(self, element: Any) -> bool:
        """Whether a box closes the article, by its name and by what the page says of the article."""
        if not self._closed or (self._locked or 0) >= _LOCKED or not _is_shown(element):
            return False
        return words_in(element) >= _SAID and not _QUOTA.search(_line(element))

    def cut(self, text: str) -> bool:
        """Whether the page says that this text of its article breaks off: it is closed there, or counts more words."""
        words = len(text.split())
        if self._counts_as_many(words):
            return False
        if self.counts_more(words):
            return True
        if self._after is not None and not self._goes_on(text):
            return True
        if self._closed and self._locked is not None:
            return self._locked < _LOCKED and (self._locked == 0 or self._fades)
        return self._closed and self._fades and self._after is None

    def counts_more(self, words: int) -> bool:
        """Whether a page that is closed says that its article has many more words than these."""
        return self._closed and words < _SHOWN * self._words

    def _counts_as_many(self, words: int) -> bool:
        return bool(self._words) and words >= _WHOLE * self._words

    def _goes_on(self, text: str) -> bool:
        """Whether a paragraph of the text stands behind the gate."""
        paragraphs = {" ".join(paragraph.split()) for paragraph in text.split("\n\n")}
        return any(len(one.split()) >= _PARAGRAPH for one in paragraphs & (self._after or set()))

    @staticmethod
    def _in_locked_parts(tree: Any, parts: Any) -> int | None:
        """Return how many words the parts that need a subscription hold; None if the page names none that it has."""
        found: list[int] = []
        for part in (parts if isinstance(parts, list) else [parts])[:_MOST]:
            if isinstance(part, dict) and _is_closed(part.get("isAccessibleForFree")):
                selectors = part.get("cssSelector")
                for selector in (selectors if isinstance(selectors, list) else [selectors])[:_MOST]:
                    found += [words_in(one) for one in _selected(tree, selector)]
        return sum(found) if found else None


def _is_closed(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.rpartition("/")[2].lower() in _CLOSED)


def _asks(element: Any) -> bool:
    """Whether an element is shown and asks for a subscription before the rest can be read."""
    return _is_shown(element) and bool(_ASKS.search(_line(element)))


def _is_shown(element: Any) -> bool:
    """Whether readers see an element, and it is short and no card of another article."""
    if any(is_hidden(one) for one in (element, *element.iterancestors())) or words_in(element) > _LONGEST_GATE:
        return False
    if any(
        _CARDS.intersection(marks_of(one)) for one in (element, *element.iterancestors("div", "section", "li", "a"))
    ):
        return False
    return element.tag != "template" and next(element.iterancestors("template", "noscript"), None) is None


def _line(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _asking(gate: Any) -> Any:
    """Return what asks in a gate that also holds a part of the article, else the gate."""
    if words_in(gate) <= _SHORT_GATE:
        return gate
    inner = [one for one in gate.iter("p", "div", "h2", "h3", "h4", "span", "b", "strong") if _asks(one)]
    return inner[-1] if inner else gate


def _following(element: Any) -> list[Any]:
    """Return the paragraphs behind an element on the page."""
    inside = set(element.iter("p"))
    return [one for one in element.xpath("following::p") if one not in inside]


def _selected(tree: Any, selector: Any) -> list[Any]:
    """Return the elements of a selector by class or id; other selectors name none here."""
    if not isinstance(selector, str):
        return []
    name = selector.strip().rpartition(" ")[2]
    if name[:1] not in {".", "#"}:
        return []
    attribute = "class" if name[0] == "." else "id"
    return [one for one in tree.iter() if name[1:] in (one.get(attribute) or "").split()]
