"""Fields that came after the first traces were written."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

LATER: Final = MappingProxyType({"later": True})
"""The metadata of such a field: JSON leaves it out where it has its default, and may lack it.

So an old trace reads as it did, and a new one that does not use the field is read by old versions.
"""
