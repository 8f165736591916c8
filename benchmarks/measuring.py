"""How every benchmark measures: two sides in turn in one run, medians, and the machine beside the numbers."""

import gc
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from consultations import clock

Side = Callable[[], object]
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def interleaved(sides: Mapping[str, Side], repetitions: int) -> dict[str, list[float]]:
    """Seconds of wall time per side and repetition; the sides take turns, each once unmeasured before.

    The order turns round in every other repetition, so that a machine that slows down favours nobody.
    """
    for side in sides.values():
        side()
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(repetitions):
        for name in sides if turn % 2 == 0 else reversed(sides):
            gc.collect()
            started = time.perf_counter()
            sides[name]()
            seconds[name].append(time.perf_counter() - started)
    return seconds


def median_ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of pairs that ran one after the other."""
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))


def cpu_seconds(pid: int) -> float:
    """CPU time of a running process and its children (gunicorn's workers) so far, user and system, in seconds.

    From /proc, in ticks of 10 ms: measure at least a second.
    """
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return _cpu_seconds(pid) + sum(_cpu_seconds(int(child)) for child in children)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def machine() -> str:
    """One line: date, processor, number of cores, Python."""
    return (
        f"{clock.now():%Y-%m-%d %H:%M} UTC, {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.release()}, Python {sys.version.split()[0]}"
    )


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table, fit for results.md."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (cpuinfo.read_text().splitlines() if cpuinfo.exists() else [])
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()
