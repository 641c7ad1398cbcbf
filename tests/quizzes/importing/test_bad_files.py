"""Files that are broken, hostile or not what their name says are refused whole, with a reason."""

from __future__ import annotations

import struct

import pytest

from quizzes.importing import formats, qti
from quizzes.importing.model import MAX_BYTES, MAX_QUESTIONS, Unreadable
from tests.quizzes.importing.samples import (
    CHOICES,
    MANIFEST,
    json_of,
    json_question,
    moodle_of,
    moodle_question,
    qti_item,
    qti_package,
    zip_of,
)

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><quiz><question>&j;</question></quiz>"
)
OUTSIDE = (
    b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<quiz><question type="essay">&x;</question></quiz>'
)
DEEP = b"<quiz>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</quiz>"
ENDINGS = ("json", "csv", "xml", "gift", "txt", "zip")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("bomb.xml", BOMB, "document type or entities"),
        ("outside.xml", OUTSIDE, "document type or entities"),
        ("deep.xml", DEEP, "nested deeper"),
        ("cut.xml", b"<quiz><question>", "not well-formed"),
        ("odd.xml", b'<?xml version="1.0" encoding="klingon"?><quiz/>', "not well-formed"),
        ("page.xml", b"<html/>", "no Moodle XML"),
        ("picture.json", b"\x89PNG\r\n\x1a\n", "not UTF-8"),
        ("deep.json", b"[" * 200_000, "not JSON"),
        ("list.json", b"[]", "does not say"),
        ("new.json", json_of(version=9), "version is 9"),
        ("moodle.json", moodle_of(), "not JSON"),
        ("japanese.csv", "prompt,correct,choice_a\n問,A,答".encode("shift_jis"), "not UTF-8"),
        ("wide.gift", "問 {=答}".encode("utf-16"), "not UTF-8"),
        ("zeros.csv", b"prompt\0,correct", "zero bytes"),
        ("other.csv", b"name;mark\nx;1", "names no column prompt"),
        ("quote.csv", b'prompt,correct,choice_a\n"a"b,A,c', "no CSV"),
        ("prose.txt", b"Just some words.", "no GIFT"),
        ("questions.docx", b"PK\x03\x04", "tells no format"),
        ("package.xml", qti_package({}), "a zip archive"),
        ("not.zip", b"not a zip at all", "cannot be unpacked"),
        ("cut.zip", qti_package({"a.xml": qti_item(CHOICES)})[:-40], "cannot be unpacked"),
        ("lone.zip", zip_of({"a.xml": b"<a/>"}), "no imsmanifest.xml"),
        ("third.zip", zip_of({"imsmanifest.xml": MANIFEST.format("").encode()}), "no items of QTI"),
        ("up.zip", qti_package({"../../up.xml": qti_item(CHOICES)}), "outside"),
        ("root.zip", qti_package({"/etc/x.xml": qti_item(CHOICES)}), "outside"),
        ("windows.zip", qti_package({"..\\up.xml": qti_item(CHOICES)}), "outside"),
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_a_reason(name, data, told):
    with pytest.raises(Unreadable, match=told) as error:
        formats.read(name, data, "en")

    assert error.value.mend


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("data", [b"", b"  \r\n\t ", b"\xff\xfe", b"\x00" * 100])
def test_no_file_of_nothing_makes_trouble(ending, data):
    with pytest.raises(Unreadable):
        formats.read(f"empty.{ending}", data, "en")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_20_megabytes_is_refused_before_it_is_read(ending):
    data = b"x" * 20_000_000

    with pytest.raises(Unreadable, match="more than 15,000,000 bytes"):
        formats.read(f"huge.{ending}", data, "en")

    assert len(data) > MAX_BYTES


def test_a_package_that_unpacks_to_too_much_is_refused():
    data = qti_package({f"{n}.xml": b" " * 10_000_000 for n in range(7)})

    with pytest.raises(Unreadable, match="unpacks to more than"):
        formats.read("bomb.zip", data, "en")

    assert len(data) < 100_000


def test_a_package_that_lies_about_its_size_gives_no_more_than_it_says():
    data = qti_package({"a.xml": b" " * 1_000_000 + qti_item(CHOICES)})
    size = struct.pack("<I", 1_000_000 + len(qti_item(CHOICES)))

    lying = data.replace(size, struct.pack("<I", 10))

    with pytest.raises(Unreadable, match="cannot be unpacked"):
        formats.read("liar.zip", lying, "en")


def test_a_package_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(qti, "MAX_MEMBERS", 3)

    with pytest.raises(Unreadable, match="more than 3 files"):
        formats.read("many.zip", qti_package({f"{n}.xml": b"" for n in range(4)}), "en")


def test_5000_questions_are_read():
    many = [json_question(n) for n in range(5000)]

    _, reading = formats.read("many.json", json_of(*many), "en")
    _, moodle = formats.read("many.xml", moodle_of(*[moodle_question()] * 5000), "en")
    _, gift = formats.read("many.gift", b"What? {=a ~b ~c}\n\n" * 5000, "en")
    _, package = formats.read(
        "many.zip", qti_package({f"{n}.xml": qti_item(CHOICES) for n in range(5000)}), "en"
    )

    for one in (reading, moodle, gift, package):
        assert len(one.questions) == 5000 and not one.refused


def test_more_questions_than_anybody_has_are_refused():
    many = [json_question(n) for n in range(MAX_QUESTIONS + 1)]

    with pytest.raises(Unreadable, match="more than 10,000 questions"):
        formats.read("many.json", json_of(*many), "en")
