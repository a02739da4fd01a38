"""Decode bytes into text: as UTF-8, else in the declared encoding, else in the one that explains the letters best.

charset-normalizer alone is wrong on most short Western texts ("It's over." with a curly apostrophe comes
back as Chinese), so alphabets are tried before it: an encoding fits if the letters beyond ASCII
are those of one language. tests/test_reading_decoding.py shows the languages on which this was tested.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from compare.errors import InputError, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.reading.problems import Problems

# The order decides between encodings that explain a text equally well: the more common comes first, and
# Hebrew before Cyrillic, in which every Hebrew text would also consist of letters.
_ALPHABETS = {
    "cp1252": (
        "äöüßéçàè àâæçéèêëîïôœùûüÿ áéíñóúüçï áâãàçéêíóôõú àáèéìíîòóù àèòéíóúïüç åäöéšžõü æøåéòôü áðéíóúýþæö ëïéèöüá"
    ),
    "cp1250": "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű čćđšž ăâîşţ",
    "cp1255": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяё абвгґдеєжзиіїйклмнопрстуфхцчшщьюя абвгдђежзијклљмнњопрстћуфхцчџш",
    "koi8_r": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "cp866": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "cp1253": "αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",
    "cp1254": "çğıİöşüâîû",
    "cp1257": "ąčęėįšųūž āčēģīķļņšūž äõöüšž",
    "iso8859_15": "àâæçéèêëîïôœùûüÿ",
    "iso8859_2": "ąćęłńóśźż áčďéěíňóřšťúůýž",
    "mac_roman": "äöüßé àâæçéèêëîïôœùûüÿ áéíñóúüç áâãàçéêíóôõú",
    "cp850": "äöüßé àâæçéèêëîïôœùûü áéíñóúüç",
}
# Answers left to charset-normalizer: the scripts that no alphabet above covers.
_OTHER_SCRIPTS = ["cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1256", "cp874", "cp1258", "iso8859_5", "iso8859_7"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read pages declared as ASCII or Latin-1 as Windows-1252 (WHATWG Encoding standard).
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}

_FITS_FROM = 0.85  # share of the characters beyond ASCII that one alphabet must explain; the rest are foreign names
_AS_GOOD = 0.01  # an encoding this close to the best is as good, and the more common one is used
_CAPITALS = 0.1  # penalty for capitals: KOI8-R read as Windows-1251 is good Russian with its case swapped
_SAMPLE = 20_000  # bytes examined
_DAMAGE = 2  # text is damaged UTF-8 if it has at least this many times more intact than broken sequences
_BINARY_FROM = 0.02  # share of control characters above which a file is not text
_PUNCTUATION = frozenset("“”„‟‘’‚‛«»‹›–—―…•·€£§°©®™ªº´¿¡½¼¾№\xa0\xad")
_INSIDE_WORDS = frozenset("’‘·–—\xa0\xad")
_LATIN = "\u024f"  # the last Latin letter of the encodings above
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BEYOND_ASCII = re.compile(r"(?=([\s\S]?)([^\x00-\x7f])([\s\S]?))")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decoded(data: bytes, name: str, problems: Problems, *, declared: str | None = None) -> str:
    """Return the text of a file, and note an encoding that is neither UTF-8 nor declared.

    Args:
        data: the file's bytes.
        name: the file, for messages.
        problems: receives a note on the encoding used.
        declared: the encoding that the file itself names.

    Raises:
        InputError: no encoding gives text.
    """
    wide = _wide(data)
    if not wide:
        text = _attempt(data, "utf-8-sig")
        if text is None and declared and _keeps_ascii(declared):
            text = _attempt(data, declared)
        if text is not None:
            return text
        text = data.decode("utf-8-sig", errors="replace")
        broken = text.count("\N{REPLACEMENT CHARACTER}") - data.count("\N{REPLACEMENT CHARACTER}".encode())
        if len(_SEQUENCE.findall(data)) >= _DAMAGE * broken:
            problems.note(
                f"{name}: read as UTF-8, but {counted(broken, 'character')} damaged and became U+FFFD; "
                "save it again from its source if that matters."
            )
            return text
    for encoding in [wide] if wide else _likely(data):
        text = _attempt(data, encoding) if encoding else None
        if text is not None and len(_CONTROLS.findall(text[:_SAMPLE])) <= _BINARY_FROM * min(len(text), _SAMPLE):
            label = str(encoding).replace("_", "-")
            problems.note(
                f"{name}: read as {label}, not UTF-8; check its accents and quotation marks, or save it as UTF-8."
            )
            return text
    raise InputError(f"{name}: is not text in any encoding that could be recognised; save it as UTF-8 text.")


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        known = codecs.lookup(encoding).name
        return data.decode(_AS_BROWSERS_DO.get(known, known))
    except (LookupError, ValueError):
        return None


def _keeps_ascii(encoding: str) -> bool:
    """Whether a declaration that was read as ASCII can be true: that of UTF-16 cannot."""
    try:
        return "<meta>".encode(encoding) == b"<meta>"
    except (LookupError, ValueError):
        return False


def _wide(data: bytes) -> str | None:
    """Return the name of an encoding with two or four bytes per character, by its mark or the position of NULs."""
    mark = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if mark:
        return None if mark == "utf-8-sig" else mark
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    characters = len(data[:_SAMPLE]) // 2
    if max(even, odd) <= characters // 4 or min(even, odd) > characters // 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _likely(data: bytes) -> Iterator[str | None]:
    """Yield the encoding whose alphabet explains the letters best, then the answer of charset-normalizer."""
    sample = b""  # whole lines with characters beyond ASCII, until there are enough of them
    for line in data.splitlines(keepends=True):
        if len(sample) > _SAMPLE:
            break
        if not line.isascii():
            sample += line
    scores = {encoding: _explained(sample, encoding) for encoding in _ALPHABETS}
    best = max(scores.values())
    if best >= _FITS_FROM:
        yield next(encoding for encoding, score in scores.items() if score >= best - _AS_GOOD)
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS).best()
    yield found.encoding if found else None


def _explained(sample: bytes, encoding: str) -> float:
    """Return the share of the characters beyond ASCII explained by one alphabet and usual punctuation."""
    try:
        text = sample[:_SAMPLE].decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    around: list[tuple[str, str, str]] = _BEYOND_ASCII.findall(text)
    letters: list[str] = []
    capitals = marks = 0
    for before, character, after in around:
        if not character.isalpha() or character in "ªº":
            inside = before.isalpha() and after.isalpha()
            marks += character in (_INSIDE_WORDS if inside else _PUNCTUATION)
        # No word has an ASCII letter next to a letter that is not Latin.
        elif not (character.isupper() and before.islower()) and not (
            character > _LATIN and any(n.isascii() and n.isalpha() for n in before + after)
        ):
            letters.append(character)
            capitals += character > _LATIN and character.isupper()
    known = max(
        sum(letter in alphabet for letter in letters)
        for alphabet in (frozenset(a + a.upper()) for a in _ALPHABETS[encoding].split())
    )
    return (known + marks - _CAPITALS * capitals) / max(1, len(around))
