"""Every language of a chapter has the same parts, and a chapter takes one sitting."""

from __future__ import annotations

import pytest

from content.catalog.draft import read_draft
from content.catalog.load import reading_minutes
from content.rendering import page
from tests.course.blocks import chapters, each, read_chapter
from tests.course.outline import code_differences, differences, outline

SOURCE = "ja"
SHORTEST, LONGEST = 8, 35

TRANSLATIONS = [one for one in chapters() if one.language != SOURCE]


@pytest.mark.parametrize("chapter", each(TRANSLATIONS))
def test_a_translation_has_the_parts_of_its_source(chapter):
    sources = [one for one in chapters() if one.stem == chapter.stem and one.language == SOURCE]
    assert sources, f"{chapter.path}: there is no {SOURCE}/{chapter.stem}.md"

    found = differences(sources[0], chapter)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("chapter", each(one for one in chapters() if one.language == SOURCE))
def test_every_chapter_is_translated(chapter):
    assert [one.path for one in TRANSLATIONS if one.stem == chapter.stem] != []


@pytest.mark.parametrize(
    "chapter",
    each(one for one in chapters() if one.language == SOURCE and not one.is_appendix),
)
def test_a_chapter_takes_one_sitting(chapter):
    draft = read_draft(
        chapter.text, language=SOURCE, stem=chapter.stem, path=chapter.path, render=page.render
    )
    assert draft.page is not None

    assert SHORTEST <= reading_minutes(draft.page.characters, SOURCE) <= LONGEST


_CHAPTER = """+++
+++

## One {#one}

!!! note
    Words.

| A | B |
|---|---|
| 1 | 2 |

### Two {#two}

```bash {title="a.sh"}
# say so
echo "some words" | cat
```

<details>
<summary>Why?</summary>

So.
</details>
"""


def chapter_in(language: str, text: str):
    return read_chapter(text, path=f"{language}/00-example.md")


def test_the_outline_names_every_part_in_order():
    found = [bone.what for bone in outline(chapter_in("en", _CHAPTER))]

    assert found == [
        "## one",
        "callout note",
        "table of 2 columns",
        "### two",
        "code in bash",
        "details",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{#two}", "{#three}"),
        ("!!! note", "!!! tip"),
        ("| A | B |\n|---|---|", "| A | B | C |\n|---|---|---|"),
        ("```bash", "```console"),
        ("<details>", "<p>"),
        ("| cat", "| wc"),
        ('echo "some', 'printf "some'),
        ('words" | cat', 'words" | cat\necho more'),
        ("some words", "other words"),
    ],
)
def test_a_difference_between_languages_is_found(old, new):
    source, translation = chapter_in("ja", _CHAPTER), chapter_in("en", _CHAPTER.replace(old, new))

    assert len(differences(source, translation)) == 1


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ('echo "some words"', 'echo "言葉"'),
        ("echo a  # why", "echo a  # なぜ"),
        ("# 一行\necho a", "# one line\n# and another\necho a"),
        ('  "description": "十日で消す",', '  "description": "Expire after ten days",'),
    ],
)
def test_comments_and_prose_may_differ(source, translation):
    assert code_differences(source, translation, language="bash") == []
