"""The report's parts: what they say of a story that a reader can judge."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_stories import quoted_story, small_story

from compare.report.figures.story_figures import Figures, hover_text, matrix_rows, omission_rows
from compare.report.look import LOOKS, PAPERS, dark_of, palette
from compare.report.render import as_json
from compare.report.story.findings import NOTHING_SURE, Brief, brief_of
from compare.report.story.full_texts import full_texts, paragraphs, slices
from compare.report.story.outlets import outlet_lists
from compare.report.story.page import render_page
from compare.report.story.payload import payload
from compare.report.story.quotations import quotations_of, struck
from compare.report.story.view import view_of
from compare.report.wording import (
    for_plotly,
    link_to,
    moment,
    p_value,
    percent,
    plain,
    readable,
    shorten,
    shorten_all,
    web_address,
    who_read,
)
from compare.tables import STATES

NOTHING = Brief((), (), ())


@pytest.fixture(scope="module")
def view():
    return view_of(small_story())


def test_shared_claims_come_first(view):
    assert [(claim.number, claim.claim_id, len(claim.carriers)) for claim in view.claims] == [
        (1, "1", 3),
        (2, "2", 2),
        (3, "3", 2),
        (4, "4", 2),
        (5, "5", 1),
    ]
    assert [claim.number for claim in view.shared] == [1, 2, 3, 4]


def said(view):
    """The brief's sentences: in sum, the first findings, the others."""
    brief = brief_of(view, quotations_of(view))
    return [str(one.striptags()) for one in brief.sum], *(
        [str(one.said.striptags()) for one in part] for part in (brief.first, brief.more)
    )


def test_the_findings_are_plain_sentences(view):
    assert said(view) == (
        [
            "4 of 5 claims are told by at least two of the 3 outlets, 1 by all of them; 1 by one alone.",
            "Every outlet carries the same number of shared claims (3).",
            NOTHING_SURE,
        ],
        [],
        [
            "1 alteration, less sure, is marked in the matrix.",
            "1 of 12 decisions on shared claims (8 %) stays undecided: neither carried nor left out.",
        ],
    )


def test_each_of_the_first_findings_has_the_sentences_behind_it():
    story = small_story()
    as_worded = story.coverage.replace({"state": {"altered": "paraphrased"}, "changes": {"number": ""}})
    (first,) = brief_of(view_of(replace(story, coverage=as_worded)), []).first
    assert first.said.striptags() == (
        "Evening Post alone leaves out “Seventeen people were killed on Monday”, told by 2 of 3 independent voices "
        "(chance that it is carried: 7 %)."
    )
    assert first.place == "c2"
    assert [(proof.outlet, proof.sure, proof.text) for proof in first.proofs] == [
        (
            "Evening Post",
            "left out, 7\u00a0% chance that it is carried; its nearest sentence:",
            "A truce of 30 days was agreed by the two sides.",
        ),
        ("Northern Courier", "verbatim, 99\u00a0% sure it is carried", "Seventeen people were killed on Monday."),
        (
            "Daily Herald",
            "paraphrased, 80\u00a0% sure it is carried",
            "Seventy-one people were killed on Monday.",
        ),
    ]


def test_copies_are_found_worth_telling():
    _, first, more = said(view_of(quoted_story()))
    assert more[-3:-1] == [
        "Northern Courier and Evening Post run the same agency text (Longwave); Evening Post without its last "
        "7 sentences, as a cut from the end would leave it. "
        "Sentences missing from the end of a copy say nothing about what the outlet chose.",
        "Copies of one text counted as one voice, 3 of 5 claims are told by at least two of 2 voices (as printed: 4).",
    ]
    assert not [one for one in first + more if "Evening Post alone leaves out" in one], "its copy was cut from the end"


def test_a_copy_cut_from_the_middle_is_told_with_its_p_value():
    story = quoted_story()
    wire = story.wire.assign(cut=["none", "none", "middle"], wire=["wire", "own", "wire, edited"], p_value=0.0004)
    _, _, more = said(view_of(replace(story, wire=wire)))
    assert (
        "Northern Courier and Evening Post run the same agency text (Longwave); Evening Post with words changed or "
        "added and without 7 sentences of it, which a cut from the end would hardly leave out (p < .001)."
    ) in more


def test_quotations_in_marks_at_several_outlets_come_first_and_single_ones_last():
    found = quotations_of(view_of(quoted_story()))
    assert [(one.number, one.direct, len(one.given), one.voices) for one in found] == [
        (1, True, 3, 2),
        (2, False, 2, 1),
        (3, True, 1, 1),
    ]


