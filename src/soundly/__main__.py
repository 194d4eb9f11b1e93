"""``python -m soundly`` is the command ``soundly``."""

from __future__ import annotations

import sys

from soundly.cli.main import main

sys.exit(main())
