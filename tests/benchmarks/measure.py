"""How a benchmark measures: the product and its bare limit in turns, in one process, and the peak memory."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One line of the report: milliseconds, the limit's milliseconds, and what was to be reached."""

    name: str
    ms: float
    limit_ms: float | None = None
    target: float | None = None
    target_is: str = "ratio"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the bare limit."""
        return self.ms / self.limit_ms if self.limit_ms else None

    @property
    def holds(self) -> bool | None:
        """Whether the target was met; None without one."""
        if self.target is None:
            return None
        value = self.ratio if self.target_is == "ratio" else self.ms
        return value is not None and value <= self.target


@dataclass(slots=True)
class Measured:
    """What one benchmark found."""

    lines: list[Line] = field(default_factory=list)
    peak_mb: float = 0.0


def in_turns(product: Callable[[], object], limit: Callable[[], object], times: int) -> tuple[float, float]:
    """Median milliseconds of both, run in turns so that both meet the same disk and processor."""
    ours, bare = [], []
    for _ in range(times):
        ours.append(milliseconds(product))
        bare.append(milliseconds(limit))
    return statistics.median(ours), statistics.median(bare)


def milliseconds(job: Callable[[], object]) -> float:
    """How long one call takes."""
    gc.collect()
    started = time.perf_counter()
    job()
    return (time.perf_counter() - started) * 1000


def peak_mb() -> float:
    """The most memory this process has held so far, in MB."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1e6 if sys.platform == "darwin" else held * 1024 / 1e6


def output_of(arguments: Sequence[str]) -> str:
    """What Python, started with these, prints."""
    return subprocess.run(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()


def peak_of(arguments: Sequence[str]) -> float:
    """The most memory that Python, started with these, holds in MB, looked at every 5 ms."""
    import psutil

    process = psutil.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        try:
            most = max(most, process.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.005)
    return most / 1e6
