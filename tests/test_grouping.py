"""Which articles tell the same story: invented towns, outlets and events."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.grouping.grouper import _named, _regrouped
from compare.grouping.likelihood import Likely
from compare.grouping.linkage import join
from compare.grouping.several import stories_apart

QUAKE = [
    (
        "Quake of magnitude 6.1 shakes Norland coast",
        "2030-03-01",
        "A magnitude 6.1 earthquake struck the coast of Norland on Friday, killing two people in Sandvik, officials "
        "said. The tremor hit at dawn. Residents of Sandvik fled to the hills. Rescue teams reached the port by noon.",
    ),
    (
        "Two dead as 6.1 earthquake hits Sandvik",
        "2030-03-01",
        "Two people died in Sandvik after a 6.1-magnitude earthquake struck Norland's coast early on Friday. Rescue "
        "teams arrived at noon, and residents fled inland.",
    ),
    (
        "Norland tremor kills two",
        "2030-03-02",
        "Officials in Norland said two people had been killed in Sandvik by Friday's earthquake, which measured 6.1. "
        "The harbour is closed.",
    ),
]
OTHER_QUAKE = [
    (
        "Strong earthquake damages Torre Alba",
        "2030-03-04",
        "An earthquake of magnitude 5.4 damaged houses in Torre Alba, in the south of Casteria, on Monday. Nobody was "
        "killed, the mayor Ines Quiroga said. The school of the town lost its roof.",
    ),
    (
        "Torre Alba mayor says no deaths in 5.4 quake",
        "2030-03-04",
        "Ines Quiroga, the mayor of Torre Alba, said nobody died when a 5.4 earthquake hit the Casterian town on "
        "Monday; the roof of the school collapsed.",
    ),
]
SCHOOL = [
    (
        "Council votes to close Mill Lane school",
        "2030-03-02",
        "Harwick council voted on Tuesday to close Mill Lane school in July. Parents protested outside the town hall. "
        "Councillor Dana Frith said repairs would cost 4 million.",
    ),
    (
        "Mill Lane parents protest as school faces closure",
        "2030-03-03",
        "Parents of Mill Lane school protested in Harwick after the council decided to shut it in July. Repairs "
        "costing 4 million were too much, said councillor Dana Frith.",
    ),
]


def articles(*stories, dated=True):
    return pd.DataFrame(
        [
            {
                "outlet": f"Outlet {number}",
                "title": title,
                "text": text,
                **({"published": published} if dated else {}),
                "gold": gold,
            }
            for number, (gold, (title, published, text)) in enumerate(
                (gold, told) for gold, story in enumerate(stories) for told in story
            )
        ]
    )


def same(found, gold):
    """Whether two groupings are one: each story has one name in both."""
    pairs = set(zip(found, gold, strict=True))
    return len(pairs) == len({name for name, _ in pairs}) == len({name for _, name in pairs})


def run(*arguments):
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("dated", [True, False])
def test_two_earthquakes_of_one_week_are_two_stories(dated):
    given = articles(QUAKE, OTHER_QUAKE, SCHOOL, dated=dated)
    assert same(compare.group_stories(given), given["gold"])


def test_the_order_of_the_articles_does_not_count_and_the_index_is_kept():
    given = articles(QUAKE, OTHER_QUAKE, SCHOOL)
    found = compare.group_stories(given)
    back = compare.group_stories(given[::-1])
    assert back.index.tolist() == given.index[::-1].tolist()
    assert back.sort_index().tolist() == found.tolist()
    assert found.name == "story_id"
    assert found[5].startswith("council-votes-to-close-mill-")


def test_the_same_event_years_later_is_another_story():
    again = [(title, "2031-03-01", text.replace("6.1", "6.3")) for title, _, text in QUAKE]
    given = articles(QUAKE, again)
    assert same(compare.group_stories(given), given["gold"])


def test_a_single_story_and_a_single_article_are_one_story():
    assert len(set(compare.group_stories(articles(QUAKE)))) == 1
    assert len(set(compare.group_stories(articles(QUAKE[:1])))) == 1


def test_ten_thousand_copies_are_one_story():
    copies = pd.concat([articles(QUAKE[:1])] * 10_000, ignore_index=True)
    copies["outlet"] = [f"Outlet {number}" for number in range(len(copies))]
    assert len(set(compare.group_stories(copies))) == 1


def test_an_article_without_a_date_joins_those_that_have_one():
    given = articles(QUAKE, SCHOOL)
    given.loc[[1, 4], "published"] = None
    assert same(compare.group_stories(given), given["gold"])


def test_a_clock_that_is_wrong_by_a_year_is_told():
    given = pd.concat([articles(QUAKE, OTHER_QUAKE, SCHOOL)] * 4, ignore_index=True)
    given["outlet"] = [f"Outlet {number}" for number in range(len(given))]
    given.loc[2, "published"] = "2029-03-02"
    with pytest.warns(compare.InputWarning, match=r"1 article \(.*\) is dated half a year or more from all others"):
        found = compare.group_stories(given)
    assert same(found, given["gold"])


def test_a_date_that_cannot_be_read_and_a_text_that_is_empty_stop_nothing():
    given = articles(QUAKE)
    given.loc[0, "published"] = "Friday, at dawn"
    given.loc[2, "text"] = ""
    with pytest.warns(compare.InputWarning, match='1 article with a date that is not ISO 8601 \\("Friday, at dawn"'):
        assert len(compare.group_stories(given)) == 3


HARBOUR_JA = (
    (
        "青木港でクレーン倒壊、二人けが",
        "青木港の岸壁で五日朝、荷役用のクレーンが海に倒れ、作業員二人がけがをした。港湾管理事務所の小野寺所長は、岸壁を金曜日"
        "まで閉鎖すると述べた。船は沖合で待機している。",
    ),
    (
        "クレーン倒れ作業員けが　青木港",
        "五日、青木港で荷役用クレーンが倒れ、作業員二人が病院に運ばれた。小野寺所長は、金曜日まで岸壁を閉鎖すると説明した。組合"
        "は強風の中で作業を続けた理由を調べるよう求めている。",
    ),
)
SCHOOL_JA = (
    (
        "緑町小学校、来春閉校へ　町議会が可決",
        "緑町議会は六日、児童の減少を理由に、緑町小学校を来年三月で閉校する議案を賛成多数で可決した。児童は隣の町の学校へバス"
        "で通う。保護者会は署名を集めて反対していた。",
    ),
    (
        "小学校閉校を議会が決定　緑町",
        "児童数が減っている緑町小学校について、町議会は六日、来年三月で閉校することを決めた。保護者会の代表は、バスで通学する児童"
        "の負担が大きいと批判した。",
    ),
)


HARBOUR_AR = (
    (
        "سقوط رافعة في ميناء الدوق وإصابة عاملين",
        "سقطت أكبر رافعة في ميناء الدوق في الحوض صباح الثلاثاء وأصيب عاملان. وقالت مديرة الميناء إيناس كيروغا إن الحوض "
        "سيبقى مغلقا حتى يوم الجمعة. وتنتظر السفن في الخليج.",
    ),
    (
        "إصابة عاملين بعد سقوط رافعة في الدوق",
        "أصيب عاملان يوم الثلاثاء عندما سقطت رافعة في ميناء الدوق. وأغلقت المديرة إيناس كيروغا الحوض حتى الجمعة، "
        "وطالبت النقابة بتحقيق في العمل أثناء الرياح.",
    ),
)
SCHOOL_AR = (
    (
        "مجلس هارويك يقرر إغلاق مدرسة الطاحونة",
        "قرر مجلس مدينة هارويك يوم الثلاثاء إغلاق مدرسة الطاحونة في يوليو. واحتج الآباء أمام مبنى البلدية. وقالت عضو "
        "المجلس دانا فريث إن الإصلاحات تكلف أربعة ملايين.",
    ),
    (
        "احتجاج الآباء على إغلاق مدرسة الطاحونة",
        "احتج آباء تلاميذ مدرسة الطاحونة في هارويك بعد أن قرر المجلس إغلاقها في يوليو. وقالت دانا فريث إن أربعة ملايين "
        "للإصلاحات مبلغ كبير.",
    ),
)


@pytest.mark.parametrize("told", [[*HARBOUR_JA, *SCHOOL_JA], [*HARBOUR_AR, *SCHOOL_AR]])
def test_languages_without_spaces_or_without_capitals_are_grouped(told):
    given = pd.DataFrame(told, columns=["title", "text"]).assign(outlet=list("ABCD"), published="2030-03-06")
    ids = compare.group_stories(given).tolist()
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_one_bridge_joins_no_two_stories():
    """Average linkage: articles 0 to 2 and 4 to 6 are told apart by all but article 3, which is likely both."""
    sides = [(0, 1), (0, 2), (1, 2), (4, 5), (4, 6), (5, 6)]
    pairs = [*sides, (2, 3), (3, 4)]
    left, right = np.array(pairs).T
    likely = Likely(left, right, np.array([0.9] * 6 + [0.8] * 2))
    assert max(map(len, join(likely, 7, 0.45))) == 3


def test_stories_keep_their_ids_as_articles_come_in():
    given = articles(QUAKE, OTHER_QUAKE, SCHOOL)
    grouper = compare.Grouper()
    first = grouper.add(given.iloc[[0, 1, 3, 4, 5]])
    assert first.nunique() == 3
    second = grouper.add(given.iloc[[2, 6]])
    assert grouper.regrouped.empty
    assert second.tolist() == [first[0], first[5]]
    assert sorted(zip(*[grouper.articles[name] for name in ("title", "story_id")], strict=True)) == sorted(
        zip(given["title"], [*[first[0]] * 3, *[first[3]] * 2, *[first[5]] * 2], strict=True)
    )
    stories = grouper.stories.set_index("story_id")
    assert stories.loc[first[0], ["articles", "outlets"]].tolist() == [3, 3]
    assert stories.loc[first[5], "headline"] == "Council votes to close Mill Lane school"
    with pytest.raises(compare.InputError, match="1 article was added before"):
        grouper.add(given.iloc[[1]])


def test_stories_that_merge_or_split_are_told():
    table = compare.read_articles(articles(QUAKE, SCHOOL).drop(columns="gold"))
    founders = {}
    had = _named(table, [[0, 1], [2], [3, 4]], founders)
    assert len(set(had)) == 3
    ids = _named(table, [[0, 1, 2], [3], [4]], founders)
    assert ids[:3].tolist() == [had[0]] * 3
    assert had[3] in ids[3:].tolist()
    told = _regrouped(table["article_id"].to_numpy(object), had, ids)
    assert told["how"].tolist() == ["merged", "split"]
    assert told["was"].tolist() == [had[2], had[3]]


@pytest.mark.parametrize("days", [0, -1, float("nan"), True, "five"])
def test_days_are_a_positive_number(days):
    with pytest.raises(compare.InputError, match="give a positive number of days"):
        compare.group_stories(articles(QUAKE), days=days)


def test_grouped_articles_are_written_and_compared(tmp_path):
    source, grouped = tmp_path / "articles.jsonl", tmp_path / "grouped.jsonl"
    articles(QUAKE, SCHOOL).drop(columns="gold").to_json(source, orient="records", lines=True)
    said = run("group", source, "-o", grouped)
    assert said.startswith("5 articles tell 2 stories, 2 stories of more than one article.")
    rows = [json.loads(line) for line in grouped.read_text(encoding="utf-8").splitlines()]
    assert [row["story_id"].rpartition("-")[0] for row in rows] == ["two-dead-as-6-1"] * 3 + [
        "council-votes-to-close-mill"
    ] * 2
    assert "2 stories, 5 outlets." in run("corpus", grouped, "-o", tmp_path / "run", "--reader", "none")


def test_several_stories_compared_as_one_are_told(tmp_path):
    source = tmp_path / "march.jsonl"
    told = articles(QUAKE, OTHER_QUAKE, SCHOOL).drop(columns="gold")
    told.to_json(source, orient="records", lines=True)
    done = CliRunner().invoke(main, ["claims", str(source), "--reader", "none"])
    assert done.stderr == (
        "storydiff: these articles seem to tell 3 stories, and are compared as one, for none has a story_id; if so, "
        f"compare each by itself: storydiff corpus {source} -o RUN (or see which tells which: storydiff group "
        f"{source} -o grouped.csv).\n"
    )
    told.assign(story_id="march").to_json(source, orient="records", lines=True)
    assert CliRunner().invoke(main, ["claims", str(source), "--reader", "none"]).stderr == ""


@pytest.mark.parametrize("story", [QUAKE, OTHER_QUAKE, SCHOOL, QUAKE + SCHOOL[:1]])
def test_one_story_is_not_told_to_be_several(story):
    assert stories_apart(compare.read_articles(articles(story).drop(columns="gold"))) == 1


def test_the_sample_stories_are_one_each():
    root = Path(__file__).parents[1] / "datasets"
    stories = [compare.read_demo(), compare.read_articles(sorted(root.glob("fischereihafen/*.txt")))]
    for name in ("harbour", "ceasefire", "planted-truth"):
        stories += [one for _, one in compare.read_articles(root / name / "articles.jsonl").groupby("story_id")]
    assert [stories_apart(one) for one in stories] == [1] * len(stories)
    both = pd.concat([stories[0], stories[2]], ignore_index=True)
    assert stories_apart(both) == 2


LIVE_BLOG = """Crane falls in Aldwick: live
Follow the latest on the accident in the port of Aldwick, where a crane fell on Tuesday.
Crane falls into basin
The largest crane of the port of Aldwick fell into the basin at about nine on Tuesday morning. Two workers were taken to hospital.
Basin closed
The harbour master, Ines Quiroga, said the basin would stay closed until Friday. Eleven ships wait in the bay.
Union asks for inquiry
The dockers' union asked for an inquiry into why the crane was used in strong winds. “Nobody measured the wind,” said its secretary, Jon Abel.
Crane falls in Aldwick: live
The company that owns the crane, Tarn Lifting, said it would not comment before the police had finished their work.
Crane topples in Aldwick
A crane toppled into the basin of Aldwick's port on Tuesday and injured two workers. The basin will stay closed until Friday, harbour master Ines Quiroga said. The dockers' union wants an inquiry into the use of the crane in strong winds.\n\nTarn Lifting, which owns the crane, declined to comment.
Two hurt as crane falls
Two workers were hurt when a crane fell into the basin of Aldwick's port. Eleven ships are waiting in the bay. “Nobody measured the wind,” said Jon Abel, the secretary of the dockers' union, which asks for an inquiry."""  # noqa: E501


def test_the_posts_of_a_live_blog_are_one_telling():
    lines = LIVE_BLOG.replace("\n\n", " ").split("\n")
    told = pd.DataFrame({"title": lines[::2], "text": lines[1::2], "outlet": ["Gannet"] * 5 + ["Orrery", "Pennant"]})
    anchors = ["", *(f"#p{number}" for number in range(4))]
    urls = [*(f"https://gannet.example/live{anchor}" for anchor in anchors), None, None]
    assert stories_apart(compare.read_articles(told)) == 2, "as articles of their own"
    assert stories_apart(compare.read_articles(told.assign(url=urls))) == 1


def test_articles_without_a_story_join_those_that_have_one(tmp_path):
    source, grouped = tmp_path / "articles.jsonl", tmp_path / "grouped.jsonl"
    given = articles(QUAKE, OTHER_QUAKE, SCHOOL).drop(columns="gold")
    given["story_id"] = ["norland", None, "aftershock", None, None, "school", None]
    given.to_json(source, orient="records", lines=True)
    done = CliRunner().invoke(main, ["group", str(source), "-o", str(grouped)])
    assert done.stderr == (
        "storydiff: 4 articles were without a story_id, and grouped by what they tell: 2 joined stories that have "
        "one and 2 made 1 more story; ids that were given are kept.\n"
    )
    ids = [json.loads(line)["story_id"] for line in grouped.read_text(encoding="utf-8").splitlines()]
    assert ids[:3] == ["norland", "norland", "aftershock"]
    assert ids[5:] == ["school", "school"]
    assert ids[3] == ids[4]
    assert ids[3].startswith("strong-earthquake-damages")
    with pytest.warns(compare.InputWarning, match="4 articles were without a story_id"):
        corpus = compare.compare_corpus(source, reader=None)
    assert corpus.articles["story_id"].tolist() == ids
    assert compare.group_stories(given).nunique() == 3


def test_a_corpus_without_story_ids_is_grouped_and_says_so():
    with pytest.warns(compare.InputWarning, match="5 articles were grouped to 2 stories by what they tell"):
        corpus = compare.compare_corpus(articles(QUAKE, SCHOOL).drop(columns="gold"), reader=None)
    assert len(corpus.stories) == 2


def test_a_post_that_resembles_nothing_stays_with_its_live_blog_and_one_of_another_event_does_not():
    crane = "The largest crane in the port of Oldmere collapsed in a storm early on Tuesday and blocked the basin."
    school = "The county council of Northfield voted by 23 to 18 to close three village schools in the summer."
    page = "https://gannet.example/live"
    rows = [
        ("The Gannet", "Crane falls in Oldmere", crane, f"{page}#1"),
        ("The Gannet", "Mayor", "Ulla Tams called it the worst night in living memory.", f"{page}#2"),
        ("The Gannet", "Northfield closes schools", school, f"{page}#3"),
        ("The Gannet", "Crane in Oldmere blocks basin", f"{crane} Tugs are on their way.", f"{page}#4"),
        ("Courier", "Crane falls in Oldmere port", f"{crane} Two were hurt.", "https://courier.example/1"),
        ("Courier", "Northfield closes village schools", f"{school} Parents left.", "https://courier.example/2"),
        ("Herald", "Ballet", "A dancer of the opera has retired after thirty seasons.", "https://herald.example/1"),
    ]
    records = [dict(zip(("outlet", "title", "text", "url"), row, strict=True)) for row in rows]
    first, mayor, schools, again, crane_too, schools_too, ballet = compare.group_stories(records)
    assert first == mayor == again == crane_too
    assert schools == schools_too != first
    assert ballet not in {first, schools}
