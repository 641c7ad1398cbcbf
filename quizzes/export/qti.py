"""QTI 2.1, 2.2 and 3.0: a package of items, a test of them, and a manifest.

Items are written with the names of QTI 2; `qti_names` gives a tree those of QTI 3, which writes
the same things with hyphens. Credit is all or nothing, as in the exam; of a short question, every
accepted spelling is mapped to the whole point. A stem stands in one div: the Canvas importer reads
nothing beside div and p.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quizzes.export import parts
from quizzes.export.archive import archive
from quizzes.export.elements import element
from quizzes.export.model import Bundle, Item
from quizzes.export.pictures import Files
from quizzes.export.qti_items import FEEDBACK, body, declarations, identifier
from quizzes.export.qti_names import as_qti3

XSI = "http://www.w3.org/2001/XMLSchema-instance"
TOOL = "Gantry"


@dataclass(frozen=True, slots=True)
class Release:
    """What differs between releases of QTI."""

    name: str
    namespace: str
    schema: str
    manifest_namespace: str
    manifest_schema: str
    title: str
    version: str
    item_type: str
    test_type: str

    @property
    def is_third(self) -> bool:
        return self.name == "3.0"


_V2 = "http://www.imsglobal.org/xsd/imsqti_v2p{}"
_V2_SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p{0}/imsqti_v2p{0}.xsd"
_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
RELEASES = {
    "2.1": Release(
        "2.1",
        _V2.format(1),
        _V2_SCHEMA.format(1),
        _CP,
        "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
        "QTIv2.1 Package",
        "1.0.0",
        "imsqti_item_xmlv2p1",
        "imsqti_test_xmlv2p1",
    ),
    "2.2": Release(
        "2.2",
        _V2.format(2),
        _V2_SCHEMA.format(2),
        _CP,
        "http://www.imsglobal.org/xsd/qti/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
        "QTIv2.2 Package",
        "1.0.0",
        "imsqti_item_xmlv2p2",
        "imsqti_test_xmlv2p2",
    ),
    "3.0": Release(
        "3.0",
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
        "QTI Package",
        "3.0.0",
        "imsqti_item_xmlv3p0",
        "imsqti_test_xmlv3p0",
    ),
}


def writer(release: str) -> partial[bytes]:
    """Return the function that writes packages of a release."""
    return partial(_write, release=RELEASES[release])


def _write(bundle: Bundle, release: Release) -> bytes:
    files: dict[str, bytes] = {}
    used: dict[str, list[str]] = {}
    for item in bundle.items:
        pictures = Files(lambda name: f"../images/{name}")
        path = _path(item)
        files[path] = _document(_item(item, pictures, release), release)
        used[path] = [f"images/{name}" for name in pictures.all]
        files |= {f"images/{name}": data for name, data in pictures.all.items()}
    if bundle.items:
        files["test.xml"] = _document(_test(bundle), release)
    manifest = {"imsmanifest.xml": _manifest(bundle, used, release)}
    return archive(manifest | files)


def _path(item: Item) -> str:
    return f"items/{item.id}.xml"


def _item(item: Item, files: Files, release: Release) -> Element:
    root = element(
        "assessmentItem",
        identifier=identifier(item.id),
        title=item.id,
        adaptive="false",
        timeDependent="false",
        xml_lang=item.language,
        toolName=TOOL,
        toolVersion="1",
    )
    root.extend(declarations(item))
    root.append(body(item, files.picture))
    root.append(_processing(item))
    why = [*parts.solved(item, files.picture), *parts.why(item, files.picture)]
    shown = element("div", *why)
    inside = element("qti-content-body", shown) if release.is_third else shown
    feedback = {"outcomeIdentifier": FEEDBACK, "identifier": "WHY", "showHide": "show"}
    root.append(element("modalFeedback", inside, **feedback))
    for one in root.iter("ol"):  # QTI 2 has no first number
        one.attrib.pop("start", None)
    return root


def _processing(item: Item) -> Element:
    """Return how an answer is marked: the whole point or none, then why is shown."""
    if item.kind == "short":
        marked = _set("SCORE", element("mapResponse", identifier="RESPONSE"))
    else:
        given = element("variable", identifier="RESPONSE")
        is_right = element("match", given, element("correct", identifier="RESPONSE"))
        point = _set("SCORE", element("baseValue", "1", baseType="float"))
        none = _set("SCORE", element("baseValue", "0", baseType="float"))
        marked = element(
            "responseCondition",
            element("responseIf", is_right, point),
            element("responseElse", none),
        )
    shown = _set(FEEDBACK, element("baseValue", "WHY", baseType="identifier"))
    return element("responseProcessing", marked, shown)


def _set(name: str, value: Element) -> Element:
    return element("setOutcomeValue", value, identifier=name)


def _test(bundle: Bundle) -> Element:
    section = element("assessmentSection", identifier="ALL", title=bundle.title, visible="true")
    for item in bundle.items:
        SubElement(
            section,
            "assessmentItemRef",
            {"identifier": identifier(item.id), "href": _path(item)},
        )
    part = element(
        "testPart",
        section,
        identifier="PART",
        navigationMode="nonlinear",
        submissionMode="simultaneous",
    )
    return element(
        "assessmentTest",
        part,
        identifier=identifier(bundle.name),
        title=bundle.title,
        toolName=TOOL,
        toolVersion="1",
    )


def _document(root: Element, release: Release) -> bytes:
    if release.is_third:
        as_qti3(root)
    return _xml(root, release.namespace, release.schema)


def _xml(root: Element, namespace: str, schema: str) -> bytes:
    root.set("xmlns", namespace)
    root.set("xmlns:xsi", XSI)
    root.set("xsi:schemaLocation", f"{namespace} {schema}")
    text = tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _manifest(bundle: Bundle, used: dict[str, list[str]], release: Release) -> bytes:
    root = element("manifest", identifier=identifier(f"{bundle.name}-{bundle.language}"))
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = release.title
    SubElement(metadata, "schemaversion").text = release.version
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    if used:
        test = _resource(resources, "test", release.test_type, "test.xml", [])
        for path in used:
            SubElement(test, "dependency", {"identifierref": _resource_id(path)})
    for path, pictures in used.items():
        _resource(resources, _resource_id(path), release.item_type, path, pictures)
    indent(root)
    return _xml(root, release.manifest_namespace, release.manifest_schema)


def _resource_id(path: str) -> str:
    return identifier(f"item-{path.removeprefix('items/').removesuffix('.xml')}")


def _resource(parent: Element, name: str, kind: str, path: str, pictures: list[str]) -> Element:
    found = SubElement(parent, "resource", {"identifier": name, "type": kind, "href": path})
    for file in (path, *pictures):
        SubElement(found, "file", {"href": file})
    return found
