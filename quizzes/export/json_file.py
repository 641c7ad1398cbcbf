"""Questions as JSON: everything the bank knows of them, texts as the Markdown of their authors.

The form is published beside this module in questions.schema.json. A question's texts are in one
language; the file of another language has the same questions by the same ids.
"""

from __future__ import annotations

import json
from typing import Any

from quizzes.export.model import Bundle, Choice, Item

FORM = "gantry-questions"
VERSION = 1


def write(bundle: Bundle) -> bytes:
    document = {
        "format": FORM,
        "version": VERSION,
        "course": bundle.course,
        "course_title": bundle.course_title,
        "title": bundle.title,
        "language": bundle.language,
        "revised": bundle.revised.isoformat(),
        "questions": [_question(one) for one in bundle.items],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _question(item: Item) -> dict[str, Any]:  # Any: what JSON holds
    found: dict[str, Any] = {
        "id": item.id,
        "digest": item.digest,
        "kind": item.kind,
        "language": item.language,
        "task": item.task,
        "domain": item.domain,
        "difficulty": item.difficulty,
        "section": item.place,
        "chapter": item.chapter,
        "link": item.link,
        "prompt": item.prompt.markdown,
        "choices": [_choice(one, item) for one in item.choices],
        "explanation": item.explanation.markdown,
        "trap": item.trap.markdown,
        "sources": list(item.sources),
    }
    if item.given is not None:
        found["given"] = {
            "answers": [one.markdown for one in item.given.words],
            "right": item.given.is_right,
        }
    return found


def _choice(choice: Choice, item: Item) -> dict[str, Any]:  # Any: what JSON holds
    found: dict[str, Any] = {"id": choice.letter}
    if item.kind not in ("ordering", "matching"):
        found["right"] = choice.is_right
    if choice.number is not None:
        found |= {"number": str(choice.number), "unit": choice.unit}
    elif choice.forms:
        found["forms"] = list(choice.forms)
    else:
        found["text"] = choice.text.markdown
    if item.kind == "matching":
        found["match"] = choice.match
    return found | {"reason": choice.reason.markdown}
