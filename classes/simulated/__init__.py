"""Learners who do not exist: who they are, when they work, what they answer. The seed decides."""
