"""A salsa-like incremental query engine.

What it is: functions ``q(db, *key)`` decorated with :func:`query` are memoised per key; the engine records which other
queries each run read, and after an input changes it re-runs only what is really affected.

- *Revision*: a counter advanced by every :meth:`Database.set`. *Durability*: inputs that seldom change (the library) are
  ``HIGH``; memos that read only HIGH inputs are not even walked when a LOW input changes.
- *Verification* (red/green): a memo is valid if none of its dependencies changed after it was last verified.
- *Backdating* (early cut-off): a re-run query whose new value equals the old keeps its old ``changed_at``, so its readers stay valid.
- *Cycles*: a query that reaches itself raises :class:`CycleError` in the innermost frame, unless it was declared with
  ``cycle=fallback``; then the inner read returns ``fallback(db, *key)`` and the frames that saw it are not memoised.
- *Cancellation*: ``db.cancellation`` is checked at every query entry and by ``db.checkpoint()`` in long loops.
- *Trace*: with ``db.trace = []`` every executed query appends ``(name, key)``; tests assert on it.

Assumes: keys are hashable and values are not mutated after they are returned. One thread evaluates a database at a time
(:attr:`Database.lock`). Guarantees: the value returned equals the value of a fresh computation on the current inputs.

>>> text = input_query("text")
>>> @query
... def length(db, name): return len(text(db, name))
>>> db = Database(); db.set(text, ("a",), "xyz"); length(db, "a")
3
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

P = ParamSpec("P")
R = TypeVar("R")


class Durability(enum.IntEnum):
    LOW = 0
    HIGH = 1


class Cancelled(Exception):
    """The current computation was asked to stop; no memo is left half made."""


class CycleError(Exception):
    """A query depends on itself and declares no fallback."""

    def __init__(self, participants: list[tuple[str, tuple[Any, ...]]]) -> None:
        super().__init__(" -> ".join(f"{name}{key!r}" for name, key in participants))
        self.participants = participants


class CancellationToken:
    """Set from another thread; read by the evaluating thread at each query entry."""

    __slots__ = ("cancelled",)

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class _Memo:
    __slots__ = ("changed_at", "deps", "durability", "value", "verified_at")

    def __init__(
        self, value: Any, deps: tuple[tuple[Query[..., Any], tuple[Any, ...]], ...], revision: int, durability: int
    ) -> None:
        self.value = value
        self.deps = deps
        self.verified_at = revision
        self.changed_at = revision
        self.durability = durability


class _Frame:
    __slots__ = ("deps", "durability", "key", "poisoned", "query", "seen")

    def __init__(self, query_: Query[..., Any], key: tuple[Any, ...]) -> None:
        self.query = query_
        self.key = key
        self.deps: list[tuple[Query[..., Any], tuple[Any, ...]]] = []
        self.seen: set[tuple[Query[..., Any], tuple[Any, ...]]] = set()
        self.durability = int(Durability.HIGH)
        self.poisoned = False


class Database:
    """Holds inputs and memos. ``set`` starts a new revision when the value really differs."""

    def __init__(self) -> None:
        self.revision = 1
        self._changed_at = [1, 1]  # last revision in which an input of durability >= index changed
        self._memos: dict[Query[..., Any], dict[tuple[Any, ...], _Memo]] = {}
        self._stack: list[_Frame] = []
        self._active: set[tuple[Query[..., Any], tuple[Any, ...]]] = set()
        self.cancellation: CancellationToken | None = None
        self.trace: list[tuple[str, tuple[Any, ...]]] | None = None
        self.lock = threading.RLock()

    # -- inputs

    def set(self, q: Query[..., R], key: tuple[Any, ...], value: R, durability: Durability = Durability.LOW) -> bool:
        """Set an input; returns whether anything changed."""
        memos = self._memos.setdefault(q, {})
        old = memos.get(key)
        if old is not None and old.durability == durability and old.value == value:
            return False
        self.revision += 1
        for level in range(int(min(durability, old.durability if old else durability)) + 1):
            self._changed_at[level] = self.revision
        memo = _Memo(value, (), self.revision, int(durability))
        memos[key] = memo
        return True

    def remove(self, q: Query[..., Any], key: tuple[Any, ...]) -> None:
        """Forget an input; readers of it re-run and see the default."""
        old = self._memos.get(q, {}).pop(key, None)
        if old is not None:
            self.revision += 1
            for level in range(old.durability + 1):
                self._changed_at[level] = self.revision

    # -- evaluation

    def checkpoint(self) -> None:
        """Raise :class:`Cancelled` if asked to stop; call in long loops inside a query."""
        token = self.cancellation
        if token is not None and token.cancelled:
            raise Cancelled

    def _read(self, q: Query[..., Any], key: tuple[Any, ...]) -> Any:
        stack = self._stack
        memos = self._memos.get(q)
        if memos is None:
            memos = self._memos[q] = {}
        memo = memos.get(key)
        if memo is None or memo.verified_at != self.revision:
            token = self.cancellation
            if token is not None and token.cancelled:
                raise Cancelled
            if q.compute is None:
                memo = self._input(q, key, memos, memo)
            elif (q, key) in self._active:
                return self._cycle(q, key)
            elif memo is None or not self._still_valid(q, key, memo):
                memo, value = self._execute(q, key, memos, memo)
                if memo is None:
                    return value
        if stack:
            frame = stack[-1]
            edge = (q, key)
            if edge not in frame.seen:
                frame.seen.add(edge)
                frame.deps.append(edge)
                if memo.durability < frame.durability:
                    frame.durability = memo.durability
        return memo.value

    def _input(
        self, q: Query[..., Any], key: tuple[Any, ...], memos: dict[tuple[Any, ...], _Memo], memo: _Memo | None
    ) -> _Memo:
        if memo is None:
            memo = _Memo(q.default, (), self.revision, int(Durability.LOW))
            memo.changed_at = self._changed_at[0]
            memos[key] = memo
        memo.verified_at = self.revision
        return memo

    def _still_valid(self, q: Query[..., Any], key: tuple[Any, ...], memo: _Memo) -> bool:
        """Deep verification of a memo of an earlier revision; marks it verified if it holds."""
        if self._changed_at[memo.durability] <= memo.verified_at:
            memo.verified_at = self.revision
            return True
        self._active.add((q, key))
        try:
            for dep, dep_key in memo.deps:
                if self._changed_after(dep, dep_key, memo.verified_at):
                    return False
        finally:
            self._active.discard((q, key))
        memo.verified_at = self.revision
        return True

    def _changed_after(self, q: Query[..., Any], key: tuple[Any, ...], revision: int) -> bool:
        memos = self._memos.get(q)
        memo = memos.get(key) if memos is not None else None
        if memo is None:
            return True
        if memo.verified_at == self.revision:
            return memo.changed_at > revision
        if q.compute is None:
            memo.verified_at = self.revision
            return memo.changed_at > revision
        if (q, key) in self._active:
            return True
        if self._still_valid(q, key, memo):
            return memo.changed_at > revision
        assert memos is not None
        # Re-run it now, outside any frame: backdating decides whether the reader must re-run.
        stack, self._stack = self._stack, []
        try:
            new, _ = self._execute(q, key, memos, memo)
        finally:
            self._stack = stack
        return new is None or new.changed_at > revision

    def _execute(
        self, q: Query[..., Any], key: tuple[Any, ...], memos: dict[tuple[Any, ...], _Memo], old: _Memo | None
    ) -> tuple[_Memo | None, Any]:
        frame = _Frame(q, key)
        if self.trace is not None:
            self.trace.append((q.name, key))
        self._stack.append(frame)
        self._active.add((q, key))
        assert q.compute is not None
        try:
            value = q.compute(self, *key)
        finally:
            self._active.discard((q, key))
            self._stack.pop()
        if frame.poisoned:  # saw a cycle fallback that belongs to an outer frame
            if self._stack:
                self._stack[-1].poisoned = self._poison_outlives(frame)
            if self._stack and self._stack[-1].poisoned:
                return None, value
        memo = _Memo(value, tuple(frame.deps), self.revision, frame.durability)
        if old is not None and q.backdate and old.value == value:
            memo.changed_at = old.changed_at
            memo.value = old.value
        memos[key] = memo
        return memo, value

    def _poison_outlives(self, frame: _Frame) -> bool:
        """Whether the cycle head is still being evaluated below the frame that just ended."""
        return any(f.query.cycle is not None and f.poisoned for f in self._stack)

    def _cycle(self, q: Query[..., Any], key: tuple[Any, ...]) -> Any:
        if q.cycle is None:
            start = next((i for i, f in enumerate(self._stack) if f.query is q and f.key == key), 0)
            raise CycleError([(f.query.name, f.key) for f in self._stack[start:]] + [(q.name, key)])
        for frame in reversed(self._stack):
            frame.poisoned = True
            if frame.query is q and frame.key == key:
                break
        return q.cycle(self, *key)

    def memo_count(self) -> int:
        return sum(len(m) for m in self._memos.values())


class Query(Generic[P, R]):
    """A declared query or input; calling it reads the value."""

    __slots__ = ("__name__", "__wrapped__", "backdate", "compute", "cycle", "default", "name")

    def __init__(
        self,
        name: str,
        compute: Callable[..., R] | None,
        default: Any = None,
        cycle: Callable[..., Any] | None = None,
        backdate: bool = True,
    ) -> None:
        self.name = name
        self.__name__ = name
        self.__wrapped__ = compute
        self.compute = compute
        self.default = default
        self.cycle = cycle
        self.backdate = backdate

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        db = cast(Database, args[0])
        return cast(R, db._read(self, args[1:]))

    def __repr__(self) -> str:
        return f"<query {self.name}>"


@overload
def query(
    compute: Callable[P, R], *, cycle: Callable[..., Any] | None = None, backdate: bool = True
) -> Query[P, R]: ...


@overload
def query(
    compute: None = None, *, cycle: Callable[..., Any] | None = None, backdate: bool = True
) -> Callable[[Callable[P, R]], Query[P, R]]: ...


def query(
    compute: Callable[P, R] | None = None, *, cycle: Callable[..., Any] | None = None, backdate: bool = True
) -> Any:
    """Declare a derived query. ``backdate=False`` for values without a useful ``==`` (syntax trees)."""
    if compute is None:
        return lambda f: Query(f.__name__, f, cycle=cycle, backdate=backdate)
    return Query(compute.__name__, compute, cycle=cycle, backdate=backdate)


def input_query(name: str, default: Any = None) -> Query[..., Any]:
    """Declare an input, set by :meth:`Database.set`; an unset key reads ``default``."""
    return Query(name, None, default=default)
