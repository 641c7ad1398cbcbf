"""Files of labs: sound ones are read, and every fault is told where it is."""

from __future__ import annotations

import pytest

from content.catalog.load import load_course
from content.catalog.model import Course, UnknownLab
from tests.content.course_builder import course_toml, problems_of, write_course
from tests.content.lab_builder import lab_toml

FILE = "labs/01-demo.toml"


def problems(tmp_path, text: str, name: str = FILE, **files: str) -> list[str]:
    return problems_of(write_course(tmp_path / "demo", files={name: text, **files}))


def course(tmp_path, **files: str) -> Course:
    return load_course(write_course(tmp_path / "demo", files=files))


def test_a_course_needs_no_labs(tmp_path):
    assert course(tmp_path).labs == ()


def test_labs_stand_in_the_order_of_their_numbers_and_the_others_after(tmp_path):
    files = {
        "labs/cleanup.toml": lab_toml("gone", needs=("02-two",)),
        "labs/02-two.toml": lab_toml("two", needs=("01-one",)),
        "labs/01-one.toml": lab_toml("one"),
    }

    labs = course(tmp_path, **files).labs

    assert [one.slug for one in labs] == ["one", "two", "cleanup"]
    assert [one.stem for one in labs] == ["01-one", "02-two", "cleanup"]
    assert [one.needs for one in labs] == [(), ("one",), ("two",)]


def test_a_lab_carries_what_its_file_says(tmp_path):
    lab = course(tmp_path, **{FILE: lab_toml("repo", "image")}).lab("demo")

    assert (lab.title("ja"), lab.title("en"), lab.title("fr")) == (
        "demoの演習",
        "The lab demo",
        "demoの演習",
    )
    assert (lab.summary("en"), lab.costs["en"]) == ("You make demo.", "What is stored is charged.")
    assert (lab.minutes, [one.id for one in lab.checks]) == (10, ["repo", "image"])
    assert (lab.paragraph.chapter, lab.paragraph.section) == ("first", "what")


def test_a_lab_that_is_not_there_is_told_by_name(tmp_path):
    with pytest.raises(UnknownLab, match="demo has no lab 'gone'"):
        course(tmp_path).lab("gone")


def test_a_check_has_its_words_in_both_languages_and_its_command_in_none(tmp_path):
    (check,) = course(tmp_path, **{FILE: lab_toml("repo")}).lab("demo").checks

    assert check.titles["en"] == "<code>repo</code> is there"
    assert (check.labels["ja"], check.labels["en"]) == ("repo がある", "repo is there")
    assert check.whys["ja"] == "<p>次の手順で使います。</p>"
    assert check.mends["en"] == "<p>Make it.</p>"
    assert check.command == "aws ecr create-repository --repository-name repo"
    assert check.listing.startswith('<figure class="code" data-language="bash">')
    assert (check.level, check.paragraph.section, check.paragraph.part) == (
        "required",
        "closer",
        "what",
    )


def test_a_check_may_have_no_command(tmp_path):
    text = lab_toml("repo").partition("command =")[0]

    (check,) = course(tmp_path, **{FILE: text}).lab("demo").checks

    assert (check.command, check.listing) == ("", "")


