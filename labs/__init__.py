"""What people build: looks at a learner's AWS account and says what an exercise still lacks."""

from __future__ import annotations
