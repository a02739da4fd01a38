"""Encodings: UTF-8 first, then what explains a text best, and a word to the reader about it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import InputError, InputWarning, read_articles
from compare.reading.decoding import decoded
from compare.reading.problems import Problems

CASES = [
    ("cp1252", "It’s over."),
    ("cp1252", "The mayor said “we can’t wait” – and left."),
    ("cp1252", "The café reopened on Monday after the council’s vote."),
    ("cp1252", "Le CAFÉ"),
    ("cp1252", "Déjà vu à Orléans."),
    ("cp1252", "Le président a déclaré que l’accord était « historique » malgré les réserves."),
    ("cp1252", "Müller kündigt Rücktritt an"),
    ("cp1252", "Präsident François Hollande traf Müller; „Wir wünschen uns Größe“, sagte er."),
    ("cp1252", "Die Kosten betragen 5 Mio. € und 3 %."),
    ("cp1252", "El niño comió piñas en Málaga. ¿Qué pasó después?"),
    ("cp1252", "A população não aceitou a decisão; as eleições serão em março."),
    ("cp1252", "Regeringen föreslår att åldersgränsen höjs."),
    ("cp1252", "Regeringen foreslår højere skat på rødvin og øl."),
    ("cp1252", "Hallitus esittää lisää määrärahoja."),
    ("cp1252", "Þingið samþykkti lögin á föstudaginn."),
    ("iso8859-15", "La sœur a payé 5 € pour l'œuvre."),
    ("cp1250", "Rząd przyjął w środę projekt ustawy o ochronie środowiska."),
    ("cp1250", "Vláda ve středu schválila příští státní rozpočet."),
    ("cp1250", "A kormány szerdán elfogadta a következő évi költségvetést, amely jelentős."),
    ("iso8859-2", "Rząd przyjął w środę projekt ustawy."),
    ("cp1251", "Суд вынес решение."),
    ("cp1251", "Уряд схвалив проєкт бюджету на наступний рік."),
    ("cp1251", "Правителството одобри бюджета за следващата година."),
    ("koi8-r", "Правительство одобрило проект бюджета, сообщил министр."),
    ("cp866", "Суд вынес решение."),
    ("cp1253", "Η κυβέρνηση ενέκρινε τον προϋπολογισμό."),
    ("cp1254", "Hükümet gelecek yılın bütçesini onayladı, bakan açıklama yaptı."),
    ("cp1255", "הממשלה אישרה את הצעת התקציב לשנה הבאה, אמר שר האוצר."),
    ("cp1256", "وافقت الحكومة على مشروع الموازنة للعام المقبل، حسبما قال وزير المالية."),
    ("cp1257", "Vyriausybė trečiadienį patvirtino kitų metų biudžetą."),
    ("mac-roman", "La sœur a payé l’œuvre déjà vendue à Orléans."),
    ("cp850", "Müller kündigt Rücktritt an, schönes Café"),
    ("cp932", "政府は来年度の予算案を閣議決定したと財務大臣が発表した。"),
    ("euc-jp", "政府は来年度の予算案を閣議決定したと財務大臣が発表した。"),
    ("gb18030", "政府批准了明年的预算草案，财政部长说。"),
    ("big5", "政府批准了明年的預算草案，財政部長說。"),
    ("cp949", "정부는 내년도 예산안을 승인했다고 재무부 장관이 밝혔다."),
    ("utf-16", "The café is Ελληνικά."),
    ("utf-32", "The café is Ελληνικά."),
    ("utf-16-le", "The café without a mark."),
    ("utf-16-be", "The café without a mark."),
]


@pytest.mark.parametrize(("encoding", "text"), CASES)
def test_short_texts_in_old_encodings_are_read(encoding, text):
    problems = Problems(skip=False)
    assert decoded(text.encode(encoding), "report.txt", problems) == text
    assert problems.notes == [
        f"report.txt: read as {encoding}, not UTF-8; check its accents and quotation marks, or save it as UTF-8."
    ]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_without_a_word(text):
    problems = Problems(skip=False)
    assert decoded(b"\xef\xbb\xbf" + text.encode(), "report.txt", problems) == text
    assert decoded(text.removeprefix("\ufeff").encode(), "report.txt", problems) == text.removeprefix("\ufeff")
    assert problems.notes == []


def test_an_old_encoding_is_a_warning_where_read_articles_was_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_bytes("The café’s owner".encode("cp1252"))
    with pytest.warns(InputWarning) as caught:
        assert read_articles("report.txt")["text"].tolist() == ["The café’s owner"]
    assert str(caught[0].message).startswith("report.txt: read as cp1252, not UTF-8;")
    assert caught[0].filename == __file__


def test_utf_8_that_was_cut_stays_utf_8():
    problems = Problems(skip=False)
    cut = "Müller sagte: „Ja, gewiß é".encode()[:-1]
    assert decoded(cut, "report.txt", problems) == "Müller sagte: „Ja, gewiß \ufffd"
    [note] = problems.notes
    assert note == (
        "report.txt: read as UTF-8, but 1 character was damaged and became U+FFFD; "
        "save it again from its source if that matters."
    )


@pytest.mark.parametrize("length", [20, 300, 20_000])
def test_what_is_not_text_is_refused(length):
    for data in (hashlib.shake_128(b"noise").digest(length), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * (length // 20)):
        with pytest.raises(InputError) as caught:
            decoded(data, "photo.txt", Problems(skip=False))
        assert str(caught.value) == (
            "photo.txt: is not text in any encoding that could be recognised; save it as UTF-8 text."
        )


def test_a_long_text_in_an_old_encoding_is_read_whole():
    text = "plain words\n" * 100_000 + "Der Müller kündigte an. " * 100_000
    assert decoded(text.encode("cp1252"), "report.txt", Problems(skip=False)) == text
