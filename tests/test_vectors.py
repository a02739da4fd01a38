import hashlib
import os
import subprocess
import sys
import unicodedata
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import InputError
from compare.language import vectors
from compare.language.vectors import Encoder, sentence_vectors, static_vectors

ROOT = Path(__file__).parents[1]
FILE = ROOT / "compare" / "language" / "potion64.npz"
SCRIPT = ROOT / "benchmarks" / "make_vectors.py"
SHA256 = "bd7f65e6dc3c68c66dcaed962b5471d1f7bf0b540fca0a7ecfb593bd42f723ce"

STRANGE = {
    "empty": "",
    "spaces": " \t\n\u00a0\u2028 ",
    "control characters": "\x00\x01\x0b\x7f\x85\ufffd",
    "lone surrogate": "\ud800",
    "accent alone": "\u0301",
    "emoji": "🙂 👩‍👩‍👧‍👦 🇺🇦",
    "Chinese": "乌克兰总统在基辅讲话。",
    "Thai": "ประธานาธิบดี",
    "Hangul": "대통령",
    "10,000 letters": "a" * 10_000,
    "10,000 Chinese characters": "国" * 10_000,
    "10,000 emoji": "🙂" * 10_000,
    "literal special pieces": "[PAD] [UNK] [CLS] ##s",
}


def cosine(left: str, right: str) -> float:
    a, b = static_vectors().encode([left, right])
    return float(a @ b)


def mean_of_pieces(names: list[str]) -> np.ndarray:
    """Do slowly, from the file itself, what the module does at once."""
    file = np.load(FILE)
    pieces = file["pieces"].tobytes().decode().split("\n")
    rows = [pieces.index(name) for name in names]
    mean = np.mean([file["vectors"][row] * np.float64(file["scales"][row]) for row in rows], axis=0)
    return mean / np.linalg.norm(mean)


# The pieces are those that Hugging Face's tokenizers 0.23 finds.
@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ceasefire", ["ceasefire"]),
        ("Zelenskyy", ["ze", "##len", "##sky", "##y"]),
        ("Zürich's", ["zurich", "'", "s"]),
        ("“No deal,” he said.", ["“", "no", "deal", ",", "”", "he", "said", "."]),
        ("a €5bn loan", ["a", "€", "##5", "##bn", "loan"]),
        ("a soft\u00adware\ufeff fix", ["a", "software", "fix"]),
        ("北京 talks", ["北", "京", "talks"]),
        ("mask-wearing $5", ["mask", "-", "wearing", "$", "5"]),
        ("İstanbul", ["istanbul"]),
    ],
)
def test_text_is_the_mean_of_its_word_pieces(text, pieces):
    np.testing.assert_allclose(static_vectors().encode([text])[0], mean_of_pieces(pieces), atol=1e-6)


def test_a_word_that_no_pieces_make_up_does_not_move_the_mean():
    assert cosine("a 🙂 ceasefire", "a ceasefire") == pytest.approx(1)


def test_alike_texts_are_nearer_than_others():
    claim = "The president rejected the ceasefire proposal."
    assert cosine(claim, "The head of state turned down the truce offer.") > 0.4
    assert cosine(claim, "The bakery sells fresh bread every morning.") < 0.1


def test_words_are_short_texts():
    rows = static_vectors().encode(["Kyiv", "the", "Zelenskyy", "the"])
    assert rows.shape == (4, 64)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(rows[1], rows[3])


