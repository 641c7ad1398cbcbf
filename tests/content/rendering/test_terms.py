"""Which words of a chapter lead to the glossary."""

from __future__ import annotations

import re

import pytest

from content.rendering.page import render
from content.rendering.terms import MOST, Word, link_terms

TASK = Word("task", "タスク", "動いている実体。")
DEFINITION = Word("definition", "タスク定義", "ひな型。")
EN_TASK = Word("task", "task", "What runs.")
EN_DEFINITION = Word("definition", "task definition", "A template.")
LINK = re.compile(r'<a class="term" href="\.\./glossary/#([^"]+)" title="[^"]*">([^<]*)</a>')


def linked(*bodies: str, words: list[Word]) -> list[list[tuple[str, str]]]:
    """Return, for each chapter, the ids and words that were linked."""
    pages = link_terms([render(body, language="en") for body in bodies], words)
    return [
        LINK.findall("".join([page.intro, *(part.html for part in page.sections)]))
        for page in pages
    ]


def test_a_link_leads_to_the_glossary_and_says_the_meaning():
    word = Word("task", "task", 'What "runs" <here> & now.')

    (page,) = link_terms([render("A task runs.", language="en")], [word])

    assert page.intro == (
        '<p>A <a class="term" href="../glossary/#task"'
        ' title="What &quot;runs&quot; &lt;here&gt; &amp; now.">task</a> runs.</p>'
    )


def test_only_the_first_place_of_a_chapter_is_linked():
    body = "A task.\n\n## One {#one}\n\nThe task and the tasks.\n"

    assert linked(body, body, words=[EN_TASK]) == [[("task", "task")]] * 2


def test_titles_text_and_length_of_a_page_stay_as_they_are():
    page = render("A task.\n\n## A task {#one}\n\nAnother role.\n", language="en")

    (after,) = link_terms([page], [EN_TASK, Word("role", "role", "Rights.")])

    assert after.sections[0].html != page.sections[0].html
    assert (after.intro_text, after.characters) == (page.intro_text, page.characters)
    assert (after.sections[0].title, after.sections[0].text) == (
        page.sections[0].title,
        page.sections[0].text,
    )


def test_without_terms_pages_stay_as_they_are():
    page = render("A task.", language="en")

    assert link_terms([page], []) == (page,)


@pytest.mark.parametrize(
    "body",
    [
        "## task {#one}\n\n### task {#two}\n\n#### task\n",
        "`task` and [the task](https://example.com/task).",
        "```bash\ntask\n```",
        '```diagram {title="A task" desc="The task."}\n┌──────┐\n│ task │\n└──────┘\n```',
        "| task |\n|---|\n| task |",
        "<details>\n<summary>A task?</summary>\n\nYes.\n</details>",
        '!!! note "A task"\n    Words.',
        "task\n:   What runs.",
        "![a task](images/task.png)",
        "multitask, task-based, sub-task, task_role, tasking, Task1",
    ],
)
def test_only_running_text_is_linked(body):
    assert linked(body, words=[EN_TASK]) == [[]]


@pytest.mark.parametrize(
    "body",
    [
        "A task.",
        "- a task",
        "1. **task**",
        "> a *task*",
        "word\n:   A task.",
        "!!! note\n    A task.",
        "<details>\n<summary>What?</summary>\n\nA task.\n</details>",
        "(task), the task's end, task.",
        "A `task`, then task.",
    ],
)
def test_paragraphs_lists_and_definitions_are_linked(body):
    assert linked(body, words=[EN_TASK]) == [[("task", "task")]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tasks run.", "task"),
        ("TASK runs.", "task"),
        ("The policies apply.", "policy"),
        ("Both searches end.", "search"),
        ("A task\ndefinition.", "task definition"),
        ("Task Definitions.", "task definition"),
        ("ＥＣＳ の ECS Exec を使う。", "ecs exec"),
        ("İstanbul has a task.", "task"),
    ],
)
def test_a_latin_name_is_found_in_any_case_and_in_the_plural(text, name):
    ((found,),) = linked(text, words=[Word("it", name, "x")])

    assert found[0] == "it"
    assert found[1] in text


@pytest.mark.parametrize(
    "text", ["マルチタスク。", "タスク定義。", "タスクロール。", "全タスク。", "タスクー。"]
)
def test_a_japanese_name_inside_a_longer_word_is_not_linked(text):
    assert linked(text, words=[TASK]) == [[]]


@pytest.mark.parametrize(
    "text", ["このタスクは動く。", "「タスク」", "ECS タスクを", "タスク（task）"]
)
def test_a_japanese_name_by_itself_is_linked(text):
    assert linked(text, words=[TASK]) == [[("task", "タスク")]]


def test_the_longer_name_comes_first():
    assert linked("タスク定義とタスク。", words=[TASK, DEFINITION]) == [
        [("definition", "タスク定義"), ("task", "タスク")]
    ]
    assert linked("A task definition.", words=[EN_TASK, EN_DEFINITION]) == [
        [("definition", "task definition")]
    ]


def test_a_name_with_an_ampersand_is_found():
    assert linked("Questions & answers.", words=[Word("it", "questions & answers", "x")]) == [
        [("it", "Questions &amp; answers")]
    ]


def test_a_name_is_not_a_pattern():
    assert linked("A v1.2 (beta) it is, not v1x2.", words=[Word("it", "v1.2 (beta)", "x")]) == [
        [("it", "v1.2 (beta)")]
    ]


def test_a_page_links_the_terms_that_the_fewest_pages_name():
    words = [Word(f"t{n}", f"word{n}", "x") for n in range(MOST + 3)]
    everything = " ".join(word.name for word in words)
    common = " ".join(word.name for word in words[:3])

    first, second = linked(everything, common, words=words)

    assert [term for term, _ in first] == [word.id for word in words[3:]]
    assert [term for term, _ in second] == ["t0", "t1", "t2"]


def test_a_term_of_most_pages_is_linked_up_to_the_page_that_explains_it():
    bodies = ["A task.", "A task.", "A task.", "Words."]

    assert linked(*bodies, words=[Word("task", "task", "x", explained_on=1)]) == [
        [("task", "task")],
        [("task", "task")],
        [],
        [],
    ]


def test_a_term_of_most_pages_comes_before_the_rare_ones():
    rare = [Word(f"t{n}", f"word{n}", "x") for n in range(MOST)]
    everything = " ".join(word.name for word in rare) + " task"
    words = [*rare, Word("task", "task", "x", explained_on=1)]

    first, second, third = linked(everything, "A task.", "A task.", words=words)

    assert len(first) == MOST
    assert ("task", "task") in first
    assert (second, third) == ([("task", "task")], [])


def test_a_rare_term_is_linked_after_the_page_that_explains_it_too():
    bodies = ["A task.", "Words.", "A task.", "Words."]

    assert linked(*bodies, words=[Word("task", "task", "x", explained_on=0)]) == [
        [("task", "task")],
        [],
        [("task", "task")],
        [],
    ]
