"""Texts of 100,000 characters that are no prose, as they stand between the articles of a corpus.

Run as a program it takes each through everything that reads a text, and says its name before.
"""

from __future__ import annotations

import base64
import json
import warnings
from hashlib import sha256

import compare

_SIZE = 100_000
_KEY = base64.b64encode(b"".join(sha256(bytes([at // 256, at % 256])).digest() for at in range(2400))).decode()
_LINES = "\n".join(_KEY[at : at + 64] for at in range(0, _SIZE, 64))
_SCRIPT = "function a(e,t){var n=e[7]||'x';return n.map(function(r){return r+\"1\"})};"

HOSTILE = {
    "letters": "A" * _SIZE + " came.",
    "initials": "A.B." * (_SIZE // 4),
    "spaces": "The minister said" + " " * _SIZE + "that he would go.",
    "marks": '"' * _SIZE + "a",
    "digits": "123," * (_SIZE // 4) + "000 people died.",
    "line ends": "a" + "\n" * (_SIZE // 2) + "b.",
    "dashes": "-" * _SIZE + "a",
    "full stops": "." * _SIZE + "a",
    "brackets": "(" * (_SIZE // 2),
    "a line of base64": _KEY,
    "a key": f"-----BEGIN RSA PRIVATE KEY-----\n{_LINES}\n-----END RSA PRIVATE KEY-----\n",
    "JSON": json.dumps([{"id": at, "name": f"n{at}", "value": [at / 7, None, True]} for at in range(1400)]),
    "a script": _SCRIPT * (_SIZE // len(_SCRIPT)),
}
_PROSE = (
    "Mara Quill, the harbour minister, said on Monday that the pier would cost five million pounds. “We will not wait,”"
    " she told reporters in Oldmere. At least 17 people were hurt in the storm, officials said."
)


def read(text: str) -> None:
    """Take a text through every function that reads one, without the reader, which costs by the word."""
    articles = compare.read_articles([{"outlet": "Prose", "text": _PROSE}, {"outlet": "Noise", "text": text}])
    compare.extract_quotes(text)
    compare.score_pairs([text, _PROSE], [_PROSE, text])
    compare.compare_story(articles, reader=None)
    compare.track_claims(articles, ["Mara Quill said the pier would cost five million pounds."], reader=None)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for name, hostile in HOSTILE.items():
        print(name, flush=True)
        read(hostile)
