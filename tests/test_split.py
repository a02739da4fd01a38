from __future__ import annotations

import subprocess
import sys
import time

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compare import tables
from compare.language.boilerplate import is_boilerplate
from compare.language.split import split_articles, split_text


def sentences(text, language="en"):
    return [text[start:end] for start, end in split_text(text, language)]


# Texts that are hard to split, written as their sentences; one space joins them.
HARD = [
    ["Ms. Lee met Gen. Smith on Monday.", "They did not shake hands."],
    ["Messrs. Poe and Moe resigned.", "The Rev. Al Moe prayed."],
    ["The envoy landed at 9 a.m. Tuesday.", "No one met him."],
    ["The doors opened at 9 a.m.", "The talks began an hour later."],
    ["It closed at 10 p.m.", "It opened again at 6 a.m. Wednesday."],
    ["Shops may close at 6 p.m. EST on Fridays.", "Bars may not."],
    ["It took approx. 40 minutes to clear the hall.", "Nobody was hurt."],
    ["U.S. officials declined to comment.", "So did the U.S. Embassy."],
    ["He moved to the U.S.", "The rest of the family stayed behind."],
    ["The U.N. Security Council met.", "The U.N. said little."],
    ["No. 10 said nothing.", "The answer was no.", "Ten members left."],
    ["The hearing is set for Jan. 5 in Geneva.", "It may be moved to Feb. 12."],
    ["The tunnel will open in May.", "Mayor Fred Quist is pleased."],
    ["St. Mary Hospital admitted 12 people.", "Two have gone home."],
    ["They marched down Main St.", "The police watched."],
    ["J. K. Rowling signed the letter.", "So did George R. R. Martin."],
    ["John F. Kennedy said it first.", "Others repeated it."],
    ["Prices rose 3.5 percent.", "Wages rose 0.2 percent."],
    ["The firm lost $1.2 million.", "40 jobs are at risk."],
    ["Details are at https://example.org/a.b?c=1.5&d=2.", "The form is at www.example.org."],
    ["Acme Inc. Chief Executive Ann Poe resigned.", "Shares in Acme Inc. fell."],
    ["He works for Acme Corp.", "He has done so for years."],
    ["Martin Luther King Jr. Day is a holiday.", "Banks are shut."],
    ["Sen. Jo Ode, D-Calif., voted no.", "Rep. Al Moe, R-Ga., voted yes."],
    ["The plant is in Tampa, Fla.", "The owners live elsewhere."],
    ["They held a Mass.", "Hundreds came."],
    ["She holds a Ph.D. in law.", "He holds none."],
    ["Lt. Col. Ray Fox led the unit.", "He was wounded twice."],
    ["“We will not!” he said.", "“Why now?” asked the minister."],
    ['"We will not!" he said.', '"Why now?" asked the minister.'],
    ["“Why now?” Ms. Poe asked.", "Nobody answered."],
    ["“It is over.”", "The minister left the room."],
    ["“It is over.", "We lost.", "We go home,” he said."],
    ["He called it “a farce.”", "“A disgrace,” she added."],
    ["He said ‘no.’ ”", "She said yes."],
    ["(The ministry denies this.)", "A ruling is due in May."],
    ["He left (for the third time!) Monday.", "She stayed."],
    ["Lee (formerly of Acme Inc.) took over.", "The board agreed."],
    ["They waited ... and waited.", "Then it rained."],
    ["“I thought … I knew him,” she said.", "She did not."],
    ["And so it went on...", "Then the lights failed."],
    ["“We, the people of the ... United Provinces, agree,” it reads.", "It is dated 1802."],
    ["“We win. ...", "Others lose,” he said."],
    ["Who knew?!", "Not the mayor.", "Not the council."],
    ["Yahoo! Finance carried the story.", "It was wrong."],
    ["Sales of the phone fell.", "iPhone cases sold well."],
    ["The vote was 5 vs. 4 in Poe v. Moe.", "The court split."],
    ["Take water, food, etc. and wait.", "Do not drive."],
    ["World War II ended in 1945.", "World War I ended in 1918."],
    ["See Fig. 3 and pp. 12-14 of Vol. II.", "The rest is secret."],
    ["At 6 p.m.", "Officials closed the road."],
    ["He met Dr. No.", "She met Prof. Ono."],
    ["The claim[1] was false.[2]", "The other[3] was not."],
    ["‘We will stay,’ he said.", "‘We always do.’", "She nodded."],
    ["The bill (H.R. 40) passed.", "It goes to the Senate."],
    ["Mt. Etna erupted on Sept. 3.", "Ft. Moe was spared."],
    ["„Wir gehen.“", "Then he went."],
    ["He was born ca. 1900, i.e. before the war.", "She was not."],
    ["PORTSMOUTH (Continental Press) — The port was closed.", "It may open soon."],
    ["1. The port stays closed.", "Ships wait."],
]


