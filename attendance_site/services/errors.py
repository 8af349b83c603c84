"""What can go wrong, in words for the person at the terminal."""

from __future__ import annotations


class ServiceError(Exception):
    """A service cannot be started or kept; the text says what happened and what to do next."""
