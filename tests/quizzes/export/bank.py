"""The whole bank as its authors wrote it, and questions nobody should have written."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from content import library
from content.catalog.quiz.schema import QuestionTable
from content.catalog.quiz.texts import payload_of
from quizzes import exporting
from quizzes.export.items import item
from quizzes.export.model import Bundle, Item, Keys
from quizzes.exporting import Wanted

ROOT = Path(__file__).resolve().parents[3]
COURSE = "aws-ecs-ecr"
LANGUAGES = ("ja", "en")
REVISED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DRAWING = "┌──────┐   ┌──────┐\n│ ECR  │──▶│ 図   │\n└──────┘   └──────┘"
NASTY = {
    "cdata": "Ends ]]> early & <b>bold</b> &amp; &lt; <svc> {{Front}} {{c1::x}}",
    "gift": r"a=b ~c #d {e} f:g // h \ i %50% -> j ####k ::l::",
    "gift-code": "```bash\n// comment\n\nprintf '%s\\n' \"${A:-x}\"  # = ~ { }\n```",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "at": "@SUM(1)",
    "dashes": "--cluster my-cluster",
    "controls": "a\x00b\x0bc\x1fd\u0085e\ufffef\u2028g",
    "right-to-left": "ما هو ECR؟ \u202eabc\u202c",
    "emoji": "🐳 👩‍💻 が起動する 𠮷野家",
    "math": r"\\(x\\) \\[y\\] $z$ [sound:a.mp3] [latex]",
    "diagram": f'The picture:\n\n```diagram {{title="図 1" desc="ECR → 図"}}\n{DRAWING}\n```',
    "broken-diagram": '```diagram {title="none"}\nno box at all\n```',
    "table": "| a | b |\n|---|---|\n| 1 \\| 2 | `x` |",
    "numbers": "3. three\n4. four",
    "quote": "> said\n\n![a chart](images/chart.png) <br> end",
    "aiken": "ANSWER: A",
    "long-code": "```json\n" + '{"k": "v // = ~ {} ]]>"}\n' * 1300 + "```",
}


@cache
def bank(language: str, keys: Keys = "inline") -> Bundle:
    """Return the whole bank of the course that is shipped."""
    wanted = Wanted(language, "https://study.example.com", keys)
    return exporting.of_bank(library.course(COURSE), "course", "", wanted, None)


@cache
def authored() -> dict[str, Any]:
    """Return every question as its file says it, by id; read without any code of ours."""
    files = sorted((ROOT / f"content/courses/{COURSE}/quizzes").glob("*.toml"))
    tables = [tomllib.loads(one.read_text(encoding="utf-8")) for one in files]
    return {one["id"]: one for table in tables for one in table.get("question", ())}


def payload(question_id: str, text: str, kind: str = "single") -> str:
    """Return the payload of a question all of whose texts hold `text`."""
    both = dict.fromkeys(LANGUAGES, text)

    def line(n: int) -> dict[str, str]:
        one = " ".join(text.replace("```", "").split())[:300] if "\n" in text else text
        return dict.fromkeys(LANGUAGES, f"{one} ({n})")

    choices: list[dict[str, Any]] = [{"reason": both, "text": line(n)} for n in range(5)]
    if kind == "single":
        choices[2]["right"] = True
    elif kind == "multiple":
        choices[0]["right"] = choices[3]["right"] = True
    elif kind == "matching":
        choices = [one | {"match": line(n + 10)} for n, one in enumerate(choices)]
    elif kind == "short":
        form = " ".join(text.split())[:200]
        choices = [{"reason": both, "right": True, "forms": [form, "*"]}]
    table = {
        "id": question_id,
        "kind": kind,
        "task": "1.1",
        "difficulty": 2,
        "section": "02-ecr.md#push",
        "sources": ["https://docs.aws.amazon.com/ecs/"],
        "prompt": both,
        "explanation": both,
        "trap": both,
        "choice": choices,
    }
    return payload_of(msgspec.convert(table, QuestionTable))


def nasty_items(language: str = "en") -> list[Item]:
    """Return questions of every kind with every text that formats trip over."""
    kinds = ("single", "multiple", "ordering", "matching", "short")
    return [
        item(payload(f"{name}-{kind}", text, kind), language)
        for name, text in NASTY.items()
        for kind in kinds
    ]


def number_item(language: str = "en") -> Item:
    """Return a short question whose right answer is 2 min; 2 h is a wrong one that was foreseen."""
    table = json.loads(payload("a-number", "How long?", "short"))
    reason = table["choice"][0]["reason"]
    table["choice"] = [
        {"reason": reason, "right": True, "number": "2", "unit": "min"},
        {"reason": reason, "number": "2", "unit": "h"},
    ]
    return item(payload_of(msgspec.convert(table, QuestionTable, strict=False)), language)


def bundle(items: list[Item], *, language: str = "en", keys: Keys = "inline") -> Bundle:
    return Bundle("demo", "A course", "All", "demo", language, REVISED, items, keys)
