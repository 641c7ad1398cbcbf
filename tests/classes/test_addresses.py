"""Lists of addresses as people have them."""

from __future__ import annotations

import pytest

from classes import addresses
from classes.addresses import TooLongError, UnreadableError


def test_addresses_stand_one_a_line_or_in_any_cell():
    lines = ["Name,Mail", "田中,Aiko@Example.com", "ben@example.com", "X;chie@example.com;1"]
    text = "\n".join([*lines, "d\tdan@example.com"])

    found = addresses.read(text)

    assert found.emails == [
        "aiko@example.com", "ben@example.com", "chie@example.com", "dan@example.com",
    ]  # fmt: skip
    assert found.refused == []


def test_what_gives_no_new_address_is_told_with_its_line():
    text = "a@example.com\n\nA@example.com\nnobody\nx@\n=cmd|'/c calc'!A1@\n"

    found = addresses.read(text)

    assert found.emails == ["a@example.com"]
    assert [(one.line, one.why) for one in found.refused] == [
        (3, "twice"), (4, "no_address"), (5, "bad_address"), (6, "bad_address"),
    ]  # fmt: skip


def test_a_quoted_cell_may_hold_the_delimiter():
    assert addresses.read('"Tanaka, Aiko",aiko@example.com').emails == ["aiko@example.com"]


def test_ten_thousand_lines_are_read_and_one_more_is_refused():
    lines = [f"learner{n}@example.com" for n in range(addresses.MOST_LINES)]

    assert len(addresses.read("\n".join(lines)).emails) == addresses.MOST_LINES
    with pytest.raises(TooLongError):
        addresses.read("\n".join([*lines, "one-more@example.com"]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_files_of_every_spreadsheet_are_text(encoding):
    assert addresses.decoded("氏名,aiko@example.com".encode(encoding)) == "氏名,aiko@example.com"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00\xff\xff", b"\xff\xfe\x00", b"\xfd\xff\x80"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableError):
        addresses.decoded(data)


def test_an_unclosed_quote_harms_its_own_line_only():
    found = addresses.read('"aiko@example.com\nben@example.com')

    assert found.emails == ["aiko@example.com", "ben@example.com"]


def test_an_address_longer_than_the_column_is_refused():
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".example"

    assert addresses.read(long).emails == []
