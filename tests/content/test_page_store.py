"""Rendered pages come back from disk as they were, and never from a broken file."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from content import rendering
from content.page_store import PageStore
from content.rendering.model import Html
from content.rendering.page import render

SOURCE = "Intro.\n\n## One & two {#one}\n\n[x](#nowhere) ![a](images/a.png)\n\n### Sub {#sub}\n"


def refuse(source: str, *, language: str, prefix: str = "d"):
    raise AssertionError("rendered, though the page is kept")


def kept(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def test_a_kept_page_is_the_rendered_one(tmp_path):
    first = PageStore(tmp_path, render)(SOURCE, language="ja")

    second = PageStore(tmp_path, refuse)(SOURCE, language="ja")

    assert second == first == render(SOURCE, language="ja")
    assert isinstance(second.intro, Html)
    assert isinstance(second.sections[0].html, Html)
    assert second.sections[0].headings[0].id == "sub"


def test_a_page_that_came_with_the_release_is_not_rendered_and_not_kept_again(tmp_path, caplog):
    shipped, folder = tmp_path / "shipped", tmp_path / "folder"
    PageStore(shipped, render)(SOURCE, language="ja")

    store = PageStore(folder, refuse, shipped)
    page = store(SOURCE, language="ja")
    store.forget_unused()

    assert page == render(SOURCE, language="ja")
    assert not folder.exists()
    assert len(kept(shipped)) == 1
    assert caplog.records == []


def test_a_page_that_did_not_come_with_the_release_is_kept(tmp_path):
    shipped, folder = tmp_path / "shipped", tmp_path / "folder"

    PageStore(folder, render, shipped)(SOURCE, language="ja")

    assert PageStore(folder, refuse, shipped)(SOURCE, language="ja") is not None
    assert not shipped.exists()


def test_a_page_is_rendered_anew_in_another_language(tmp_path):
    PageStore(tmp_path, render)(SOURCE, language="ja")

    with pytest.raises(AssertionError, match="rendered"):
        PageStore(tmp_path, refuse)(SOURCE, language="en")


def test_a_page_is_rendered_anew_when_its_source_changed(tmp_path):
    PageStore(tmp_path, render)(SOURCE, language="ja")

    with pytest.raises(AssertionError, match="rendered"):
        PageStore(tmp_path, refuse)(SOURCE + " ", language="ja")


def test_a_page_is_rendered_anew_by_a_new_renderer(tmp_path, monkeypatch):
    PageStore(tmp_path, render)(SOURCE, language="ja")
    monkeypatch.setattr(rendering, "VERSION", "other")

    with pytest.raises(AssertionError, match="rendered"):
        PageStore(tmp_path, refuse)(SOURCE, language="ja")


def test_a_page_is_rendered_anew_by_a_new_sanitiser(tmp_path, monkeypatch):
    PageStore(tmp_path, render)(SOURCE, language="ja")
    monkeypatch.setattr("content.page_store.version", lambda tool: f"{tool} 99")

    with pytest.raises(AssertionError, match="rendered"):
        PageStore(tmp_path, refuse)(SOURCE, language="ja")


@pytest.mark.parametrize(
    "damage", [b"", b"\xff\xff", b"\x93\x01\x02", b"\x87", b"\x81\xa5intro\x01"]
)
def test_a_damaged_page_is_rendered_anew_and_mended(tmp_path, caplog, damage):
    page = PageStore(tmp_path, render)(SOURCE, language="ja")
    (file,) = kept(tmp_path)
    file.write_bytes(damage)

    again = PageStore(tmp_path, render)(SOURCE, language="ja")

    assert again == page
    assert PageStore(tmp_path, refuse)(SOURCE, language="ja") == page
    assert len(caplog.records) == 1


def test_half_a_page_is_rendered_anew(tmp_path):
    page = PageStore(tmp_path, render)(SOURCE, language="ja")
    (file,) = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:-20])

    assert PageStore(tmp_path, render)(SOURCE, language="ja") == page


def test_without_a_place_to_write_pages_are_rendered_and_one_line_is_logged(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    store = PageStore(blocked / "rendered", render)

    with caplog.at_level(logging.WARNING):
        pages = [store(f"{SOURCE}{number}", language="ja") for number in range(3)]

    assert all(page.sections for page in pages)
    assert len(caplog.records) == 1
    assert str(blocked) in caplog.text


def test_a_place_that_cannot_be_listed_is_told_and_no_more(tmp_path, caplog):
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")

    PageStore(blocked, render).forget_unused()

    assert len(caplog.records) == 1


def test_a_full_disk_leaves_no_rubbish(tmp_path, monkeypatch, caplog):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    page = PageStore(tmp_path, render)(SOURCE, language="ja")

    assert page.sections
    assert kept(tmp_path) == []
    assert "No space left" in caplog.text


def test_pages_nobody_asked_for_are_forgotten_and_nothing_else(tmp_path):
    PageStore(tmp_path, render)("old", language="ja")
    (tmp_path / "note.txt").write_text("mine")
    store = PageStore(tmp_path, render)
    store(SOURCE, language="ja")

    store.forget_unused()

    assert len(kept(tmp_path)) == 2
    assert (tmp_path / "note.txt").exists()
    assert PageStore(tmp_path, refuse)(SOURCE, language="ja").sections
