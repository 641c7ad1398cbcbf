"""A course.toml in which one thing was replaced."""

from __future__ import annotations

from tests.content.course_builder import course_toml, problems_of, write_course


def told(tmp_path, old: str, new: str) -> list[str]:
    """Return what is told about a course.toml in which one thing was replaced."""
    sound = course_toml()
    assert old in sound
    return problems_of(
        write_course(tmp_path / "demo", files={"course.toml": sound.replace(old, new, 1)})
    )
