"""The blocks of the hands-on chapter, in the order in which a reader runs them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tests.course.blocks import Block, ChapterFile, chapters

STEM = "09-hands-on"


@dataclass(frozen=True, slots=True)
class HandsOn:
    """The hands-on chapter in one language."""

    file: ChapterFile

    @property
    def exercises(self) -> tuple[Block, ...]:
        return self._between(0, self._line_of("clean-up"))

    @property
    def first_half(self) -> tuple[Block, ...]:
        """The exercises before the first that may be left out."""
        return self._between(0, self._line_of("exercise-6"))

    @property
    def clean_up(self) -> tuple[Block, ...]:
        return self._between(self._line_of("clean-up"), len(self.file.text))

    def parts(self, *sections: str) -> tuple[tuple[Block, ...], ...]:
        """Return what comes before the first of the sections, and then what each begins with."""
        edges = [0, *(self._line_of(one) for one in sections), len(self.file.text)]
        return tuple(self._between(first, end) for first, end in pairwise(edges))

    def printed_after(self, title: str) -> str:
        """Return the output that the chapter prints below a block."""
        titles = [block.title for block in self.file.blocks]
        return self.file.blocks[titles.index(title) + 1].text

    def _between(self, first: int, end: int) -> tuple[Block, ...]:
        return tuple(
            block for block in self.file.blocks if first <= block.line < end and _is_run(block)
        )

    def _line_of(self, section: str) -> int:
        lines = self.file.text.splitlines()
        return next(
            number
            for number, line in enumerate(lines, start=1)
            if line.startswith(("## ", "### ")) and f"{{#{section}}}" in line
        )


def hands_on(language: str) -> HandsOn:
    """Return the chapter in a language."""
    path = f"{language}/{STEM}.md"
    return HandsOn(next(file for file in chapters() if file.path == path))


def _is_run(block: Block) -> bool:
    is_optional = block.title.startswith("optional:")
    return block.language == "bash" and not block.is_wrong and not is_optional
