import pytest

import compare
from compare.language.claiming import clause_table, is_call, is_headless
from compare.language.clauses import clauses
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
    "The board rejected the offer, saying that 612 pence a share was too little.": [
        "The board rejected the offer",
        "The board … saying that 612 pence a share was too little.",
    ],
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
    "The firm is making the matter harder than it need be, and is doing both on purpose.",
    "The mayor left the hall at noon and did so without a word.",
    "The council closed two pools in May and did the same with the library.",
    "On Thursday the health office closed the dairy in Ostwick and had the gates locked.",
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
        "Who paid?\n\nSign up for our newsletter. Send us your pictures of the ferry."
    )
    articles = compare.read_articles([{"outlet": "Gannet", "text": text}])
    table = clause_table(split_articles(articles))
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == table["text"].tolist()
    assert table["text"].tolist() == [
        "Rain fell all day.",
        "The ferry turned back",
        "nobody on board was hurt.",
        "Who paid?",
        "Send us your pictures of the ferry.",
    ]
    assert table["claims"].tolist() == [True, True, True, False, False]


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


CALLS = [
    "Ring the Lantern newsdesk any time, day or night.",
    "Call 0800 555 0134 to have your say.",
    "Follow our live coverage of the count, which starts at nine.",
    "Please send tips to our news desk.",
    "Don't miss our podcast.",
    "Let us know whether you were there.",
    "See the cover below, and tell us whether you think it crosses a line.",
    "You can also write to us at the mill.",
]
NO_CALLS = [
    "Pennant readers have been writing in.",
    "“Stop the boats,” Holt said.",
    "Send in the army, the mayor told the minister.",
    "Bring ID: the roadblock at the silo was set up on Monday.",
    "Help for the town will come from the coast.",
    "Text messages first emerged last year.",
    "Keep the Bay Open, the group that organised the protest, has lodged papers.",
    "Let the owner pay for the pier.",
    "Visit of the king costs the town a million.",
    "You can hear the lime being made.",
]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_to_the_reader_states_nothing(text):
    assert is_call(text)


@pytest.mark.parametrize("text", NO_CALLS)
def test_what_begins_as_a_call_and_states_something_is_none(text):
    assert not is_call(text)


def test_a_call_that_somebody_is_quoted_with_may_be_a_claim():
    text = "“Stop the boats today. Send the police to the pier,” said Ada Moll. “Wait.”"
    table = clause_table(split_articles(compare.read_articles([{"outlet": "Gannet", "text": text}])))
    assert table.loc[table["text"].str.contains("Send the police"), "claims"].all()


HEADLESS = [
    "Repeated a March 16 request that the pier be closed.",
    "Ordered the closure of the pier.",
    "Refused to open her books.",
    "Said that the pier would stay shut.",
]
WITH_A_SUBJECT = [
    "Asked about it, the ministry declined to comment.",
    "Offered a bit of old gold, he smelled a rat.",
    "Left the only man on board, Ada Moll rang for help.",
    "Tinned fish have been made in Selwick for 70 years.",
    "United said that the pitch was frozen.",
    "Gone are the days of the ferry.",
]


@pytest.mark.parametrize("text", HEADLESS)
def test_what_was_done_by_nobody_is_no_claim(text):
    assert is_headless(text)


@pytest.mark.parametrize("text", WITH_A_SUBJECT)
def test_what_begins_with_a_participle_has_its_subject_behind_it(text):
    assert not is_headless(text)
