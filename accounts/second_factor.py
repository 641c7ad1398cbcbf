"""How the second factor shows its key."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    def build_totp_svg(self, url: str) -> str:
        """Return the QR code to stand inside a page, where an XML declaration may not."""
        svg: str = super().build_totp_svg(url)
        return svg.partition("?>")[2].strip()