@pytest.mark.parametrize(
    ("gone", "pieces"),
    [
        ("if we can", "We go, |-if we can-|."),
        ("We … if we", "-We-| go, |-if we-| can."),
        ("as they can", ""),
        ("", "We go, if we can."),
    ],
)
def test_what_is_gone_is_struck_in_the_wording(gone, pieces):
    assert "|".join(f"-{words}-" if out else words for words, out in struck("We go, if we can.", gone)) == pieces


def test_p_values_are_said_as_papers_do():
    assert [p_value(p) for p in (0.0004, 0.004, 0.031, 0.5, 1.0)] == [
        "p < .001",
        "p = .004",
        "p = .03",
        "p = .50",
        "p = .99",
    ]


def test_each_outlet_gets_a_summary_and_its_lists(view):
    courier, herald, post = outlet_lists(view)
    assert herald["sentence"].striptags() == (
        "carries 3 of 4 shared claims, 1 of them altered, leaves out 1; 0 claims only here."
    )
    assert [(claim.number, round(p, 2)) for claim, p in herald["omissions"]] == [(3, 0.03)]
    assert courier["omissions"] == [], "what is undecided is not left out, and claim 5 is told by one outlet alone"
    assert [(claim.number, round(claim.chance_at(claim.outlets("omitted")), 3)) for claim in post["alone"]] == [
        (5, 0.05)
    ]


def test_one_outlet_alone_is_not_said_to_have_claims_only_here():
    (only,) = outlet_lists(view_of(small_story(outlets=1)))
    assert only["sentence"].striptags() == "makes 3 claims; there is no other outlet to compare with."
    page = render_page(small_story(outlets=1))
    assert "only here." not in page
    assert "Only here" not in page


def test_only_what_half_of_the_others_carry_counts_as_missing():
    story = small_story()
    view = view_of(story)
    for outlet in outlet_lists(view):
        for claim, probability in outlet["omissions"]:
            assert len(claim.carriers) * 2 >= len(view.outlets) - 1
            assert outlet["name"] in claim.outlets("omitted")
            assert 0 <= probability < 0.5


def test_the_matrix_rows_say_every_judgement(view):
    rows = pd.DataFrame(matrix_rows(view))
    assert len(rows) == 15
    assert rows.loc[rows["claim_id"] == "2", "symbol"].tolist() == ["=", "≠", "\u2013"]
    assert hover_text(matrix_rows(view)[5]) == (
        "2. Seventeen people were killed on Monday.<br>"
        "Evening Post: \u2013 left out (7\u00a0% chance that it is carried)"
    )


def test_the_omission_rows_add_up_to_the_shared_claims(view):
    rows = pd.DataFrame(omission_rows(view))
    assert rows.groupby("outlet")["claims"].sum().tolist() == [4, 4, 4]
    herald = rows[rows["outlet"] == "Daily Herald"].set_index("state")["claims"]
    assert herald.to_dict() == dict(zip(STATES, (1, 1, 0, 1, 0, 0, 1, 0), strict=True))


def test_the_figures_draw_these_rows():
    figures = Figures(small_story())
    assert figures.matrix().data[0].z[1] == [0, 3, 6]
    assert len(figures.matrix(every_claim=True).data[0].z) == 5
    assert [bar.name for bar in figures.omissions().data] == [
        "= verbatim",
        "≈ paraphrased",
        "◐ in part",
        "≠ altered",
        "⇄ contested",
        "? undecided",
        "\u2013 left out",
    ]


@pytest.mark.medium
def test_equal_and_numeric_names_keep_their_own_columns():
    figure = Figures(
        small_story(rename=lambda text: "7" if text in ("Northern Courier", "Daily Herald") else text)
    ).matrix()
    assert len(figure.data[0].x) == len(figure.layout.xaxis.ticktext)
    assert shorten_all(["The Observer of A", "The Observer of B"], 13) == ["The Observer… (1)", "The Observer… (2)"]


