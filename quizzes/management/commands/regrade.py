"""Marks answers anew when the key of a question was wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.audit import Act, audit
from content import library
from quizzes import regrading
from quizzes.regrading import Change, Plan


class Command(BaseCommand):
    help = "Mark the answers to a question by its key of today; shows who rises and falls first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="The course's slug, such as aws-ecs-ecr.")
        parser.add_argument("question", help="The question's id.")
        parser.add_argument("--apply", action="store_true", help="Do it; without, only show it.")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        try:
            course = library.course(options["course"])
            plan = regrading.plan(course, options["question"])
        except library.UnknownCourse:
            known = ", ".join(library.courses())
            raise CommandError(
                f"There is no course {options['course']}; there is {known}."
            ) from None
        except regrading.UnknownQuestion:
            raise CommandError(
                f"The course has no question {options['question']}; see the ids in its quizzes."
            ) from None
        self.show(plan)
        if options["apply"]:
            count = regrading.apply(plan)
            audit(Act.REGRADE, about=f"{course.slug}/{options['question']}", attempts=count)
            self.stdout.write(f"Done: {count} attempts have other points now.")
        else:
            self.stdout.write("Nothing was changed. Add --apply to do it.")

    def show(self, plan: Plan) -> None:
        for word, changes in (("rises", plan.risen), ("falls", plan.fallen)):
            for one in changes:
                self.stdout.write(f"{word}: {self.line(one)}")
        same = len(plan.changes) - len(plan.risen) - len(plan.fallen)
        self.stdout.write(
            f"{len(plan.risen)} rise, {len(plan.fallen)} fall, {same} stay as they are; "
            f"{plan.kept} marked by a person are kept, "
            f"{plan.incomparable} were asked with other choices and are left alone."
        )

    def line(self, change: Change) -> str:
        attempt = change.answer.attempt
        return (
            f"{attempt.user.username}, {attempt.quiz} {attempt.mode} {attempt.number}, "
            f"question {change.answer.position}: {change.before:g} to {change.after:g}"
        )
