"""Names that were probably meant: edit distance as rustc measures it.

Guarantees: the best candidate within a third of the name's length (at least one edit), case-insensitive matches first.

>>> best_match("threed", ["thread", "warp"])
'thread'
"""

from __future__ import annotations

from collections.abc import Iterable


def edit_distance(a: str, b: str, limit: int) -> int:
    """Damerau-Levenshtein (restricted) distance, or ``limit + 1`` when larger."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, char_a in enumerate(a, 1):
        current = [i]
        for j, char_b in enumerate(b, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (char_a != char_b))
            if i > 1 and j > 1 and char_a == b[j - 2] and a[i - 2] == char_b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]


def best_match(name: str, candidates: Iterable[str]) -> str | None:
    """The most similar candidate, or None if none is close."""
    limit = max(len(name), 3) // 3
    best: tuple[int, str] | None = None
    lowered = name.lower()
    for candidate in candidates:
        if candidate == name or candidate.startswith("__"):
            continue
        if candidate.lower() == lowered:
            return candidate
        distance = edit_distance(name, candidate, limit)
        if distance <= limit and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    if best is not None:
        return best[1]
    words = sorted(name.split("_"))
    return next((c for c in candidates if len(words) > 1 and sorted(c.split("_")) == words and c != name), None)
