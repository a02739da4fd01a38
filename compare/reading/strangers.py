"""What is called a page and is none, and pages that are no article: each told apart and named."""

from __future__ import annotations

import re

from compare.errors import FlawError

LARGEST = 10 * 2**20  # bytes of a page; the longest articles take a tenth
_WAY_OUT = "save its text as .txt"
_AGAIN = "open it in a browser and save the page that shows the article"
# The first bytes of other files, and what to do with them.
_FILES = (
    (b"%PDF", "a PDF, not a page", "copy its text into a .txt file"),
    (b"\x1f\x8b", "a packed file (gzip), not a page", "unpack it first"),
    (b"PK\x03\x04", "a zip archive or an office document, not a page", "name it by what it is"),
    (b"\x89PNG", "a picture, not a page", _AGAIN),
    (b"\xff\xd8\xff", "a picture, not a page", _AGAIN),
    (b"GIF8", "a picture, not a page", _AGAIN),
    (b"RIFF", "a picture or a recording, not a page", _AGAIN),
    (b"{\\rtf", "an RTF document, not a page", "save it as .txt"),
    (b"\xd0\xcf\x11\xe0", "an office document, not a page", "save it as .txt"),
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_XML = re.compile(rb"\s{0,100}<\?xml\b")
_MARKUP = re.compile(rb"<(?:!doctype|[a-z][a-z0-9-]{0,20}[\s/>])", re.IGNORECASE)
_HTML = re.compile(rb"<(?:html|body|div|p|article)\b", re.IGNORECASE)
_START = 65_536  # bytes that tell what a file is

_SHORT = 80  # words below which a page may be something else than an article
# A headline may count 404 dockers, or tell what was forbidden: a status stands alone, or beside words of its own.
_MISSING = re.compile(
    r"\b(?:error|http|status)(?: code)?[ :]{1,2}40[34]\b"
    r"|\b40[34][ :|–-]{1,3}(?:error|(?:page |file )?not found|forbidden|page)\b"
    r"|(?:^|[-–|:!] {1,2})(?:40[34]|forbidden)(?=\W{0,5}$| {1,2}[-–|])"
    r"|(?:page|article|story|file) (?:was )?not found|access denied|seite nicht gefunden"
    r"|page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata",
    re.IGNORECASE | re.MULTILINE,
)
_CHECK = re.compile(
    r"(?:enable|turn on|requires?) javascript|checking your browser|verify (?:that )?you are (?:a )?human|captcha"
    r"|unusual traffic|just a moment",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"\b(?:cookies?|consent|privacy|gdpr|datenschutz|einwilligung|partners?)\b", re.IGNORECASE)
_CONSENTS = 2  # such words in so short a text, of which a page about consent has more
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|password|anmelden|passwort|connexion|mot de passe|contraseña)\b", re.IGNORECASE
)


def refuse_other_files(data: bytes) -> None:
    """Refuse bytes that are no page.

    Raises:
        FlawError: they are a file of another kind, empty, or longer than any page.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FlawError("is an empty page", "save it again, or leave it out")
    for start, what, way_out in _FILES:
        if data.lstrip()[: len(start)] == start:
            raise FlawError(f"is {what}", way_out)
    if len(data) > LARGEST:
        size = f"{len(data) / 2**20:,.0f} MB"
        raise FlawError(f"is a page of {size}, and no more than {LARGEST // 2**20} are read", _WAY_OUT)
    start = data[:_START]
    wide = start.replace(b"\0", b"") if start.count(0) > len(start) // 4 else start
    if _XML.match(wide) and not _HTML.search(wide):
        raise FlawError("is a feed, not a page" if _FEED.search(wide) else "is XML, not a page", _AGAIN)
    if not _MARKUP.search(wide):
        raise FlawError("is no web page: it holds no tags", "name a text .txt")


def refuse_other_pages(title: str | None, text: str, html: str, *, login: bool, gated: bool) -> None:
    """Refuse a page that holds no article but asks for something, or says that there is none.

    Args:
        title: the page's headline.
        text: what was taken for its article.
        html: the page.
        login: whether it has a field for a password.
        gated: whether it asks for a subscription.

    Raises:
        FlawError: it has no article.
    """
    words = len(text.split())
    if words >= _SHORT:
        return
    said = f"{title or ''} {text}"
    if gated and not text:
        raise FlawError("shows nothing of its article, and asks for a subscription", _AGAIN)
    if login and (not text or _LOGIN.search(said)):
        raise FlawError("is a page to log in, not the article", _AGAIN)
    if _MISSING.search(title or "") or (not title and _MISSING.match(text)):
        raise FlawError("says that the page was not found or is not to be seen", _AGAIN)
    if _CHECK.search(said):
        raise FlawError("asks for JavaScript or whether the reader is human, and holds no article", _AGAIN)
    if len(_CONSENT.findall(said)) >= _CONSENTS or (not text and len(_CONSENT.findall(html)) > _CONSENTS):
        raise FlawError("asks for consent to cookies, and holds no article", _AGAIN)
    if not text:
        raise FlawError("no article was found on this page", _WAY_OUT)
