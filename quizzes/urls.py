"""URLs of quizzes, attempts and reviews."""

from __future__ import annotations

from django.urls import path

from quizzes import views, views_attempt, views_export, views_readiness, views_result, views_review

app_name = "quizzes"
urlpatterns = [
    path("quizzes/", views.index, name="index"),
    path("quizzes/attempts/<int:attempt_id>/", views_attempt.attempt, name="attempt"),
    path("quizzes/attempts/<int:attempt_id>/submit/", views_attempt.submit, name="submit"),
    path("quizzes/attempts/<int:attempt_id>/clock/", views_attempt.clock, name="clock"),
    path("quizzes/attempts/<int:attempt_id>/retry/", views_result.retry, name="retry"),
    path(
        "quizzes/attempts/<int:attempt_id>/<int:position>/",
        views_attempt.question,
        name="question",
    ),
    path("quizzes/questions.schema.json", views_export.schema, name="export_schema"),
    path("quizzes/<slug:course>/export/", views_export.page, name="export"),
    path("quizzes/<slug:course>/export/file/", views_export.file, name="export_file"),
    path("quizzes/<slug:course>/readiness/", views_readiness.readiness, name="readiness"),
    path("quizzes/<slug:course>/<slug:quiz>/", views.quiz, name="quiz"),
    path("quizzes/<slug:course>/<slug:quiz>/start/", views.start, name="start"),
    path("review/", views_review.review, name="review"),
    path("review/<slug:course>/start/", views_review.start, name="start_review"),
    path("review/cards/<int:card_id>/", views_review.suspend, name="suspend"),
]
