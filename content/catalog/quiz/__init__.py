"""Reads quizzes/*.toml of a course: its questions, in all languages, checked and rendered."""
