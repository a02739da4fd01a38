import pytest

import compare
from compare.language.clauses import clause_table, clauses
from compare.language.split import split_articles

CUT = {
    "The council has signed the lease, and work on the pier will begin in May.": [
        "The council has signed the lease",
        "work on the pier will begin in May.",
    ],
    "The union issued a statement of regret and said its members would vote again.": [
        "The union issued a statement of regret",
        "The union … said its members would vote again.",
    ],
    "Talks broke down on Friday as the company's lawyers walked out.": [
        "Talks broke down on Friday",
        "the company's lawyers walked out.",
    ],
    "The ferry turned back; nobody on board was hurt.": ["The ferry turned back", "nobody on board was hurt."],
    "The mayor opened the bridge, which had been closed for two years.": [
        "The mayor opened the bridge",
        "the bridge, which had been closed for two years.",
    ],
    "The plan has been dropped, an aide said, adding that a new one would follow in June.": [
        "The plan has been dropped, an aide said",
        "an aide … adding that a new one would follow in June.",
    ],
    "LEEDS (Agency) - The mill's owner closed the gates and has sacked 40 people.": [
        "LEEDS (Agency) - The mill's owner closed the gates",
        "The mill's owner … has sacked 40 people.",
    ],
    "A bag of letters was handed to the board by the porter, Ada Moll, 44, who asked to be heard.": [
        "A bag of letters was handed to the board by the porter, Ada Moll, 44",
        "Ada Moll, 44, who asked to be heard.",
    ],
    "The prize is likely to go to a local baker, who rang the police on Monday.": [
        "The prize is likely to go to a local baker",
        "a local baker, who rang the police on Monday.",
    ],
    "The floods have moved the river, he said, and he'll spend more of the year there.": [
        "The floods have moved the river, he said",
        "he'll spend more of the year there.",
    ],
    "The pump had failed at noon, and the line on the wall, which should have dropped, had gone up.": [
        "The pump had failed at noon",
        "the line on the wall, which should have dropped, had gone up.",
    ],
    "It badly shook the whole of the town, and left the mayor without a plan.": [
        "It badly shook the whole of the town",
        "It … left the mayor without a plan.",
    ],
}
CUT |= {
    "Ada Moll (R) said on Monday that she will stay, adding that she will not speak to the press.": [
        "Ada Moll (R) said on Monday that she will stay",
        "Ada Moll … adding that she will not speak to the press.",
    ],
    "Moll claims great wealth, but won't show her books and refused to sell the mill.": [
        "Moll claims great wealth, but won't show her books",
        "Moll … refused to sell the mill.",
    ],
    "Two barges lost their moorings and a crane fell.": ["Two barges lost their moorings", "a crane fell."],
    "A crane fell and two barges lost their moorings.": ["A crane fell", "two barges lost their moorings."],
    "The harbour master urged all crews to resume talks and ruled out using volunteers.": [
        "The harbour master urged all crews to resume talks",
        "The harbour master … ruled out using volunteers.",
    ],
}
WHOLE = [
    "The union called the offer of 3 per cent, which was made in May, an insult.",
    "Critics branded the bridge, which was paid for by the town, “a folly”.",
    "The town gave Ida Lunt, who had waited for nine years, the keys to a flat.",
    "The evening began with songs and chanted slogans filled the hall.",
    "The mayor spoke for an hour and he left.",
    "The wind blew two trees down, and it rained.",
    "The owners made a new offer of pay and the union refused.",
    "The bay was searched for the people lost at sea and a boat.",
    "The mayor left at noon after the head of the board and the owners of both mills fell out.",
    "The captain relied on the fact that charts of the bay and older maps had been corrected.",
    "A guard who hit and hurt a man at the gate was charged on Monday.",
    "He held a speech in which he thanked the crew and praised the captain of the boat.",
    "The board said on Friday that its plan, which cuts the night boats, was drawn up in May.",
    "The truce was broken by the other side in May, as the joint board has established.",
    "On paper, the owner says, the tenants — who live in nine houses — have paid no rent at all.",
    "The minister denied that the firm had paid bribes and the workers had been threatened.",
    "There is no evidence that the ferry was overloaded and the crew was drunk that night.",
    "The company would go bankrupt if the strike went on and the banks called in their loans.",
    "The union said the company had lied and the minister had known about it for years.",
    "She asked whether the bridge was closed and the road was open.",
    "It is not true that the mayor was ill and the deputy was away.",
    "The bridge fell because nobody had looked at the bolts and the owner had saved money.",
    "He said he was ill and had gone home early.",
    "The road will be closed if the river rises and the mayor calls for help.",
    "Volunteers handed out tea, socks and phone chargers.",
    "The Dock and Quay Workers' Union has called a strike.",
    "The bridge fell because nobody had looked at the bolts.",
    "If the rain stops and the river falls, the road will be opened.",
    "The aide said a crate of ribbon and vases for the wedding had been lost.",
    "She sees the man as someone he can trust.",
    "Stocks fell and rose.",
    "“We shall go and we shall win,” the captain said.",
    "",
    "and, and, and; which; — and but",
]


