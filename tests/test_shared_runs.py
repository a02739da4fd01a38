"""A run that tests share is the one that each of them would have made."""

import json

import shared_runs

import compare


def test_a_copy_of_a_run_has_the_bytes_of_one_made_anew(tmp_path, monkeypatch):
    articles = tmp_path / "articles.jsonl"
    told = (("quay", "Gannet", "The quay is shut."), ("quay", "Orrery", "It is shut."), ("mill", "Gannet", "It burns."))
    lines = (json.dumps({"story_id": story, "outlet": outlet, "text": text}) for story, outlet, text in told)
    articles.write_text("\n".join(lines), encoding="utf-8")
    compare.compare_corpus(articles, store=tmp_path / "new", reader=None, seed=5)
    (tmp_path / "shared").mkdir()
    compared = shared_runs.compared_once(tmp_path / "shared")
    compared(articles, reader=None)
    monkeypatch.setattr(shared_runs, "compare_corpus", None)
    copied = compared(articles, store=tmp_path / "copy", reader=None, seed=5)
    assert copied.folder == tmp_path / "copy"
    new, copy = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "new", tmp_path / "copy")
    )
    assert copy == new
