"""Metadata that machines and people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.export.description import Description


def metadata_files(description: Description) -> dict[str, str]:  # noqa: ARG001
    """Give every file of metadata: its path and its text."""
    return {}
