"""Reads labs/*.toml of a course: the words of its labs, in all languages, checked and rendered."""
