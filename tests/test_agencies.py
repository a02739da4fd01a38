"""Which agency a text names as where it comes from, and where it only mentions one."""

import pytest

from compare.coverage.agencies import credit, is_agency
from compare.language.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LONDON, Oct 6 (Reuters) - The bank said so.", "Reuters"),
        ("ST. ORREN, Westmark (AP) — The bank said so.", "AP"),
        ("PORT VELLAND (Longwave) — The bank said so.", "Longwave"),
        ("By JANE DOE, Associated Press\n\nThe bank said so.\n\nIt is.", "AP"),
        ("The bank said so.\n\nAP contributed to this report.", "AP"),
        ("The bank said so.\n\n(With inputs from PTI)", "PTI"),
        ("The bank said so.\n\n(Reporting by A. Quill; Editing by B. Moss)", "Reuters"),
        ("The bank said so.\n\n© 2026 AFP", "AFP"),
        ("The bank told Reuters so.\n\nReuters asked twice.", None),
        ("The bank said so.\n\nJane Doe contributed to this report.", None),
        ("KESTREL BAY (Kestrel One) — The bank said so.", None),
        ("Jane Doe (Labour) - who left - said so.", None),
    ],
)
def test_the_agency_that_a_text_names(text, name):
    found = credit(text, "Kestrel One News")
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The Associated Press contributed to this report.", "AP"),
        ("Additional reporting by Reuters", "Reuters"),
        ("(Reporting by A. Quill; Editing by B. Moss)", "Reuters"),
        ("© 2026 AFP", "AFP"),
    ],
)
def test_a_credit_line_is_no_part_of_the_story_and_still_names_the_agency(line, name):
    assert is_boilerplate(line)
    assert credit(f"The bank said so.\n\n{line}").name == name


def test_agencies_among_the_outlets():
    assert [is_agency(name) for name in ("Reuters", "The Associated Press", "reuters.com", "Aptville Post")] == [
        True,
        True,
        True,
        False,
    ]
