"""Compares what was read: sections between languages, links between chapters, tasks of the exam."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.catalog.draft import Draft
from content.catalog.manifest import Manifest
from content.catalog.problems import Problem
from content.rendering.model import Page, Section

Drafts = Mapping[tuple[str, str], Draft]  # by stem and language


def compare(manifest: Manifest, drafts: Drafts) -> Iterator[Problem]:
    """Yield what is wrong between the chapters of a course. Pure: looks at no file."""
    links = Links(manifest, drafts)
    for draft in drafts.values():
        if draft.page is not None:
            yield from _without_sections(draft, draft.page)
            for link in draft.page.links:
                fault = links.fault(link.target, stem=draft.stem, language=draft.language)
                if fault is not None:
                    yield draft.problem(link.line, *fault)
        yield from _unknown_tasks(draft, manifest)
    for stem in manifest.stems:
        there = [drafts.get((stem, language)) for language in manifest.languages]
        first, *others = there or [None]
        for other in others:
            if first is not None and other is not None:
                yield from _different_sections(first, other)


def _without_sections(draft: Draft, page: Page) -> Iterator[Problem]:
    if not page.sections:
        what = "the chapter has no section"
        yield draft.problem(None, what, "add at least one heading ## Title {#id}")


def _unknown_tasks(draft: Draft, manifest: Manifest) -> Iterator[Problem]:
    if draft.front is None or manifest.domains is None:
        return
    for task in draft.front.tasks:
        if int(task.partition(".")[0]) not in manifest.domains:
            what = f"task {task} belongs to no domain of the exam in course.toml"
            line = draft.front_line("tasks")
            yield Problem(draft.path, line, what, "correct the task or add the domain")


def _different_sections(first: Draft, other: Draft) -> Iterator[Problem]:
    """Yield where `other` does not have the ids of `first`, in the same order."""
    if first.page is None or other.page is None:
        return
    one, two = _by_id(first.page), _by_id(other.page)
    yield from _different_ids("##", list(one), list(two), first, other)
    for anchor in one.keys() & two.keys():
        ids = [heading.id for heading in one[anchor].headings]
        others = [heading.id for heading in two[anchor].headings]
        yield from _different_ids("###", ids, others, first, other)


def _by_id(page: Page) -> dict[str, Section]:
    return {section.id: section for section in page.sections}


def _different_ids(
    mark: str, wanted: list[str], found: list[str], first: Draft, other: Draft
) -> Iterator[Problem]:
    for anchor in wanted:
        if anchor not in found:
            what = f"the heading {mark} {{#{anchor}}} of {first.path} is missing here"
            yield other.problem(None, what, f"add it here, or remove it in {first.language}")
    for anchor in found:
        if anchor not in wanted:
            what = f"the heading {mark} {{#{anchor}}} is not in {first.path}"
            line = other.heading_line(anchor)
            yield other.problem(line, what, f"add it in {first.language}, or remove it here")
    shared = [anchor for anchor in wanted if anchor in found]
    order = [anchor for anchor in found if anchor in wanted]
    moved = next((two for one, two in zip(shared, order, strict=False) if one != two), None)
    if moved is not None:
        what = f"the {mark} headings are in another order than in {first.path}"
        mend = f"put them in this order: {', '.join(shared)}"
        yield other.problem(other.heading_line(moved), what, mend)


@dataclass(frozen=True, slots=True)
class Links:
    """Where links lead that have the form `02-name.md`, `02-name.md#id` or `#id`.

    The renderer hands out no other; it has told any other form already.
    """

    manifest: Manifest
    drafts: Drafts

    def fault(self, target: str, *, stem: str, language: str) -> tuple[str, str] | None:
        """Return what is wrong with a link of a chapter and its mend; None when it leads somewhere.

        `stem` is the chapter that `#id` alone means.
        """
        name, has_anchor, anchor = target.partition("#")
        stem = name.removesuffix(".md") or stem
        if stem not in self.manifest.stems:
            mend = _nearest(stem, self.manifest.stems, "{}.md")
            what = f"the link {target} leads to no chapter of the course"
            return what, mend or "link to a chapter of course.toml"
        draft = self.drafts.get((stem, language))
        if not has_anchor or draft is None or draft.page is None:
            return None
        ids = _anchors(draft.page)
        if anchor in ids:
            return None
        what = f"the link {target} leads to no heading of {draft.path}"
        return what, _nearest(anchor, ids, "#{}") or "use the id of a ## or ### heading"

    def part_of(self, target: str) -> str:
        """Return the id of the `##` that is, or is around, the heading of a sound link."""
        name, _, anchor = target.partition("#")
        page = self.drafts[name.removesuffix(".md"), self.manifest.languages[0]].page
        for section in page.sections if page else ():
            if anchor in (section.id, *(heading.id for heading in section.headings)):
                return section.id
        return anchor


def _anchors(page: Page) -> tuple[str, ...]:
    ids = [section.id for section in page.sections]
    ids += [heading.id for section in page.sections for heading in section.headings]
    return tuple(ids)


def _nearest(word: str, words: tuple[str, ...], form: str) -> str | None:
    near = difflib.get_close_matches(word, words, n=1)
    return f"write {form.format(near[0])}" if near else None
