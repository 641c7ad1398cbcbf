"""Files as other tools write them, made small."""

from __future__ import annotations

import io
import json
import zipfile

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{}</resources>
</manifest>"""


def json_of(*questions: dict[str, object], version: int = 1) -> bytes:
    document = {"format": "gantry-questions", "version": version, "questions": questions}
    return json.dumps(document).encode()


def json_question(number: int = 1, **changes: object) -> dict[str, object]:
    """Return a single question in English, in the form of our own JSON."""
    choices = [{"text": f"choice {n}", "right": n == 1, "reason": f"why {n}"} for n in range(3)]
    question: dict[str, object] = {
        "id": f"question-{number}",
        "kind": "single",
        "language": "en",
        "prompt": f"What is {number}?",
        "choices": choices,
        "explanation": "This is why.",
        "trap": "This misleads.",
    }
    return question | changes


def moodle_of(*questions: str) -> bytes:
    return f'<?xml version="1.0"?><quiz>{"".join(questions)}</quiz>'.encode()


def moodle_question(kind: str = "multichoice", inner: str = "", text: str = "What?") -> str:
    return (
        f'<question type="{kind}"><name><text>Q</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'
        f"{inner or moodle_answers(100, 0, 0)}</question>"
    )


def moodle_answers(*fractions: float) -> str:
    return "".join(
        f'<answer fraction="{one}" format="html"><text>answer {n}</text>'
        f"<feedback><text>why {n}</text></feedback></answer>"
        for n, one in enumerate(fractions)
    )


def qti_item(
    interaction: str,
    keys: tuple[str, ...] = ("A",),
    cardinality: str = "single",
    body: str = "<p>Which?</p>",
) -> bytes:
    values = "".join(f"<value>{one}</value>" for one in keys)
    return (
        f'<assessmentItem xmlns="{QTI}" identifier="i1" title="An item">'
        f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="identifier">'
        f"<correctResponse>{values}</correctResponse></responseDeclaration>"
        f"<itemBody>{body}{interaction}</itemBody></assessmentItem>"
    ).encode()


CHOICES = (
    '<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>Pick one.</prompt>'
    '<simpleChoice identifier="A">a <feedbackInline identifier="A">why a</feedbackInline>'
    '</simpleChoice><simpleChoice identifier="B">b</simpleChoice></choiceInteraction>'
)


def qti_package(items: dict[str, bytes], **more: bytes) -> bytes:
    """Return a package whose manifest names `items`; `more` are files beside them."""
    resources = "".join(f'<resource type="imsqti_item_xmlv2p1" href="{one}"/>' for one in items)
    manifest = MANIFEST.format(resources).encode()
    return zip_of({"imsmanifest.xml": manifest} | items | more)


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
