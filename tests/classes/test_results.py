"""Results out: the same rows as on the screen, in files that other tools open."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from classes import results
from classes.models import Kind
from tests.classes.rows import (
    EXAM,
    make_assignment,
    make_attempt,
    make_member,
    make_run,
    read_chapter,
)
from tests.classes.test_gradebook import crowd  # noqa: F401 - a fixture
from tests.factories import make_user
from tests.quizzes.sitting import answer, rows, start, submit

pytestmark = pytest.mark.django_db


def taken(client, room, ending: str = "csv", query: str = "") -> str:
    answer = client.get(f"/classes/{room.pk}/results/{ending}/?{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig" if ending == "csv" else "utf-8")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def cells_of(page: str) -> list[list[list[str]]]:
    """Return the words of each cell, by row, of a matrix on a page."""
    return [
        [re.sub(r"<[^>]+>", " ", one).split() for one in re.findall(r"<td.*?</td>", row)]
        for row in re.findall(r'<tr><th scope="row">.*?</tr>', page)
    ]


@pytest.mark.parametrize("query", ["group=all", "group=quizzes&sort=-quiz:extra", "group=set&q=7"])
def test_screen_print_csv_and_json_say_the_same(crowd, chie_client, query):  # noqa: F811
    lines = table(taken(chie_client, crowd, query=query))
    data = json.loads(taken(chie_client, crowd, "json", query))["learners"]
    screen = chie_client.get(f"/classes/{crowd.pk}/gradebook/?lang=en&{query}").text
    printed = chie_client.get(f"/classes/{crowd.pk}/results/?lang=en&{query}").text

    shown = cells_of(screen)
    words = {"new": "Not started", "started": "In progress", "done": "Done",
             "late": "Done late", "overdue": "Overdue"}  # fmt: skip
    assert len(lines) == len(data) == len(shown) > 0
    assert cells_of(printed) == shown
    for line, learner, cells in zip(lines, data, shown, strict=True):
        assert line["user"] == learner["user"]
        for (name, cell), on_screen in zip(learner["work"].items(), cells, strict=True):
            figure = "" if cell["percent"] is None else str(cell["percent"])
            assert line[name] == figure
            assert line[f"{name} state"] == cell["state"]
            wanted = [figure, "%*" if cell["is_overridden"] else "%"] if figure else []
            assert on_screen == [*wanted, *words[cell["state"]].split()]


def test_a_file_is_named_for_its_class_and_the_day_there(room, chie_client):
    answer = chie_client.get(f"/classes/{room.pk}/results/csv/")
    late = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)  # the 26th in Tokyo

    assert "friday-group-results-" in answer.headers["Content-Disposition"]
    assert results.file_name(room, late, "csv") == "friday-group-results-2026-11-26.csv"


def test_japanese_names_of_classes_name_files(room):
    room.name = "金曜クラス / 2026"

    assert results.file_name(room, datetime(2026, 1, 2, tzinfo=UTC), "csv").startswith(
        "金曜クラス-2026-results-"
    )


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A1", "＝1+1", "|x", "＠A1"]
)
def test_no_cell_is_a_formula(room, aiko, chie_client, name):
    aiko.display_name = name
    aiko.save()

    text = taken(chie_client, room)

    cells = [one for line in csv.reader(io.StringIO(text)) for one in line]
    assert f"'{name}" in cells
    assert not [one for one in cells if one.startswith(("=", "+", "-", "@", "\t", "|", "＝", "＠"))]


def test_the_file_begins_with_what_excel_needs_to_read_japanese(room, aiko, chie_client):
    aiko.display_name = "佐藤 愛子"
    aiko.save()

    answer = chie_client.get(f"/classes/{room.pk}/results/csv/")
    data = b"".join(answer.streaming_content)

    assert data.startswith(b"\xef\xbb\xbf")
    assert "佐藤 愛子".encode() in data


def test_questions_are_columns_when_asked(room, aiko_client, aiko, chie_client):
    first = start(aiko_client, feedback="end")
    answer(aiko_client, rows(first)[0])
    submit(aiko_client, first)
    right = rows(first)[0].version.question
    submit(aiko_client, start(aiko_client, feedback="end"))  # a later one counts for nothing here

    line = table(taken(chie_client, room, query="questions=first"))[0]
    learner = json.loads(taken(chie_client, room, "json", "questions=first"))["learners"][0]

    asked = {name: value for name, value in line.items() if name.startswith("first ")}
    assert len(asked) == 5
    assert asked[f"first {right}"] == "1.0"
    assert sorted(asked.values()) == ["0.0", "0.0", "0.0", "0.0", "1.0"]
    assert learner["questions"][right] == 1


def test_questions_of_a_quiz_that_is_not_there_are_404(room, chie_client):
    for query in ("questions=none", "questions=%00"):
        url = f"/classes/{room.pk}/results/csv/?{query}"
        assert chie_client.get(url).status_code == 404


def test_queries_grow_with_chunks_only(room, chie_client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(results, "CHUNK", 10)
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)
    for number in range(39):
        make_member(room, make_user(f"learner{number}"))
    query = "group=all&questions=extra"
    before = 6  # session, user, seat, assignments, the entry in the audit log, ids

    with django_assert_num_queries(before + 4 * 6):
        taken(chie_client, room, query=query)


def test_memory_does_not_grow_with_the_class(room, class_course, chie_client, monkeypatch):
    monkeypatch.setattr(results, "CHUNK", 5)

    def peak() -> int:
        answer = chie_client.get(f"/classes/{room.pk}/results/csv/?group=all")
        tracemalloc.start()
        try:
            for _part in answer.streaming_content:
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def add(numbers: range) -> None:
        for number in numbers:
            user = make_user(f"learner{number}")
            make_member(room, user)
            read_chapter(user, class_course, "first", timezone.now())
            make_attempt(user, "first", timezone.now())
            make_run(user, "build", timezone.now())

    add(range(10))
    peak()
    few = peak()
    add(range(10, 70))

    assert peak() < 1.5 * few


def test_the_page_to_print_has_every_learner(crowd, chie_client):  # noqa: F811
    text = chie_client.get(f"/classes/{crowd.pk}/results/?group=all").text

    assert text.count('<th scope="row">') == 10
