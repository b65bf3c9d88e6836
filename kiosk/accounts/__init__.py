"""Signing in and out, and one's own password."""

from kiosk.accounts.views import blueprint

__all__ = ["blueprint"]
