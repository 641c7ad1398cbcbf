"""Looks at an AWS account and changes nothing; alone knows boto3, and that only when first used."""

from __future__ import annotations
