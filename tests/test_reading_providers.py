"""Tables and records of providers, known by their columns. All outlets and articles are invented."""

import json
from pathlib import Path

import pandas as pd
import pytest

from compare import InputError, read_articles
from compare.reading.web.links import addresses_in

MANY = 500
CLOUD = {
    "id": "7",
    "indexed_date": "2026-03-04",
    "language": "en",
    "media_name": "Gannet",
    "media_url": "gannet.example",
}


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def please(number):
    return {
        "maintext": f"The crane of quay {number} fell.",
        "source_domain": "gannet.example",
        "date_publish": "2026-03-03 05:40:00",
        "title": f"Crane {number}",
        "url": f"https://gannet.example/{number}",
        "language": "en",
        "authors": [],
    }


def crawl(number):
    return {
        "requested_url": f"https://gannet.example/{number}",
        "plain_text": f"The crane of quay {number} fell.",
        "published_date": "2026-03-03T05:40:00",
        "title": f"Crane {number}",
        "sitename": "gannet.example",
        "language": "en",
        "publisher": "Oldmere House",
    }


@pytest.mark.parametrize("made", [please, crawl])
def test_five_hundred_records_of_a_provider_need_no_map(made):
    rows = [made(number) for number in range(MANY)]
    Path("a.json").write_text(json.dumps(rows))
    pd.DataFrame(rows).to_parquet("a.parquet")
    for name in ("a.json", "a.parquet"):
        articles = read_articles(name)
        assert len(articles) == MANY
        assert articles["outlet"].unique().tolist() == ["gannet.example"]
        assert articles["text"][499] == "The crane of quay 499 fell."
        assert articles["url"][499] == "https://gannet.example/499"
        assert articles["published"][0] == pd.Timestamp("2026-03-03T05:40:00Z")


def test_media_cloud_is_read_with_texts_and_told_without():
    rows = [{**CLOUD, "publish_date": "2026-03-03", "title": f"Crane {n}", "url": f"u{n}"} for n in range(MANY)]
    frame = pd.DataFrame(rows)
    frame.drop(columns="id").assign(text=frame["title"] + " fell.").to_csv("whole.csv", index=False)
    assert read_articles("whole.csv")["outlet"].tolist() == ["Gannet"] * MANY
    frame.to_csv("list.csv", index=False)
    with pytest.raises(InputError, match=r"^list\.csv: is a list of addresses from Media Cloud and holds no texts; fe"):
        read_articles("list.csv")


def test_a_list_of_gdelt_is_told():
    Path("g.csv").write_text("URL,MobileURL,Date,Title\nhttps://gannet.example/1,,2026-03-03,Crane\n")
    with pytest.raises(InputError, match=r"^g\.csv: is a list of addresses from GDELT and holds no texts; fetch its"):
        read_articles("g.csv")


def test_a_map_goes_before_what_a_provider_calls_its_fields():
    Path("a.json").write_text(json.dumps([crawl(1)]))
    assert read_articles("a.json", fields={"outlet": "publisher"})["outlet"].tolist() == ["Oldmere House"]


def test_newspaper_dumps_are_read_and_the_site_is_the_outlet():
    common = {"title": "Crane", "text": "It fell.", "url": "https://gannet.example/1", "authors": ["M. Quill"]}
    common |= {"publish_date": "2026-03-03 05:40:00", "canonical_link": "", "meta_lang": "en"}
    rows = [{**common, "title": f"Crane {number}"} for number in range(MANY)]
    for extra, outlet in (
        ({"source_url": "https://www.gannet.example"}, "gannet.example"),
        ({"meta_site_name": "G"}, "G"),
    ):
        Path("a.json").write_text(json.dumps([{**row, **extra} for row in rows]))
        articles = read_articles("a.json")
        assert articles["outlet"].tolist() == [outlet] * MANY
        assert articles["title"].tolist() == [row["title"] for row in rows]
        assert articles["published"][0] == pd.Timestamp("2026-03-03T05:40:00Z")
        assert articles["language"][0] == "en"


@pytest.mark.parametrize(("columns", "place"), [(58, 57), (61, 60), (16, 5), (27, 4)])
@pytest.mark.parametrize("name", ["20260303.export.CSV", "g.tsv", "g.csv"])
def test_files_of_gdelt_without_a_header_are_told_and_give_their_addresses(columns, place, name):
    addresses = [f"https://gannet.example/{number}" for number in range(MANY)]
    rows = [["20260303", *['a "b'] * (columns - 1)] for _ in addresses]
    for row, address in zip(rows, addresses, strict=True):
        row[place] = address
    Path(name).write_text("".join("\t".join(row) + "\n" for row in rows))
    with pytest.raises(
        InputError, match=rf"is a file of GDELT, which .* \(column {place + 1}\); give it to storydiff fetch"
    ):
        read_articles(name)
    assert addresses_in(name) == addresses
