"""Sampling rules and comparison of measurements: when to stop, what to report, when two timings differ.

What it is: the arithmetic of a benchmark, free of any GPU. What it assumes: samples are seconds of independent
runs. What it guarantees: the stop reason is one of :data:`STOP_REASONS`; a comparison is SAME, FASTER, SLOWER or
AMBIGUOUS from a bootstrap interval of the ratio of medians, seeded, so the same samples give the same verdict.
Example::

    compare(before, after).verdict       # "FASTER": after / before lies below 0.99 with 95 % confidence
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compiler.base.dataclass import dataclass, field

STOP_REASONS = ("precise", "settled", "time limit", "sample limit")


@dataclass(frozen=True, slots=True)
class StopRule:
    """Sample until precise or settled, but at least and at most so long."""

    relative_deviation: float = 0.005
    min_samples: int = 10
    min_seconds: float = 0.5
    max_seconds: float = 15.0
    max_samples: int = 100_000
    settled_window: int = 64
    settled_change: float = 0.02

    def reason(self, samples: Sequence[float], elapsed_seconds: float) -> str:
        """Why to stop now, or ""."""
        if len(samples) >= self.min_samples and elapsed_seconds >= self.min_seconds:
            noise = relative_deviation(samples)
            if noise < self.relative_deviation:
                return "precise"
            if len(samples) >= 2 * self.settled_window:
                before = relative_deviation(samples[: -self.settled_window])
                if abs(noise - before) <= self.settled_change * before:
                    return "settled"
        if elapsed_seconds >= self.max_seconds:
            return "time limit"
        return "sample limit" if len(samples) >= self.max_samples else ""


def relative_deviation(samples: Sequence[float]) -> float:
    """Standard deviation over the mean."""
    values = np.asarray(samples)
    mean = float(values.mean()) if len(values) else 0.0
    return float(values.std(ddof=1)) / mean if len(values) > 1 and mean > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """Of a set of samples; times in seconds. ``raw`` keeps them all, discarded ones excluded."""

    median: float
    p20: float
    p80: float
    minimum: float
    relative_deviation: float
    n_samples: int
    n_discarded: int
    stopped: str
    raw: tuple[float, ...] = field(repr=False, default=())


def summary(samples: Sequence[float], stopped: str, n_discarded: int = 0) -> Summary:
    """Median, 20th and 80th percentile, minimum. Raises ``ValueError`` without samples."""
    if not samples:
        raise ValueError("no samples")
    p20, median, p80 = (float(x) for x in np.percentile(samples, (20, 50, 80)))
    noise = relative_deviation(samples)
    return Summary(median, p20, p80, float(min(samples)), noise, len(samples), n_discarded, stopped, tuple(samples))


@dataclass(frozen=True, slots=True)
class Comparison:
    """``ratio`` = median after / median before, with its 95 % interval."""

    verdict: str
    ratio: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.verdict} {self.ratio:.3f}x [{self.low:.3f}, {self.high:.3f}]"


def compare(before: Sequence[float], after: Sequence[float], margin: float = 0.01, seed: int = 0) -> Comparison:
    """SAME within ``margin``; FASTER or SLOWER when the interval lies outside; else AMBIGUOUS."""
    generator = np.random.default_rng(seed)
    a, b = np.asarray(before, np.float64), np.asarray(after, np.float64)
    a = a[np.linspace(0, len(a) - 1, min(len(a), 2000)).astype(int)]
    b = b[np.linspace(0, len(b) - 1, min(len(b), 2000)).astype(int)]
    ratios = np.median(generator.choice(b, (400, len(b))), 1) / np.median(generator.choice(a, (400, len(a))), 1)
    low, high = (float(x) for x in np.percentile(ratios, (2.5, 97.5)))
    ratio = float(np.median(b) / np.median(a))
    if low >= 1 - margin and high <= 1 + margin:
        verdict = "SAME"
    elif high < 1 - margin:
        verdict = "FASTER"
    elif low > 1 + margin:
        verdict = "SLOWER"
    else:
        verdict = "AMBIGUOUS"
    return Comparison(verdict, ratio, low, high)
