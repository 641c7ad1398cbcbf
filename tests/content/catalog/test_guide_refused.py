"""Guides that cannot be imported are refused with what is wrong and where."""

from __future__ import annotations

import pytest

from content.catalog.guide import MAX_BYTES, GuideError, convert, decode
from tests.content.catalog.guides import TODAY, convert_text


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("text only\n", None, "no chapter"),
        ("# Title\n\n### Section\n", None, "no chapter"),
        ("## 1. A\n\n```bash\nls\n\n## 2. B\n", 3, "never closed"),
        ("## 1. A\n\n<details>\n\n## 2. B\n", 3, "never closed"),
        ("## A\n" * 100, 100, "more than 99 chapters"),
        ("## 付録: A\n" * 27, 27, "more than 26 appendices"),
    ],
)
def test_a_guide_that_cannot_be_cut_is_refused_with_its_line(text, line, what):
    with pytest.raises(GuideError, match=what) as caught:
        convert_text(text)

    assert caught.value.line == line


@pytest.mark.parametrize("slug", ["", "Big", "a_b", "-a", "a/b", "..", "a--b", "a\n"])
def test_a_course_needs_a_name_that_can_stand_in_an_address(slug):
    with pytest.raises(GuideError, match="cannot be the name of a course"):
        convert_text("## A\n", slug=slug)


def test_a_language_is_a_code():
    with pytest.raises(GuideError, match="is no language"):
        convert("## A\n", slug="a", language="../x", today=TODAY)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("## 港の倉庫と船".encode("cp932"), "Shift_JIS"),
        ("## 港のそうこと船".encode("euc_jp"), "EUC-JP"),
        ("## 港の倉庫".encode("iso2022_jp"), "ISO-2022-JP"),
        ("## 港".encode("utf-16"), "UTF-16"),
        ("## 港\n箱\n".encode("utf-16-le"), "UTF-16LE"),
        ("## 港\n箱\n".encode("utf-16-be"), "UTF-16BE"),
        ("## 港".encode("utf-32"), "UTF-32"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file"),
        (b"## a\n\x07bell", "control character"),
        (b"## a\ncaf\xe9", "does not belong in UTF-8"),
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"#" * (MAX_BYTES + 1), "the most that is read"),
    ],
)
def test_bytes_that_are_no_utf8_text_are_named(data, what):
    with pytest.raises(GuideError, match=what):
        decode(data)


def test_a_broken_byte_is_told_with_its_line():
    with pytest.raises(GuideError) as caught:
        decode(b"## a\n\nb\xff\n")

    assert caught.value.line == 3


def test_a_byte_order_mark_and_any_line_ends_are_read():
    assert decode(b"\xef\xbb\xbf# a\r\n\rb\n") == "# a\n\nb\n"
