"""One stylesheet a subject in the repository, one request in the browser."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders

from portal.bundle import NAME, BundleFinder, joined

FOLDER = Path(__file__).resolve().parents[2] / "static" / "css"


def test_the_bundle_names_the_layers_before_any_rule():
    text = joined(FOLDER)

    assert text.index("@layer tokens,") < text.index("{")


def test_the_bundle_holds_every_stylesheet_once():
    text = joined(FOLDER)

    for sheet in FOLDER.glob("*.css"):
        assert text.count(sheet.read_text("utf-8")) == 1


def test_no_stylesheet_fetches_anything():
    text = joined(FOLDER)

    assert "@import" not in text
    assert "url(" not in text


def test_the_bundle_is_found_in_development():
    finder = BundleFinder()

    found = finder.find(NAME)

    assert Path(found).read_text("utf-8") == joined(FOLDER)


def test_other_files_are_left_to_the_other_finders():
    finder = BundleFinder()

    found = [finder.find("js/site.js"), finder.find("js/site.js", find_all=True)]

    assert found == [None, []]


def test_the_bundle_is_collected():
    finder = BundleFinder()

    [(name, storage)] = finder.list(None)

    assert name == NAME
    with storage.open(name) as collected:
        assert collected.read().decode() == joined(FOLDER)


def test_a_changed_stylesheet_changes_the_bundle(tmp_path):
    finder = BundleFinder()
    finder.sources = tmp_path
    sheet = tmp_path / "one.css"
    sheet.write_text("p {color: red}", "utf-8")
    finder.find(NAME)

    sheet.write_text("p {color: blue}", "utf-8")

    assert "blue" in Path(finder.find(NAME)).read_text("utf-8")


def test_the_site_serves_the_bundle():
    assert finders.find(NAME) is not None
