"""The words that exported files put around questions, in each language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Labels in one language; braces are filled with `str.format`."""

    question: str
    choose: str
    order: str
    match: str
    type: str
    right: str
    wrong: str
    missed: str
    answer: str
    mine: str
    blank: str
    was_right: str
    was_wrong: str
    why: str
    trap: str
    read: str
    sources: str
    key: str
    nothing: str
    count: str
    joined: str
    page: str
    numbers: tuple[str, ...]

    def number(self, count: int) -> str:
        """Return a small number as it is said in "Choose TWO"."""
        return self.numbers[count] if count < len(self.numbers) else str(count)


_ENGLISH = Words(
    question="Question {}",
    choose="Choose {}.",
    order="Put these in the right order.",
    match="Find the match of each.",
    type="Type the answer.",
    right="right",
    wrong="wrong",
    missed="missed",
    answer="Answer",
    mine="You answered",
    blank="nothing",
    was_right="That was right.",
    was_wrong="That was wrong.",
    why="Why",
    trap="Exam trap",
    read="Read this in the course",
    sources="Sources",
    key="Answers",
    nothing="There are no questions here.",
    count="{} questions",
    joined="{}: {}",
    page="{} / {}",
    numbers=("NONE", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"),
)

_JAPANESE = Words(
    question="問 {}",
    choose="{} つ選んでください。",
    order="正しい順に並べてください。",
    match="それぞれに合うものを選んでください。",
    type="答えを入力してください。",
    right="正解",
    wrong="不正解",
    missed="選び忘れ",
    answer="答え",
    mine="あなたの答え",
    blank="未回答",
    was_right="正解でした。",
    was_wrong="不正解でした。",
    why="解説",
    trap="試験の落とし穴",
    read="教材で確かめる",
    sources="出典",
    key="解答",
    nothing="問題はありません。",
    count="{} 問",
    joined="{}：{}",
    page="{} / {}",
    numbers=(),
)


def words(language: str) -> Words:
    """Return the labels of a language code; any language but Japanese gets English ones."""
    return _JAPANESE if language == "ja" else _ENGLISH