@given(st.text(alphabet="ab .\n\r\u2028é😀", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_articles_lose_nothing(text, spans):
    rows = [
        {"start": min(a, b, len(text)), "end": min(max(a, b), len(text)), "number": i, "boilerplate": False}
        for i, (a, b) in enumerate(spans)
    ]
    pieces = list(slices(text, rows))
    assert "".join(piece.text for piece in pieces) == text
    shown = "".join(piece.text for paragraph in paragraphs(pieces) for piece in paragraph)
    assert "".join(shown.split()) == "".join(text.split())


def test_an_article_is_cut_at_sentences_and_paragraphs(view):
    courier = full_texts(view)[0]
    first, second = courier["paragraphs"]
    assert [piece.text for piece in first] == [
        "The two sides agreed on a truce of 30 days.",
        " ",
        "Seventeen people were killed on Monday.",
    ]
    assert (first[0].claims, first[0].sharing, first[0].alone) == ((1,), 3, False)
    assert second[-1].boilerplate
    assert courier["boilerplate"] == 1
    assert full_texts(view)[2]["paragraphs"][-1][-1].alone


def test_every_state_has_its_own_symbol_and_readable_colours():
    assert tuple(look.state for look in LOOKS) == STATES
    assert len({look.symbol for look in LOOKS}) == len(STATES)
    for look in LOOKS:
        for paper, ink in ((look.light, look.light_ink), (look.dark, look.dark_ink)):
            assert _contrast(paper, ink) >= 4.5, look.state
            # plotly itself chooses between white and #444 for the symbol in a cell
            assert max(_contrast(paper, "#ffffff"), _contrast(paper, "#444444")) >= 4.5, look.state
        assert f"--{look.css}:{look.light};" in palette()


def test_every_colour_of_light_paper_has_one_on_dark_paper():
    light, dark, swap = PAPERS["light"], PAPERS["dark"], dark_of()
    assert all(swap[look.light] == look.dark and swap[look.light_ink] == look.dark_ink for look in LOOKS)
    assert all(swap[getattr(light, name)] == getattr(dark, name) for name in ("ground", "ink", "pale", "mark", "other"))
    assert [swap[side] for side in light.sides] == list(dark.sides)


def _contrast(one, other):
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_data_is_compact_and_cannot_end_its_element(view):
    data = payload(view, NOTHING)
    assert data["states"] == ["011", "036", "061", "501", "660"]
    assert data["chances"][1] == [99, 80, 7]
    assert data["best"][1] == [1, 5, 8]
    assert data["changes"] == {"1.1": "number"}
    hostile = {"a": "</script><!-- & \u2028\u2029"}
    assert not set("<>&\u2028\u2029") & set(as_json(hostile))
    assert json.loads(as_json(hostile)) == hostile


def test_a_clause_is_told_by_its_place_in_the_sentence():
    story = small_story()
    starts = story.mentions["start"] + 4
    mentions = story.mentions.assign(start=starts.where(story.mentions["claim_id"] == "2", story.mentions["start"]))
    assert payload(view_of(replace(story, mentions=mentions)), NOTHING)["clauses"] == {"1.1": [4, 39], "1.5": [4, 41]}


def test_no_estimate_is_certain():
    assert percent(1.0) == "over 99\u00a0%"
    assert percent(0.0) == "under 1\u00a0%"


def test_a_quoted_claim_keeps_its_quotation_marks_apart():
    claim = view_of(small_story(rename=lambda text: text.replace("port", '"port"'))).claims[2]
    assert link_to("c3", claim.text).striptags() == "“The 'port' stays closed”"


def test_words_for_headings_and_labels():
    assert readable("port_truce-2025") == "Port truce 2025"
    assert readable("3f2") == "Story 3f2"
    assert readable("") == "Story"
    assert shorten("The harbour stays closed until Friday", 20) == "The harbour stays…"
    assert shorten("港口将关闭至星期五为止并且不会提前开放", 10) == "港口将关闭至星期五…"
    assert moment(pd.Timestamp("2025-03-12T14:05Z")) == "12 March 2025, 14:05"
    assert plain("a\u202eb\n\tc\x00\u2066d") == "ab c d"
    assert for_plotly('<a href="http://x">&') == '&lt;a href="http://x"&gt;&amp;'
    assert for_plotly("from $5 to $7") == "from &#36;5 to &#36;7", "plotly would set it as a formula"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
        ),
        *("http:", "//example.org", "http://[", "ftp://example.org", "https://example.org/a b", None, float("nan")),
    ],
)
def test_only_web_addresses_become_links(url):
    assert web_address(url) is None


def test_a_web_address_becomes_a_link():
    assert web_address("https://example.org/a?b=1&c=<d>") == "https://example.org/a?b=1&c=<d>"


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (None, "Words alone were compared; no model read the articles."),
        ("small 1a2b3c4d", "The articles were read whole by the small model that ships with storydiff (1a2b3c4d)."),
        ("mine.Entailment", "The passages that words had found were read by mine.Entailment."),
    ],
)
def test_the_page_says_who_read(reader, said):
    assert who_read(reader) == said
