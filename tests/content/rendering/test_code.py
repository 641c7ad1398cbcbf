"""Fences become listings and drawings."""

from __future__ import annotations

import pytest

from content.rendering import code, diagrams
from content.rendering.page import render

DRAWING = "┌─────┐\n│ ECR │\n└─────┘"


def test_a_listing_carries_its_name_language_and_marked_lines():
    page = render('```bash {title="push.sh" hl_lines="2"}\n# a\necho b\n```', language="en")

    assert page.intro == (
        '<figure class="code" data-language="bash"><figcaption>push.sh</figcaption>'
        '<div class="code-scroll"><pre tabindex="0"><code><span class="c1"># a</span>\n'
        '<span class="hll"><span class="nb">echo</span><span class="w"> </span>b\n</span>'
        "</code></pre></div></figure>"
    )
    assert page.intro_text == "push.sh\n# a\necho b"
    assert page.problems == ()


def test_a_session_tells_prompts_and_output_from_commands():
    page = render("```console\n$ docker ps\nCONTAINER ID\n```", language="en")

    assert '<span class="gp">$ </span>docker' in page.intro
    assert '<span class="go">CONTAINER ID</span>' in page.intro


def test_an_unlabelled_fence_is_plain_text():
    page = render("```\n<b> & {\n\tkept\n```", language="en")

    assert 'data-language="text"' in page.intro
    assert "<code>&lt;b&gt; &amp; {\n\tkept</code>" in page.intro


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("1. a\n\n    ```yaml\n    k: v\n      x: y\n    ```\n\n2. b", "<li>", "</li>"),
        ("> q\n> ```yaml\n> k: v\n>   x: y\n> ```\n> r", "<blockquote>", "</blockquote>"),
        ("!!! note\n    ```yaml\n    k: v\n      x: y\n    ```", "<aside", "</aside>"),
        ("Text:\n\n[^1]\n\n[^1]: a\n\n    ~~~yaml\n    k: v\n      x: y\n    ~~~", "<li", "</li>"),
    ],
    ids=["list", "quotation", "callout", "footnote"],
)
def test_fences_stand_inside_other_blocks(source, before, after):
    page = render(source, language="en")

    head, _, tail = page.intro.partition('<figure class="code" data-language="yaml">')

    assert before in head
    assert after in tail
    assert "\n  x: y" in page.intro_text.replace("k: v\n  x: y", "\n  x: y")
    assert page.problems == ()


@pytest.mark.parametrize(
    ("fence", "what"),
    [
        ("```klingon", "no colours are known for the language klingon"),
        ('```bash {titel="x"}', "this block has an unknown option titel"),
        ("```bash {title=", "the words after the fence cannot be read: bash {title="),
        ('```bash {hl_lines="3"}', "hl_lines names 3, which is no line of this block"),
        ('```bash {hl_lines="x"}', "hl_lines names x, which is no line of this block"),
    ],
)
def test_a_faulty_fence_is_reported_with_its_line_and_shown(fence, what):
    page = render(f"text\n\n{fence}\necho a\n```\n", language="en")

    assert [(problem.line, problem.what) for problem in page.problems] == [(3, what)]
    assert "a\n" in page.intro_text + "\n"


def test_a_fence_that_is_never_closed_is_reported():
    page = render("a\n\n```bash\necho\n\n## B {#b}\n", language="en")

    assert [(problem.line, problem.what) for problem in page.problems] == [
        (3, "this fence is never closed")
    ]
    assert page.sections == ()


def test_a_longer_fence_holds_shorter_ones():
    page = render("````text\n```bash\nx\n```\n````\n", language="en")

    assert page.intro_text == "```bash\nx\n```"


def test_indented_code_is_a_listing_too():
    page = render("text\n\n    a < b &amp;\n", language="en")

    assert '<pre tabindex="0"><code>a &lt; b &amp;amp;</code></pre>' in page.intro


def test_a_diagram_is_drawn_with_ids_of_its_own():
    fence = f'```diagram {{title="A <b>" desc="Says & shows"}}\n{DRAWING}\n```\n'

    page = render(f"{fence}\n{fence}", language="ja")

    assert page.intro.count("<svg") == 2
    assert 'id="d1' in page.intro
    assert 'id="d2' in page.intro
    assert "A &lt;b&gt;" in page.intro
    assert "ECR" in page.intro_text
    assert page.problems == ()


@pytest.mark.parametrize("error", [ValueError("row 2 is torn"), RecursionError(), KeyError("x")])
def test_a_diagram_that_cannot_be_drawn_is_shown_as_text(monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(diagrams, "figure", fail)

    page = render('a\n\n```diagram {title="T"}\n<b>│\n```\n', language="en")

    assert '<pre class="diagram-source" tabindex="0">&lt;b&gt;│</pre>' in page.intro
    assert page.problems[0].line == 3
    assert page.problems[0].what.startswith("this diagram cannot be drawn")


def test_a_diagram_without_a_title_is_reported():
    page = render(f"```diagram\n{DRAWING}\n```\n", language="en")

    assert [problem.what for problem in page.problems] == ["this diagram has no title"]


def test_an_unknown_language_is_named():
    assert "<code>x" in code.figure("x", language="klingon", marked=())

    with pytest.raises(code.UnknownLanguageError, match="klingon"):
        code.check_language("klingon")


def test_a_very_long_listing_is_shown_without_colours():
    drawn = code.figure("x = 1\n" * 20_000, language="python")

    assert "<span" not in drawn


def test_a_fence_that_is_indented_without_need_is_a_listing():
    page = render(
        "text\n\n    ```text\n    a\n    ```\n    ```text\n    b\n    ```\n", language="en"
    )

    assert page.intro.count("<figure") == 2
    assert page.intro_text == "text\na\nb"


def test_only_so_many_listings_are_coloured_in_one_chapter():
    page = render("```bash\necho\n```\n" * 1_001, language="en")

    assert page.intro.count('data-language="bash"') == 1_000
    assert [problem.line for problem in page.problems] == [3_001]
