"""Writes courses of any size, with text like a real chapter's: prose, code, tables, a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COURSE = "containers"
LONG, SHORT = 8, 1  # sections of a chapter; short ones fill a course of many
MANY = 100
SUBJECTS = {
    "ja": "タスク定義 サービス クラスター リポジトリ イメージ 実行ロール ターゲットグループ "
    "サブネット ログドライバー シークレット ヘルスチェック キャパシティプロバイダー デプロイ "
    "ライフサイクルポリシー",
    "en": "task-definition service cluster repository image execution-role target-group subnet "
    "log-driver secret health-check capacity-provider deployment lifecycle-policy",
}
ACTIONS = {
    "ja": "を先に登録し、失敗したときは前の版へ戻します を増減させる前に、上限と下限を確かめます "
    "が参照する値は、起動のたびに読み直されます の状態は、イベントの順に記録されます "
    "に必要な権限だけを与え、ほかの操作は断ります は、停止の合図を受けてから三十秒だけ待ちます "
    "を別のリージョンへ複製すると、料金は二か所で生じます "
    "の名前を変えると、古い参照はすぐに切れます",
    "en": "is_registered_first_and_rolls_back_to_the_version_before_when_it_fails "
    "grows_and_shrinks_between_the_two_limits_that_you_have_set "
    "reads_its_values_anew_each_time_it_starts "
    "keeps_its_events_in_the_order_in_which_they_came "
    "gets_the_permissions_it_needs_and_no_others "
    "has_thirty_seconds_between_the_signal_to_stop_and_the_end "
    "costs_money_twice_when_it_is_copied_to_another_Region "
    "loses_its_old_references_at_once_when_it_is_renamed",
}
PARTS = {
    "front": """\
+++
title = "{title} {number}"
summary = "{line}"
checked = 2026-11-23
tasks = ["1.3", "2.1"]
sources = ["https://docs.aws.amazon.com/ecs/"]
+++

{prose}

""",
    "section": """\
## {subject} {nth} {{#part-{nth}}}

{prose}

### {subject} A {{#part-{nth}-a}}

{prose}

```bash {{title="step-{nth}.sh"}}
aws ecs describe-services --cluster web-{nth} --services "front-{nth}" \\
  --query 'services[0].deployments[].[id,rolloutState,runningCount]' --output table
for name in $(aws ecr describe-images --repository-name web-{nth} --output text); do
  echo "image ${{name}} is kept"   # {subject}
done
```

### {subject} B {{#part-{nth}-b}}

| {subject} | A | B |
|---|---|---|
| `web-{nth}` | {line} | 10{nth} |
| `api-{nth}` | {other} | 20{nth} |

!!! exam
    {line}

""",
    "drawing": """\
```diagram {title="Path of a request" desc="A box named balancer points right to a box named task."}
┌────────────┐      ┌────────────┐
│ balancer   │─────▶│ task       │
└────────────┘      └────────────┘
```

""",
    "course": """\
languages = ["ja", "en"]
chapters = [{stems}]
checked = 2026-11-23
licence = "CC BY-SA 4.0"

[title]
ja = "コンテナの教材"
en = "A course on containers"

[summary]
ja = "速さを測るための教材です。"
en = "A course to measure speed with."
""",
}


Contents = tuple[str, str, list[str]]  # a course, a chapter of it, the ids of its sections


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of courses, and the chapter of it that is visited."""

    folder: Path
    size: int
    course: str
    chapter: str
    contents: tuple[Contents, ...]  # of all courses, in order

    @property
    def url(self) -> str:
        return f"/learn/{self.course}/{self.chapter}/"


def write_shelf(folder: Path, size: int) -> Shelf:
    """Write a course of `size` chapters; the one visited has the same text in every size."""
    visited = size // 2
    contents: list[Contents] = []
    for number in range(size):
        is_visited = number == visited
        sections = LONG if size < MANY or is_visited else SHORT
        write_chapter(folder / COURSE, number, sections, 0 if is_visited else number + 1)
        ids = [f"part-{nth}" for nth in range(1, sections + 1)]
        contents.append((COURSE, f"chapter-{number}", ids))
    stems = ", ".join(f'"{number:02}-chapter-{number}"' for number in range(size))
    (folder / COURSE / "course.toml").write_text(PARTS["course"].format(stems=stems), "utf-8")
    return Shelf(folder, size, COURSE, f"chapter-{visited}", tuple(contents))


def write_chapter(course: Path, number: int, sections: int, variant: int) -> None:
    for language in SUBJECTS:
        path = course / "chapters" / language / f"{number:02}-chapter-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = PARTS["front"].format(
            title=SUBJECTS[language].split()[number % 13],
            number=number,
            line=sentence(language, 0),
            prose=prose(language, variant, 4),
        )
        path.write_text(front + body(language, sections, variant), "utf-8")


def body(language: str, sections: int, variant: int) -> str:
    """Return the sections; every variant has other sentences, so each is rendered by itself."""
    subjects, start = SUBJECTS[language].split(), variant * 13
    parts = [
        PARTS["section"].format(
            nth=nth,
            subject=subjects[nth],
            line=sentence(language, start + nth * 3),
            other=sentence(language, start + nth * 5 + 1),
            prose=prose(language, start + nth * 11, 5),
        )
        for nth in range(1, sections + 1)
    ]
    return PARTS["drawing"] + "".join(parts)


def prose(language: str, start: int, count: int) -> str:
    return " ".join(sentence(language, start + step) for step in range(count))


def sentence(language: str, nth: int) -> str:
    """Return the nth sentence: the words go round at different speeds, so few are alike."""
    subjects, actions = SUBJECTS[language].split(), ACTIONS[language].split()
    one, two = subjects[nth % len(subjects)], subjects[(nth * 5 + 3) % len(subjects)]
    action = actions[(nth * 3 + nth // 8) % len(actions)].replace("_", " ")
    if language == "ja":
        return f"{one}と{two}の間では、`{nth:03}` の設定にかかわらず、{one}{action}。"
    return f"Between {one} and {two} the **{one}** with setting `{nth:03}` {action}."
