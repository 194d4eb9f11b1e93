"""Fields that JSON does not hold: what they say is kept elsewhere."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

APART: Final = MappingProxyType({"apart": True})
"""The metadata of such a field, which has a default: what is read back has that."""
