"""QTI packages, read back, and the rules that the schemas and Canvas have."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element, fromstring

import pytest

from quizzes.export import formats
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items

RELEASES = ("qti21", "qti22", "qti30")
NC_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")
ORDER = ["response-declaration", "outcome-declaration", "item-body", "response-processing"]


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def even(data: bytes) -> Element:
    """Return a tree in which names of all releases are alike: no namespace, small, hyphens."""
    root = fromstring(data)
    for one in root.iter():
        one.tag = hyphened(one.tag.partition("}")[2] or one.tag).removeprefix("qti-")
        for name in list(one.attrib):
            one.set(hyphened(name), one.attrib.pop(name))
    return root


def hyphened(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"-\1", name).lower()


def words(element: Element | None) -> str:
    assert element is not None
    return truth.squeezed("".join(element.itertext()))


@pytest.fixture(scope="module", params=[(r, one) for r in RELEASES for one in LANGUAGES])
def package(request):
    """The whole bank in a release and a language, unpacked; and that language."""
    release, language = request.param
    return unpacked(formats.get(release).write(bank(language))), language


def items(files: dict[str, bytes]) -> dict[str, Element]:
    return {
        name.removeprefix("items/").removesuffix(".xml"): even(data)
        for name, data in files.items()
        if name.startswith("items/")
    }


def test_the_bank_reads_back_the_same(package):
    files, language = package

    found = items(files)

    assert list(found) == [one.id for one in bank(language).items]
    for name, root in found.items():
        stem = root.find("item-body/div")
        if truth.kind(name) == "short":
            assert words(stem).startswith(truth.prompt(name, language))
        else:
            assert words(stem) == truth.prompt(name, language)
        check_key(root, name, language)


def check_key(root: Element, name: str, language: str) -> None:
    right = [one.text or "" for one in root.findall("response-declaration/correct-response/value")]
    if truth.kind(name) == "short":
        assert right == truth.forms(name)[:1]
        return
    tag = "simple-associable-choice" if truth.kind(name) == "matching" else "simple-choice"
    told = {one.get("identifier", ""): words(one) for one in root.iter(tag)}
    choices = truth.choices(name, language)
    if truth.kind(name) == "matching":
        pairs = [tuple(told[one] for one in pair.split()) for pair in right]
        assert pairs == list(zip(choices, truth.matched(name, language), strict=True))
    else:
        assert sorted(told.values()) == sorted(choices)
        assert [told[one] for one in right] == [choices[n] for n in truth.right(name)]


def test_the_parts_of_an_item_stand_in_the_order_of_the_schema(package):
    files, _ = package

    for root in items(files).values():
        tags = [one.tag for one in root]
        assert list(dict.fromkeys(tags)) == [*ORDER, "modal-feedback"]
        assert NC_NAME.match(root.get("identifier", ""))
        outcomes = {one.get("identifier"): one for one in root.findall("outcome-declaration")}
        assert outcomes["SCORE"].get("normal-maximum") == "1"


def test_every_file_is_listed_once_and_there(package):
    files, _ = package

    manifest = even(files["imsmanifest.xml"])
    listed = [one.get("href", "") for one in manifest.iter("file")]
    resources = [one.get("identifier", "") for one in manifest.iter("resource")]

    assert sorted(listed) == sorted(set(files) - {"imsmanifest.xml"})
    assert len(resources) == len(set(resources))
    assert all(NC_NAME.match(one) for one in resources)
    assert {one.get("identifierref") for one in manifest.iter("dependency")} < set(resources)


def test_the_test_asks_every_item(package):
    files, language = package

    hrefs = [one.get("href") for one in even(files["test.xml"]).iter("assessment-item-ref")]

    assert hrefs == [f"items/{one.id}.xml" for one in bank(language).items]


@pytest.mark.parametrize(
    ("release", "schema", "root"),
    [
        ("qti21", "QTIv2.1 Package", "{http://www.imsglobal.org/xsd/imsqti_v2p1}assessmentItem"),
        ("qti22", "QTIv2.2 Package", "{http://www.imsglobal.org/xsd/imsqti_v2p2}assessmentItem"),
        (
            "qti30",
            "QTI Package",
            "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}qti-assessment-item",
        ),
    ],
)
def test_each_release_says_what_it_is(release, schema, root):
    files = unpacked(formats.get(release).write(bundle(nasty_items()[:1])))

    assert even(files["imsmanifest.xml"]).findtext("metadata/schema") == schema
    assert fromstring(files["items/cdata-single.xml"]).tag == root


@pytest.mark.parametrize("release", RELEASES)
def test_nasty_texts_are_sound_xml_and_diagrams_come_along(release):
    files = unpacked(formats.get(release).write(bundle(nasty_items())))

    found = items(files)
    pictures = [name for name in files if name.startswith("images/")]
    (image, *_) = found["diagram-single"].iter("img")

    assert len(found) == len(nasty_items())
    assert image.get("src") == f"../{pictures[0]}"
    assert fromstring(files[pictures[0]]).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_list_has_no_attribute_that_qti_does_not_know():
    files = unpacked(formats.get("qti21").write(bundle(nasty_items())))

    lists = list(items(files)["numbers-single"].iter("ol"))
    assert lists
    assert not any(one.attrib for one in lists)


@pytest.mark.parametrize("release", RELEASES)
def test_no_questions_make_a_package_of_a_manifest(release):
    files = unpacked(formats.get(release).write(bundle([])))

    assert list(files) == ["imsmanifest.xml"]