def test_weights_grow_with_rarity():
    the, said, president, ukraine, zelenskyy, emoji = static_vectors().weights(
        ["the", "said", "president", "Ukraine", "Zelenskyy", "🙂"]
    )
    assert the < 3 < said < president < ukraine < zelenskyy == emoji < 131
    assert static_vectors().weights([]).shape == (0,)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_strange_text_gives_numbers_and_no_warning(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        vector, weight = static_vectors().encode([text])[0], static_vectors().weights([text])[0]
    length = np.linalg.norm(vector)
    assert length == 0 or length == pytest.approx(1, abs=1e-5)
    assert weight >= 0


@pytest.mark.parametrize("name", ["empty", "spaces", "control characters", "lone surrogate", "accent alone"])
def test_nothing_to_read_is_zero_and_tells_nothing(name):
    assert not static_vectors().encode([STRANGE[name]]).any()
    assert not static_vectors().weights([STRANGE[name]]).any()


@pytest.mark.parametrize("name", ["emoji", "10,000 letters", "10,000 emoji"])
def test_unknown_words_are_zero_but_tell_much(name):
    assert not static_vectors().encode([STRANGE[name]]).any()
    assert static_vectors().weights([STRANGE[name]])[0] > 120


@given(st.lists(st.text(max_size=60), max_size=6))
def test_rows_depend_on_their_text_alone(texts):
    rows = static_vectors().encode(texts)
    assert rows.shape == (len(texts), 64)
    assert np.isfinite(rows).all()
    for text, row in zip(texts, rows, strict=True):
        np.testing.assert_array_equal(static_vectors().encode([text])[0], row)
        composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
        np.testing.assert_array_equal(*static_vectors().encode([composed, decomposed]))


def test_forgetting_words_changes_nothing(monkeypatch):
    text = "Officials in Kyiv said the ceasefire talks had broken down on Sunday."
    before = static_vectors().encode([text])
    monkeypatch.setattr(vectors, "_REMEMBERED_WORDS", 3)
    np.testing.assert_array_equal(vectors.StaticVectors(FILE).encode([text, text])[1:], before)


def test_vectors_are_read_once():
    assert static_vectors() is static_vectors()


class Lengths:
    """An encoder as a user might write it: plain lists, rows of any length."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: list[str], /) -> list[list[float]]:
        self.asked.append(texts)
        return [[3.0 * len(text), 4.0 * len(text)] for text in texts]


def test_any_encoder_serves_and_sees_each_text_once():
    encoder = Lengths()
    rows = sentence_vectors(["one", "", "two", "one"], encoder)
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0, 0], [0.6, 0.8], [0.6, 0.8]], rtol=1e-6)
    assert rows.dtype == np.float32
    assert encoder.asked == [["one", "", "two"]]


def test_without_an_encoder_the_static_vectors_serve():
    texts = ["The talks failed.", "Talks collapsed.", "The talks failed."]
    np.testing.assert_allclose(sentence_vectors(texts), static_vectors().encode(texts), atol=1e-6)
    assert sentence_vectors([]).shape == (0, 0)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([1.0, 2.0], "the encoder gave an array of shape (2,) for 2 texts: it must give one row a text."),
        ([[1.0, 2.0]], "the encoder gave an array of shape (1, 2) for 2 texts: it must give one row a text."),
        (
            [["a"], ["b"]],
            "the encoder gave no array of numbers (could not convert string to float: 'a'): "
            "it must give one row a text.",
        ),
        (
            [[1.0], [float("nan")]],
            "the encoder gave numbers that are not finite (NaN or infinity): check its input and model.",
        ),
    ],
)
def test_a_broken_encoder_is_named(rows, message):
    class Broken:
        def encode(self, texts):  # noqa: ARG002  # the protocol's signature
            return rows

    with pytest.raises(InputError) as caught:
        sentence_vectors(["one", "two"], Broken())
    assert str(caught.value) == message


@pytest.mark.parametrize("encoder", [Lengths, "a model", len])
def test_what_is_no_encoder_is_named(encoder):
    with pytest.raises(InputError, match=r"^the encoder is .*: give an object with a method encode\(texts\)\.$"):
        sentence_vectors(["one"], encoder)


def test_model2vec_models_are_encoders():
    model2vec = pytest.importorskip("model2vec")
    tokenizers = pytest.importorskip("tokenizers")
    words = tokenizers.models.WordLevel({"[UNK]": 0, "peace": 1, "talks": 2}, unk_token="[UNK]")  # noqa: S106  # no password
    tokenizer = tokenizers.Tokenizer(words)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    model: Encoder = model2vec.StaticModel(np.array([[0, 0], [2, 0], [0, 2]], dtype=np.float32), tokenizer)
    rows = sentence_vectors(["peace talks", "peace", "bread"], model)
    np.testing.assert_allclose(rows, [[0.5**0.5, 0.5**0.5], [1, 0], [0, 0]], atol=1e-6)


def test_shipped_file_is_the_one_that_was_measured():
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == SHA256


def test_shipped_file_can_be_made_again_to_the_byte(tmp_path):
    source = os.environ.get("POTION_BASE_8M")
    if not source:
        pytest.skip("set POTION_BASE_8M to the wheel or folder that benchmarks/make_vectors.py reads")
    made = tmp_path / "made.npz"
    subprocess.run([sys.executable, SCRIPT, source, "-o", made], check=True)
    assert hashlib.sha256(made.read_bytes()).hexdigest() == SHA256


def test_making_without_a_source_says_what_is_missing(tmp_path):
    done = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path}: holds no vocab.txt.\n"