@pytest.mark.parametrize("expected", HARD, ids=lambda expected: expected[0][:30])
def test_hard_boundaries(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("expected", HARD, ids=lambda expected: expected[0][:30])
def test_no_boundary_hangs_on_the_kind_of_white_space(expected):
    assert sentences("\n".join(expected)) == expected
    assert sentences("\u00a0\u2009 ".join(expected)) == expected


def test_a_line_always_ends_a_sentence():
    assert sentences("Port closed\nThe port\r\nwas closed\n\n Why?\u2028Nobody knows\u0085") == [
        "Port closed",
        "The port",
        "was closed",
        "Why?",
        "Nobody knows",
    ]


def test_a_space_that_was_forgotten():
    assert sentences("The port was closed.The minister left.”She did not, he said.") == [
        "The port was closed.",
        "The minister left.”",
        "She did not, he said.",
    ]
    assert len(sentences("She works at Example.Com and reads bbc.co.uk in St.Ives.")) == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Er kam z.B. am 5. Mai um 9 Uhr.", "„Wir gehen.", "Ihr bleibt“, sagte Dr. Lee.", "Sie blieben."]),
        ("de-AT", ["Das kostet ca. 40 Euro.", "»Zu viel«, sagte er.", "»Viel zu viel.«", "Sie zahlte."]),
        ("fr", ["« Nous partons. »", "Il est parti.", "« Pourquoi ? » a demandé M. Lee."]),
        ("es", ["¿Por qué ahora?", "El Sr. Lee no contestó.", "«Nunca.»", "Se fue."]),
        ("hi", ["बंदरगाह बंद है।", "मंत्री चले गए।"]),
        ("ar", ["لماذا الآن؟", "أغلق الميناء."]),
        ("xx-unknown", ["Ms. Lee left at 9 a.m.", "The talks went on."]),
        ("", ["Ms. Lee left at 9 a.m.", "The talks went on."]),
    ],
)
def test_other_languages(language, expected):
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize("language", ["ja", "zh", "en"])
def test_marks_that_no_space_follows(language):
    expected = ["港は閉鎖された。", "「行く。」と述べた。", "なぜか？", "不明だ！"]
    assert sentences("".join(expected), language) == expected


ANY_LANGUAGE = st.sampled_from(["en", "de", "fr", "it", "ja", "zh", "ar", "hi", "el", "ru", "xx"])
PIECES = (
    """The port U.S. a.m. Mr. No. 5 3.5 J. said “ ” " ' ’ ‘ ( ) [1] ... … . ! ? 。 ؟ 」 « » — 😀 é א ا \u0301 \u200b"""
)
WHITE = [" ", "\n", "\r\n", "\u2028", "\x85", "\x1c", "\xa0", "\u3000"]
NEWSLIKE = st.lists(st.sampled_from([*PIECES.split(), *WHITE])).map(" ".join)


@pytest.mark.medium
@given(st.one_of(st.text(), NEWSLIKE, NEWSLIKE.map(lambda text: text.replace(" ", ""))), ANY_LANGUAGE)
@example("\u2028\x85 \x1c\x1d\x1e\v\f\t\u3000", "en")
@example("a. \ud800 B. \udfff C", "de")
@example("😀. 𝒜 b? 𐍈! “😀.” C", "fr")
@example('.") A” B. ” C', "it")
def test_sentences_and_the_gaps_between_them_give_the_text_back(text, language):
    spans = split_text(text, language)
    rebuilt, at = "", 0
    for start, end in spans:
        assert at <= start < end
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        rebuilt += text[at:start] + text[start:end]
        at = end
    assert text[at:].strip() == ""
    assert rebuilt + text[at:] == text


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028\u3000\x85\t"])
def test_white_space_has_no_sentences(text):
    assert split_text(text) == []


PLAIN = "The minister said on Tuesday that the port was closed. “We will reopen,” he said at 9 a.m. Tuesday. "


