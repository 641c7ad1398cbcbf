"""The few words that rendering itself puts on a page, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Labels in one language; braces are filled with `str.format`."""

    callouts: Mapping[str, str]
    callout_kind: str
    anchor: str
    answer: str
    backlink: str
    diagram: str
    table: str
    too_long: str
    failed: str


_ENGLISH = Words(
    callouts={
        "note": "Note",
        "tip": "Tip",
        "exam": "Exam trap",
        "cost": "Cost",
        "danger": "Danger",
    },
    callout_kind="{}: ",
    anchor="Link to this section: {}",
    answer="Answer",
    backlink="Back to where footnote {} is mentioned",
    diagram="Diagram",
    table="Table {}: {}",
    too_long="This chapter is too long to be shown.",
    failed="This chapter could not be laid out. Here is its text as it was written.",
)

_JAPANESE = Words(
    callouts={
        "note": "補足",
        "tip": "ヒント",
        "exam": "試験の落とし穴",
        "cost": "費用",
        "danger": "注意",
    },
    callout_kind="{}：",
    anchor="この見出しへのリンク：{}",
    answer="答え",
    backlink="脚注 {} の参照元へ戻る",
    diagram="図",
    table="表 {}：{}",
    too_long="この章は長すぎるため表示できません。",
    failed="この章は組版できませんでした。原稿をそのまま表示します。",
)


def words(language: str) -> Words:
    """The labels of a language code; any language but Japanese gets English ones."""
    return _JAPANESE if language == "ja" else _ENGLISH