@pytest.mark.parametrize("sentence", CUT)
def test_a_sentence_that_joins_two_facts_is_cut(sentence):
    assert [clause.read(sentence) for clause in clauses(sentence)] == CUT[sentence]


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_tells_one_fact_stays_whole(sentence):
    assert clauses(sentence) == [(0, len(sentence), None)]


def test_spans_lie_in_their_article():
    text = (
        "Rain fell all day. The ferry turned back; nobody on board was hurt.\n\n"
        "Who paid?\n\nSign up for our newsletter."
    )
    articles = compare.read_articles([{"outlet": "Gannet", "text": text}])
    table = clause_table(split_articles(articles))
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == table["text"].tolist()
    assert table["text"].tolist() == [
        "Rain fell all day.",
        "The ferry turned back",
        "nobody on board was hurt.",
        "Who paid?",
    ]
    assert table["claims"].tolist() == [True, True, True, False]


def test_a_joined_sentence_belongs_to_the_claims_of_both_its_facts():
    story = compare.compare_story(
        [
            {"outlet": "Gannet", "text": "The council has signed the lease, and work on the pier will begin in May."},
            {"outlet": "Post", "text": "The council has signed the lease. Work on the pier will begin in May."},
        ],
        reader=None,
    )
    text = story.articles.set_index("article_id")["text"]
    told = {
        (row.claim_id, row.outlet): text[row.article_id][row.start : row.end] for row in story.mentions.itertuples()
    }
    assert sorted(told.values()) == [
        "The council has signed the lease",
        "The council has signed the lease.",
        "Work on the pier will begin in May.",
        "work on the pier will begin in May.",
    ]
    assert len(story.claims) == 2
    assert set(story.coverage["state"]) == {"verbatim"}


def test_an_article_that_repeats_itself_mentions_the_claim_twice():
    line = "The strike at the port of Varn will end on Friday."
    story = compare.compare_story(
        [
            {
                "outlet": "Gannet",
                "text": f"{line} The sea was calm. {line} At Varn the port strike will end on Friday.",
            },
            {"outlet": "Post", "text": "The port strike in Varn ends on Friday."},
        ],
        reader=None,
    )
    claim = story.claims.loc[story.claims["outlets"] == 2, "claim_id"]
    assert len(claim) == 1
    mentions = story.mentions[story.mentions["claim_id"] == claim.iloc[0]]
    assert mentions["outlet"].tolist() == ["Gannet", "Gannet", "Gannet", "Post"]


def test_the_like_of_another_day_is_no_repetition():
    story = compare.compare_story(
        [{"outlet": "Gannet", "text": "On Monday 17 ships left the port. On Tuesday 71 ships left the port."}],
        reader=None,
    )
    assert len(story.claims) == 2
