"""How long until there is something to see: medians over processes, beside a bare interpreter.

    python perf/startup.py

Each command runs several times, taking turns, so that a slow moment of the machine falls on all.
Processor time stands beside the wall clock's: on a busy machine it is the one to believe.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 11
SOUNDLY = str(Path(sys.executable).with_name("soundly"))
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import soundly": [sys.executable, "-c", "import soundly"],
    "import soundly.engine": [sys.executable, "-c", "import soundly.engine"],
    "soundly.solve, .load": [sys.executable, "-c", "import soundly; soundly.solve, soundly.load"],
    "soundly --help": [SOUNDLY, "--help"],
}


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall-clock and processor time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    for command in COMMANDS.values():
        seconds(command)  # byte code is compiled once, and not on our time
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            runs[name].append(seconds(command))
    print(f"{'median of ' + str(RUNS) + ' runs':22} {'wall':>9} {'processor':>11}")
    for name, taken in runs.items():
        wall, processor = (statistics.median(column) * 1000 for column in zip(*taken, strict=True))
        print(f"{name:22} {wall:6.0f} ms {processor:8.0f} ms")


if __name__ == "__main__":
    main()