def test_labs_are_part_of_the_digest_of_the_course(tmp_path):
    bare = load_course(write_course(tmp_path / "bare" / "demo")).digest
    one = course(tmp_path, **{FILE: lab_toml("repo")}).digest
    two = course(tmp_path, **{FILE: lab_toml("repo").replace("10", "11")}).digest

    assert len({bare, one, two}) == 3


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('level = "required"', 'level = "must"', ":14: check › entry 1 › level is the text 'must'"),
        ('title.en = "The lab demo"\n', "", ":1: title is missing in en"),
        ('summary.en = "', 'summary.fr = "Quoi"\nsummary.en = "', ":5: summary is in fr"),
        ('why.en = "The next step uses it."\n', "", ":12: why is missing in en"),
        ("01-first.md#what", "01-first.md#gone", ":6: the link 01-first.md#gone leads to no head"),
        ("01-first.md#closer", "09-nine.md#a", ":15: the link 09-nine.md#a leads to no chapter"),
        ("01-first.md#closer", "01-first.md", ":15: check › entry 1 › section is the text"),
        ("minutes = 10", "minutes = 0", ":7: lab › minutes is the number 0"),
        ("minutes = 10\n", "", ":1: the key lab › minutes is missing"),
        ('id = "repo"', 'id = "Repo"', ":13: check › entry 1 › id is the text 'Repo'"),
        ('mend.en = "', 'mends.en = "', "the key check › entry 1 › mends is not known"),
        ('title.en = "`repo`', 'title.en = "one\\n\\ntwo', ":17: title is more than one line"),
        ('cost.en = "', 'cost.en = "* ', "is more than one line of text"),
        (
            'why.en = "',
            'why.en = "# No\\n\\n',
            ":17: a text of this check has a heading or an open fence in en",
        ),
        (
            'why.en = "',
            'why.en = "```\\n',
            ":17: a text of this check has a heading or an open fence",
        ),
        ('mend.en = "', 'mend.en = "[a](02-second.md) ', ":21: a check cannot show 02-second.md"),
        ("\naws ecr", "\n$ aws ecr", ":22: the command begins with a prompt"),
        ("\naws ecr", "\n```\naws ecr", ":22: the command holds a fence"),
        ("needs = []", 'needs = ["02-two"]', ":10: there is no lab 02-two"),
        ("needs = []", 'needs = ["01-demo"]', ":10: 01-demo needs itself"),
        ("needs = []", "needs = [", ": this is not TOML"),
        ("[lab]", "[laboratory]", "the key laboratory is not known"),
    ],
)
def test_what_is_wrong_in_a_lab_is_told_with_its_place(tmp_path, before, after, told):
    text = lab_toml("repo")
    assert before in text

    found = problems(tmp_path, text.replace(before, after, 1))

    assert any(told in one for one in found), found
    assert all(one.startswith("demo/labs/01-demo.toml") for one in found)
    assert all(" — " in one for one in found)


def test_an_id_that_is_there_twice_is_told_with_the_file_that_has_it(tmp_path):
    files = {"labs/02-two.toml": lab_toml("image", "repo")}

    (found,) = problems(tmp_path, lab_toml("repo"), **files)

    assert found == (
        "demo/labs/02-two.toml:27: demo/labs/01-demo.toml has a check with the id repo already"
        " — choose another id"
    )


def test_an_id_that_is_there_twice_in_one_file_is_told_at_its_second_place(tmp_path):
    (found,) = problems(tmp_path, lab_toml("repo", "repo"))

    assert found.startswith("demo/labs/01-demo.toml:27: ")


def test_labs_that_need_each_other_are_told(tmp_path):
    files = {"labs/02-two.toml": lab_toml("two", needs=("01-demo",))}

    found = problems(tmp_path, lab_toml("one", needs=("02-two",)), **files)

    assert len(found) == 2
    assert all("needs itself, perhaps by way of others" in one for one in found)


@pytest.mark.parametrize("name", ["01_demo", "1-demo", "Demo", "デモ"])
def test_a_name_that_cannot_stand_in_an_address_is_told(tmp_path, name):
    (found,) = problems(tmp_path, lab_toml("repo"), f"labs/{name}.toml")

    assert "the file's name cannot stand in an address" in found


def test_two_files_that_differ_in_the_number_only_are_told(tmp_path):
    files = {"labs/02-demo.toml": lab_toml("two")}

    (found,) = problems(tmp_path, lab_toml("one"), **files)

    assert found.startswith("demo/labs/02-demo.toml: demo/labs/01-demo.toml is a lab of the same")


def test_a_lab_without_checks_or_an_empty_file_is_told(tmp_path):
    head = lab_toml("repo").partition("[[check]]")[0]

    assert problems(tmp_path, head) == [
        "demo/labs/01-demo.toml: the file has no check — add a [[check]]"
    ]
    assert problems(tmp_path, "") == [
        "demo/labs/01-demo.toml: the key lab is missing — add it: a table [lab]"
    ]


def test_every_lab_is_read_although_one_is_broken(tmp_path):
    other = lab_toml("repo").replace("minutes = 10", "minutes = 0")

    found = problems(tmp_path, "lab = 1", **{"labs/02-two.toml": other})

    assert [one.partition(".toml")[0] for one in found] == ["demo/labs/01-demo", "demo/labs/02-two"]


def test_nothing_is_told_of_labs_that_a_broken_course_toml_causes(tmp_path):
    broken = course_toml().replace('"02-second"', '"Second"')

    found = problems(tmp_path, lab_toml("repo"), **{"course.toml": broken})

    assert found
    assert not [one for one in found if "labs/" in one]
