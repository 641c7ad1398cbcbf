"""Torn drawings come back straight, word for word."""

from __future__ import annotations

import pytest

from content.rendering.diagrams import FaultKind, draw, faults, heal
from tests.content.rendering import torn_drawings as drawings


def torn_places(text: str) -> list[str]:
    return [fault.what for fault in faults(text) if fault.kind is not FaultKind.WIDE]


@pytest.mark.parametrize("name", drawings.TORN)
def test_a_torn_drawing_is_mended_completely(name):
    torn = drawings.TORN[name]

    mended = heal(torn)

    assert torn_places(torn) != []
    assert torn_places(mended) == []


@pytest.mark.parametrize("name", drawings.TORN)
def test_a_mended_drawing_is_left_alone(name):
    mended = heal(drawings.TORN[name])

    assert heal(mended) == mended


def test_borders_that_wander_stand_straight_and_headings_in_the_middle():
    assert heal(drawings.UNEVEN) == (
        "【通知のしくみ】\n"
        "\n"
        "┌────────────────────────────────────┐\n"
        "│            監視システム            │\n"
        "│                                    │\n"
        "│  ┌────────────┐    ┌───────────┐   │\n"
        "│  │  アラーム  │    │  通知     │   │\n"
        "│  │  CPU > 80% │    │  email    │   │\n"
        "│  └────────────┘    └───────────┘   │\n"
        "└────────────────────────────────────┘"
    )


def test_nested_borders_get_the_air_they_have_on_the_left():
    lines = heal(drawings.TOUCHING).split("\n")

    assert lines[3] == "│  ┌──────────────────────────────────┐  │"
    assert lines[7] == "│  │  │  Logs    │  │  監査    │      │  │"


def test_an_arrow_leads_to_the_inner_border_that_was_missing():
    lines = heal(drawings.MISSING_INNER).split("\n")

    assert lines[3] == "│ │ draft │─┼────┼▶│ image  │─┼────┼▶│ release │ │"


def test_a_box_grows_when_words_run_over_its_border_and_what_stands_right_of_it_moves():
    assert heal(drawings.OVERRUN) == (
        "Client                                      Server\n"
        "┌──────────────────────────────┐            ┌──────────────────┐\n"
        "│  Shell                       │            │  Web             │\n"
        "│  curl http://api.internal/v1 │            │  :8080           │\n"
        "│        │                     │            │        ▲         │\n"
        "│        ▼                     │            │        │         │\n"
        "│  ┌────────────┐              │            │  ┌────────────┐  │\n"
        "│  │ Proxy      │──────────────┼────────────┼─▶│ Proxy      │  │\n"
        "│  └────────────┘              │  mTLS      │  └────────────┘  │\n"
        "└──────────────────────────────┘            └──────────────────┘"
    )


def test_words_move_off_the_border_and_other_words_keep_their_distance():
    assert heal(drawings.TIGHT) == (
        "┌────────────────────────────────────┐\n"
        "│  Order:  first,  second            │\n"
        "│         third                      │\n"
        "│                                    │\n"
        "│  ┌────────┐ ┌────────┐ ┌────────┐  │\n"
        "│  │ Pod 1  │ │  Pod 2 │ │ Pod 3a │  │\n"
        "│  │ (東京) │ │ (大阪) │ │  (外)  │  │\n"
        "│  └────────┘ └────────┘ └────────┘  │\n"
        "└────────────────────────────────────┘"
    )


def test_dividers_of_a_table_are_found_again():
    assert heal(drawings.WANDERING).split("\n")[3:7] == [
        "│  方式 A      │  方式 B      │",
        "├──────────────┼──────────────┤",
        "│ • 安い       │ • 速い       │",
        "│ • 遅い       │ • 高い       │",
    ]


def test_a_line_that_runs_through_a_growing_box_crosses_its_border():
    torn = (
        "         the              the\n"
        "         Source           Target\n"
        "         (one)            (two)\n"
        "┌──────────────────┐    ┌───────┐\n"
        "│  a long command with words    │\n"
        "│  ┌───────┐       │    │       │\n"
        "│  │ proxy │─────────────▶ x    │\n"
        "│  └───────┘       │    │       │\n"
        "└──────────────────┘    └───────┘"
    )

    assert heal(torn) == (
        "         the                        the\n"
        "         Source                     Target\n"
        "         (one)                      (two)\n"
        "┌────────────────────────────┐    ┌───────┐\n"
        "│  a long command with words │    │       │\n"
        "│  ┌───────┐                 │    │       │\n"
        "│  │ proxy │─────────────────┼────┼▶ x    │\n"
        "│  └───────┘                 │    │       │\n"
        "└────────────────────────────┘    └───────┘"
    )


def test_a_divider_ends_where_the_table_says():
    torn = (
        "┌──────┬──────┐\n"
        "│ 左     │ b    │\n"
        "├──────┴──────┤\n"
        "│  one cell   │\n"
        "│  一つの欄    │\n"
        "└─────────────┘"
    )

    assert heal(torn).split("\n")[1:5] == [
        "│ 左   │ b    │",
        "├──────┴──────┤",
        "│  one cell   │",
        "│  一つの欄   │",
    ]


def test_a_box_is_found_though_the_row_of_its_bottom_has_slipped():
    torn = (
        "┌───────────────────────────────┐\n"
        "│  ┌──────────────────────┐     │\n"
        "│  │  ┌──────┐  ┌──────┐  │     │\n"
        "│  │  │  a   │  │  b   │  │     │\n"
        "│  │  │        │  └──────┘   │       │\n"
        "│  │  │  c     │             │      │\n"
        "│  │  └──────┘            │     │\n"
        "│  └──────────────────────┘     │\n"
        "└───────────────────────────────┘"
    )

    assert heal(torn).split("\n")[4:6] == [
        "│  │  │      │  └──────┘  │     │",
        "│  │  │  c   │            │     │",
    ]


def test_a_drawing_is_left_torn_when_mending_would_lose_an_arrow():
    torn = "┌──┬──┐\n◀──└──┴──┘ │ \n┌──┬──┐\n└──┴──┘ │"

    assert heal(torn) == torn


def test_a_branching_line_does_not_become_a_box():
    mended = heal(drawings.FLOW)

    assert "   ┌────┴─────┐\n   ▼          ▼" in mended
    assert draw(mended, uid="d", title="").svg.count("<rect") == 3


def test_a_chart_in_a_box_is_not_taken_for_a_heading():
    chart = (
        "┌──────────────────┐\n"
        "│ CPU              │\n"
        "│        ##        │\n"
        "│      ######       │\n"
        "└──────────────────┘"
    )

    assert heal(chart).split("\n")[2:4] == ["│        ##        │", "│      ######      │"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "only words",
        drawings.TREE,
        "┌──┐\n│  │\n└──┘",
        "┌──",
        "│ │ │\n ┘└",
        "┌┐\n" * 200,
    ],
)
def test_what_is_clean_or_beyond_mending_comes_back_unchanged(text):
    assert heal(text) == text


def test_heavy_double_and_round_borders_are_borders():
    mended = heal("╔════════╗\n║  日本   ║\n╚════════╝\n╭────╮\n┃ a   ┃\n╰────╯")

    assert mended == "┌────────┐\n│  日本  │\n└────────┘\n┌────┐\n│ a  │\n└────┘"
