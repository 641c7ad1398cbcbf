"""Links and images lead only where a chapter may lead."""

from __future__ import annotations

import pytest

from content.rendering.page import Reference, render


def test_links_between_chapters_are_rewritten_and_noted_with_their_lines():
    page = render(
        "`[x](#push)`\n\n[a](02-ecr.md#push)\n[b](#push) and [c](a-labs.md)\n\n[d](#push)",
        language="en",
    )

    assert '<a href="../ecr/#push">a</a>' in page.intro
    assert '<a href="#push">b</a>' in page.intro
    assert '<a href="../labs/">c</a>' in page.intro
    assert page.links == (
        Reference(3, "02-ecr.md#push"),
        Reference(4, "#push"),
        Reference(4, "a-labs.md"),
        Reference(6, "#push"),
    )


@pytest.mark.parametrize("written", ["[t](https://a.example/?b=1&copy=2)", "<https://a.example/>"])
def test_an_external_link_gives_nothing_away(written):
    page = render(written, language="en")

    assert 'class="external"' in page.intro
    assert 'rel="noopener noreferrer"' in page.intro
    assert "target=" not in page.intro
    assert page.links == ()
    assert page.problems == ()


def test_an_ampersand_in_an_address_is_kept_as_it_was_written():
    page = render("[t](https://a.example/?b=1&copy=2)", language="en")

    assert 'href="https://a.example/?b=1&amp;copy=2"' in page.intro


def test_a_mail_address_may_be_linked():
    page = render("[t](mailto:a@b.example)", language="en")

    assert page.intro == '<p><a href="mailto:a@b.example">t</a></p>'


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&#58;alert(1)",
        "java&#x0A;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/accounts/logout/",
        "../other/",
        "https:evil.example",
        "https://user@evil.example/",
        "https://good.example\\@evil.example/",
        "ecr.md",
        "#Not-An-Id",
        "",
    ],
)
def test_any_other_target_is_unlinked_and_reported(target):
    page = render(f"a\n\n[text]({target})", language="en")

    assert page.intro == "<p>a</p>\n<p>text</p>"
    assert [problem.line for problem in page.problems] == [3]
    assert "may not lead to" in page.problems[0].what


def test_links_by_reference_are_settled_like_the_others():
    page = render("[a][b] [c][d]\n\n[b]: javascript:alert(1)\n[d]: 02-ecr.md\n", language="en")

    assert page.intro == '<p>a <a href="../ecr/">c</a></p>'
    assert page.problems[0].line == 3
    assert page.links == (Reference(4, "02-ecr.md"),)


def test_an_image_comes_from_the_folder_of_the_course():
    page = render("a\n\n![Two tasks](images/two-tasks.png)", language="en")

    assert (
        '<img alt="Two tasks" decoding="async" loading="lazy" src="../media/two-tasks.png">'
        in page.intro
    )
    assert page.images == (Reference(3, "images/two-tasks.png"),)
    assert page.problems == ()


def test_an_image_without_words_is_reported():
    page = render("a\n\n![ ](images/x.png)", language="en")

    assert [problem.line for problem in page.problems] == [3]
    assert "has no words" in page.problems[0].what


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "/media/x.png",
        "../images/x.png",
        "images/../../x.png",
        "images/.x.png",
        "images/x.html",
        "images/x",
        "data:image/png;base64,AAAA",
        "images/x.png?y",
    ],
)
def test_an_image_from_elsewhere_is_taken_out_and_reported(target):
    page = render(f"![Words]({target})", language="en")

    assert page.intro == "<p>Words</p>"
    assert page.images == ()
    assert [problem.line for problem in page.problems] == [1]