def seconds(text, language):
    started = time.process_time()
    split_text(text, language)
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "it"])
@pytest.mark.parametrize("unit", [PLAIN, "“", "「a。", ". ", '."', "A. ", "word ", "(a. B) ", "aa.Aa "])
def test_time_grows_linearly(unit, language):
    # Quadratic time would take 64 times as long; the floor keeps a slow clock from failing it, and a second look what
    # else the machine does.
    short, *long = (seconds(unit * (length // len(unit)), language) for length in (40_000, 320_000, 320_000))
    assert min(long) < max(24 * short, 1.0)


def test_a_sentence_of_ten_thousand_words():
    text = "word " * 9_999 + "end. Next."
    assert split_text(text) == [(0, len(text) - 6), (len(text) - 5, len(text))]


ARTICLES = tables.ARTICLES.frame(
    [
        {
            "article_id": "a",
            "story_id": "s",
            "outlet": "North",
            "language": "en-GB",
            "text": "By Jane Doe\n\n“We go. We all go,” he said. The port is shut.\n\nRead more: Port shut",
        },
        {"article_id": "b", "story_id": "s", "outlet": "South", "text": " "},
        {"article_id": "c", "story_id": "s", "outlet": "West", "text": "😀 Ms. Lee left."},
    ]
)


def test_split_articles_gives_the_sentences_table():
    frame = split_articles(ARTICLES)
    pd.testing.assert_frame_equal(frame, tables.SENTENCES.frame(frame))
    assert frame["sentence_id"].tolist() == ["a:0", "a:1", "a:2", "a:3", "a:4", "c:0"]
    assert frame["text"].tolist() == [
        "By Jane Doe",
        "“We go.",
        "We all go,” he said.",
        "The port is shut.",
        "Read more: Port shut",
        "😀 Ms. Lee left.",
    ]
    assert frame["quoted"].tolist() == [False, True, True, False, False, False]
    assert frame["boilerplate"].tolist() == [True, False, False, False, True, False]
    texts = ARTICLES.set_index("article_id")["text"]
    assert [texts[row.article_id][row.start : row.end] for row in frame.itertuples()] == frame["text"].tolist()


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("A view of the port. Photograph: Jane Doe/Example Agency", [True, True]),
        ("A view of the port. (Photo by Jane Doe)", [True, True]),
        ("The port is shut. Photograph: Jane Doe. Ships wait outside.", [False, True, False]),
        ("The port is shut. Ships wait outside. Photograph: Jane Doe", [False, False, True]),
        ("The port is shut.\nPhotograph: Jane Doe", [False, True]),
        ("The port is shut. Photographs showed smoke.", [False, False]),
    ],
)
def test_a_picture_s_caption_is_a_line_of_its_own_that_ends_in_the_credit(line, flags):
    around = f"Ships turned back.\n\n{line}\n\nThe port is still shut."
    frame = split_articles(ARTICLES.iloc[:1].assign(text=around))
    assert frame["boilerplate"].tolist() == [False, *flags, False]
    assert split_articles(ARTICLES.iloc[:1].assign(text=line))["boilerplate"].tolist() == flags


@pytest.mark.parametrize("text", ["By " + "A" * 3000, "Updated " + "1" * 5000 + "x", "Photo by " + "Ab " * 3000 + "x"])
def test_a_long_broken_line_is_no_boilerplate(text):
    assert not is_boilerplate(text)


def test_no_articles_give_an_empty_table_with_the_right_types():
    empty = split_articles(ARTICLES.iloc[:0])
    assert empty.empty
    assert empty.dtypes.astype(str).to_dict() == split_articles(ARTICLES).dtypes.astype(str).to_dict()


def test_importing_it_loads_nothing_heavy():
    program = "import sys, compare.language.split; sys.exit('pandas' in sys.modules or 'sentencex' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter.",
        "Sign up here for the Morning Briefing",
        "Subscribe to the Northern Courier for full access.",
        "Subscribe now",
        "Read more: Port closed for a week",
        "Read more about the port here",
        "READ MORE",
        "Click here to see the map.",
        "Follow us on Facebook and Instagram.",
        "Follow Jane Doe on Twitter @janedoe",
        "Photo: Jane Doe/Agency",
        "(Image: Jane Doe)",
        "Photo by Jane Doe",
        "By our foreign staff",
        "By Our Political Correspondent",
        "By Jane Doe",
        "By JANE DOE and John R. Roe",
        "By Jane de Vries, Political Editor",
        "By Jane Doe in London",
        "Copyright 2020 The Northern Courier.",
        "© Northern Courier",
        "All rights reserved.",
        "Advertisement",
        "ADVERTISEMENT",
        "Share this article",
        "Related: Port closed",
        "Related stories",
        "Story continues below advertisement",
        "Image caption The port at dawn",
        "Image caption: The port at dawn",
        "(Photo by Jane Doe/Example Agency via Example Images)",
        "PHOTO: The port at dawn",
        "PHOTO:",
        "Photographs by Jane Doe and John Roe for the Northern Courier",
        "By Jane Doe jane.doe@courier.example",
        "By Jane Doe, @janedoe",
        "jane.doe@courier.example",
        "@janedoe",
        "https://courier.example/port",
        "Additional reporting by Jane Doe.",
        "Additional reporting by the Associated Press in London",
        "With reporting by Jane Doe and John Roe",
        "(Reporting by Jane Doe in Velland; Editing by John Roe)",
        "Contributing: Jane Doe, John Roe and the Associated Press.",
        "Jane Doe and John Roe contributed to this report.",
        "The Associated Press contributed to this report.",
        "AP writer Jane Doe contributed to this story from Port Velland.",
        "Get the latest news straight to your inbox.",
        "Get the latest headlines",
        "Enter your email address",
        "You can unsubscribe at any time.",
        "Download the Northern Courier app for alerts.",
        "Recommended",
        "Most read",
        "Read next: Port closed",
        "Updated at 14:05 on Monday 3 March",
        "Last updated: 3 March 2026, 2:05 p.m. GMT",
        "Published 3 hours ago",
        "Here is what we know so far.",
        "Here’s what you need to know",
        "This is a developing story and will be updated.",
        "A version of this article appears in print on page A3.",
        "The views expressed in this article are those of the author.",
        "More on this story",
        "Good morning and welcome to our live coverage of the flood at Selwick.",
        "Hello and welcome back to the Courier's live blog.",
        "Good evening.",
        "I'm Jane Doe, and I'll be with you until midnight.",
        "This is Jane Doe and I will be bringing you the latest from Selwick.",
        "I’ll be with you for the next few hours.",
        "I'm handing over to John Roe in Selwick.",
        "That's all from me, Jane Doe, for tonight.",
        "Do get in touch: you can email me at jane.doe@courier.example.",
        "Get in touch with us if you live near the port.",
        "You can email me with your questions.",
        "More to follow.",
        "More details soon",
        "Thanks for joining us today.",
        "We're closing this live blog now.",
    ],
)
def test_boilerplate(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Sign-ups rose by a third.",
        "Sign up for the army, his father told him.",
        "Subscribers left in thousands.",
        "Read more books, the minister told pupils.",
        "Readmore Ltd. closed the port.",
        "Clicks here cost money.",
        "Follow the money, she said.",
        "Photos of the port showed smoke.",
        "Photographs by residents showed smoke.",
        "By Friday the port was closed.",
        "By Friday Night",
        "By our count, 40 people were hurt.",
        "By Jane Doe and her sister the port was closed.",
        "By Jane Doe’s count, 40 people were hurt.",
        "Copyright law was changed in 2019.",
        "Copyright holders sued.",
        "Advertisement sales fell.",
        "Advertisements were banned.",
        "Share this burden with us, he asked Europe.",
        "Shares fell.",
        "Related costs rose.",
        "“Sign up for our newsletter,” it said.",
        "The image captions were written by volunteers.",
        "Photo by photo, the inspectors rebuilt the night.",
        "Photo by Jane Doe showed smoke over the port.",
        "Photographers were kept away.",
        "Pictures showed smoke.",
        "By email, the minister said no.",
        "Additional reporting by the inspectors found two more leaks.",
        "Additional reporting rules take effect in March.",
        "Heavy rain contributed to this report being late.",
        "Human error contributed to this accident.",
        "Donors contributed to this.",
        "Editing by algorithm is now common, the union said.",
        "Reporting by hospitals has improved.",
        "Get the latest vaccine, officials told residents.",
        "Get the latest offer on the table, the union told the bosses.",
        "Recommended doses were exceeded.",
        "Most readers agreed with the minister.",
        "Most read the notice too late.",
        "This report was published by the commission on Monday.",
        "This story was told to the court on Monday.",
        "This article of the treaty was amended in 2019.",
        "Updated figures show 12 dead.",
        "Updated on Monday, the list names 12 ships.",
        "Published in March, the report blames the port.",
        "The editor's note to staff was leaked.",
        "Editors noted the loss.",
        "An earlier version of this bill failed in March.",
        "A version of this drug is sold abroad.",
        "Here is what we know of the captain.",
        "This is a developing country.",
        "This is a developing storm.",
        "The views expressed by the minister are his own.",
        "Read next year's budget first, he said.",
        "Enter your home only if it is safe, the mayor said.",
        "More on this island have fled than stayed.",
        "Contributing factors: speed and rain.",
        "Videos showed smoke.",
        "Video showed the ferry listing.",
        "Good mornings are rare at the port.",
        "Welcome to the port was painted on the wall.",
        "Good morning, the captain said.",
        "I'm Jane Doe and I want my ferry back, she told the crowd.",
        "This is Jane Doe's third term as mayor.",
        "Get in touch with the council, residents were told.",
        "You can email the council until Friday.",
        "More to come, officials warned.",
        "More soon died of the fever.",
        "Thanks for saving the port, the mayor told the crew.",
        "That's all from the council's budget.",
    ],
)
def test_no_boilerplate(line):
    assert not is_boilerplate(line)
