"""A player of QTI 3 (qti-components, in Chromium) shows every item and scores it by its key."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import pytest
from playwright.sync_api import Page, sync_playwright

from quizzes.export import formats
from tests.consumers.here import FOLDER, need
from tests.e2e.browser import chromium
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, bank

pytestmark = pytest.mark.consumers
ADDRESS = "http://player.test/"
QTI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
PAGE = (
    '<!doctype html><meta charset="utf-8"><script type="module" src="/player.js"></script>'
    "<qti-item><item-container></item-container></qti-item>"
)
SHOW = """async xml => {
  const find = root => {
    for (const one of root.querySelectorAll("*")) {
      if (one.localName === "qti-assessment-item") return one;
      const inside = one.shadowRoot && find(one.shadowRoot);
      if (inside) return inside;
    }
  };
  const wanted = new DOMParser().parseFromString(xml, "text/xml").documentElement;
  document.querySelector("item-container").itemXML = xml;
  for (let n = 0; n < 200; n++) {
    await new Promise(done => setTimeout(done, 10));
    window.item = find(document);
    if (item?.getAttribute("identifier") === wanted.getAttribute("identifier")
        && item.variables.some(one => one.identifier === "RESPONSE")) return item.textContent;
  }
  throw new Error("the item was not shown");
}"""
SCORE = """given => {
  item.updateResponseVariable("RESPONSE", given);
  item.processResponse();
  const value = name => item.variables.find(one => one.identifier === name).value;
  return [Number(value("SCORE")), value("FEEDBACK")];
}"""


@pytest.fixture(scope="module")
def player() -> Iterator[Page]:
    need("node", "chromium")
    script = (FOLDER / "node_modules/@citolab/qti-components/cdn/index.js").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.route(ADDRESS, lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        page.route(
            f"{ADDRESS}player.js",
            lambda route: route.fulfill(body=script, content_type="text/javascript"),
        )
        page.goto(ADDRESS)
        yield page
        browser.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_is_shown_and_scored_by_its_key(language, player):
    data = formats.get("qti30").write(bank(language))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        documents = {
            one.id: packed.read(f"items/{one.id}.xml").decode() for one in bank(language).items
        }

    for name, document in documents.items():
        root = fromstring(document)
        shown = player.evaluate(SHOW, document)
        assert truth.prompt(name, language) in truth.squeezed(shown), name
        right = key_of(root)
        assert player.evaluate(SCORE, wrong_of(root, right)) == [0, "WHY"], name
        assert player.evaluate(SCORE, right) == [1, "WHY"], name


def key_of(root: Element) -> str | list[str]:
    """Return the right response in the shape of its cardinality."""
    declared = root.find(f"{QTI}qti-response-declaration")
    assert declared is not None
    path = f"{QTI}qti-correct-response/{QTI}qti-value"
    values = [one.text or "" for one in declared.findall(path)]
    return values[0] if declared.get("cardinality") == "single" else values


def wrong_of(root: Element, right: str | list[str]) -> str | list[str]:
    """Return a response that is almost right: one missing, two steps changed, other words."""
    if isinstance(right, str):
        choices = [one.get("identifier", "") for one in root.iter(f"{QTI}qti-simple-choice")]
        return next((one for one in choices if one != right), "something else")
    declared = root.find(f"{QTI}qti-response-declaration")
    assert declared is not None
    if declared.get("cardinality") == "ordered":
        return [right[1], right[0], *right[2:]]
    return right[:-1]
