"""A salsa-like incremental query engine.

What it is: functions ``q(db, *key)`` decorated with :func:`query` are memoised per key; the engine records which
other queries each run read, and after an input changes it re-runs only what is really affected.

- *Revision*: a counter advanced by every :meth:`Database.set`. *Durability*: inputs that seldom change (the library)
  are ``HIGH``; memos that read only HIGH inputs are not even walked when a LOW input changes. An input nobody set
  counts as HIGH.
- *Marking*: each memo knows its readers. A change of an input marks what read it, transitively, as not *current*; all
  else stays current and is not looked at, so an edit costs what it may have changed.
- *Verification* (red/green): a memo that is not current is valid if none of its dependencies changed after it was last
  verified. Dependencies are verified in the order they were read, so one that a run would no longer read is never run.
- *Firewalls*: a query declared ``eager=True`` (it may read only inputs and other eager queries) is brought up to date
  as soon as an input changes; where its value stays equal, its readers are not even marked.
- *Backdating* (early cut-off): a re-run query whose new value equals the old keeps its old ``changed_at``, so its
  readers stay valid.
- *Cycles*: a query that reaches itself raises :class:`CycleError` in the innermost frame, unless it was declared with
  ``cycle=fallback``; then the inner read returns ``fallback(db, *key)``. What was computed from a fallback is
  provisional: it is reused only while the query that heads the cycle still runs, and never memoised. So the memo of
  each participant is that of a fresh computation that starts there.
- *Cancellation*: ``db.cancellation`` is checked whenever a query must be verified or run, and by ``db.checkpoint()``
  in long loops.
- *Store*: memos kept on disk by an earlier process (store.py) are taken when a key is first asked for.
- *Trace*: with ``db.trace = []`` every executed query appends ``(name, key)``; tests assert on it.

Assumes: keys are hashable, values are not mutated after they are returned, and queries are functions of what they
read. One thread evaluates a database at a time (:attr:`Database.lock`). Guarantees: the value returned equals the
value of a fresh computation on the current inputs; an exception leaves no memo half made.

>>> text = input_query("text")
>>> @query
... def length(db, name): return len(text(db, name))
>>> db = Database(); db.set(text, ("a",), "xyz"); length(db, "a")
True
3
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable, Iterable
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

from compiler.query.store import ABSENT, MemoStore

P = ParamSpec("P")
R = TypeVar("R")
Key = tuple[Any, ...]


class Durability(enum.IntEnum):
    LOW = 0
    HIGH = 1


class Cancelled(Exception):
    """The current computation was asked to stop; no memo is left half made."""


class CycleError(Exception):
    """A query depends on itself and declares no fallback."""

    def __init__(self, participants: list[tuple[str, Key]]) -> None:
        super().__init__(" -> ".join(f"{name}{key!r}" for name, key in participants))
        self.participants = participants


class CancellationToken:
    """Set from another thread; read by the evaluating thread at each query entry."""

    __slots__ = ("cancelled",)

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class _Absent:
    __slots__ = ()


_ABSENT = _Absent()
_HIGH = int(Durability.HIGH)


class _Node:
    """One query at one key. ``is_current``: verified, and nothing it depends on may have changed since; ``value``
    absent: not memoised. ``active``: being run or verified now. ``readers``: nodes of LOW durability that read it.
    """

    __slots__ = (
        "active", "changed_at", "compute", "deps", "durability", "is_current", "key", "query", "readers", "value",
        "verified_at",
    )  # fmt: skip

    def __init__(self, query_: Query[..., Any], key: Key) -> None:
        self.query = query_
        self.compute = query_.compute
        self.key = key
        self.value: Any = _ABSENT
        self.deps: tuple[_Node, ...] = ()
        self.verified_at = 0
        self.changed_at = 0
        self.durability = _HIGH
        self.active = False
        self.is_current = False
        self.readers: set[_Node] | None = None


class _Frame:
    """A running query. ``heads``: active nodes whose fallback it saw, directly or through what it read."""

    __slots__ = ("deps", "durability", "heads", "node")

    def __init__(self, node: _Node) -> None:
        self.node = node
        self.deps: dict[_Node, None] = {}
        self.durability = _HIGH
        self.heads: set[_Node] | None = None


class Database:
    """Holds inputs and memos. ``set`` starts a new revision when the value really differs."""

    def __init__(self) -> None:
        self.revision = 1
        self._changed_at = [1, 1]  # last revision in which an input of durability >= index changed
        self._tables: dict[Query[..., Any], dict[Key, _Node]] = {}
        self._stack: list[_Frame] = []
        self._provisional: dict[_Node, tuple[Any, set[_Node]]] = {}
        self.cancellation: CancellationToken | None = None
        self.trace: list[tuple[str, Key]] | None = None
        self.store: MemoStore | None = None
        self._store_revision = 0
        self.lock = threading.RLock()

    # -- inputs

    def set(self, q: Query[..., R], key: Key, value: R, durability: Durability = Durability.LOW) -> bool:
        """Set an input; returns whether anything changed."""
        node = self._node(q, key)
        if node.value is not _ABSENT and node.durability == durability and node.value == value:
            return False
        self._change(node, value, int(durability))
        return True

    def remove(self, q: Query[..., Any], key: Key) -> None:
        """Forget an input; readers of it re-run and see the default."""
        node = self._tables.get(q, {}).get(key)
        if node is not None and node.value is not _ABSENT:
            self._change(node, q.default, _HIGH)

    def _change(self, node: _Node, value: Any, durability: int) -> None:
        was_set, before = node.value is not _ABSENT, node.durability
        self.revision += 1
        node.value = value
        node.durability = durability
        node.changed_at = node.verified_at = self.revision
        node.is_current = True
        if not was_set:
            return  # nobody has read it
        for level in range(before + 1):  # readers recorded the old durability
            self._changed_at[level] = self.revision
        if before == _HIGH:
            for table in self._tables.values():
                for other in table.values():
                    other.is_current = other.compute is None and other.is_current
        else:
            self._propagate(node)

    def _propagate(self, changed: _Node) -> None:
        """After a change of a LOW input: bring the firewalls behind it up to date, mark what reads what changed."""
        firewalls = [changed]
        for at in firewalls:
            for reader in at.readers or ():
                if reader.query.eager and reader.is_current:
                    reader.is_current = False
                    firewalls.append(reader)
        cancellation, self.cancellation = self.cancellation, None
        stack, self._stack = self._stack, []
        try:
            for at in firewalls:
                if not at.is_current:
                    self._refresh_firewall(at)
        finally:
            self._stack, self.cancellation = stack, cancellation
        for at in firewalls:
            if not at.is_current or at.changed_at == self.revision:
                self._mark_readers(at)

    def _refresh_firewall(self, node: _Node) -> None:
        try:
            self._refresh(node)
        except Exception:
            node.is_current = False  # its readers are marked and will meet the same

    @staticmethod
    def _mark_readers(changed: _Node) -> None:
        """What depends on a node is not current any more; readers of unmemoised nodes (cycles) included."""
        work, passed = [changed], set()
        for at in work:
            for reader in at.readers or ():
                if reader.is_current:
                    if not reader.query.eager:
                        reader.is_current = False
                        work.append(reader)
                elif reader.value is _ABSENT and reader not in passed:
                    passed.add(reader)
                    work.append(reader)

    # -- evaluation

    def checkpoint(self) -> None:
        """Raise :class:`Cancelled` if asked to stop; call in long loops inside a query."""
        token = self.cancellation
        if token is not None and token.cancelled:
            raise Cancelled

    def _node(self, q: Query[..., Any], key: Key) -> _Node:
        table = self._tables.get(q)
        if table is None:
            table = self._tables[q] = {}
        node = table.get(key)
        if node is None:
            node = table[key] = _Node(q, key)
            if self.store is not None and node.compute is not None:
                self._recall(node, self.store)
        return node

    def _refresh(self, node: _Node) -> Any:
        """The value of a node that is not current."""
        self.checkpoint()
        if node.compute is None:
            if node.value is _ABSENT:
                node.value = node.query.default
                node.changed_at = self._changed_at[_HIGH]
            node.verified_at = self.revision
            node.is_current = True
        elif node.active:
            return self._cycle(node)
        elif node.value is _ABSENT or not self._still_valid(node):
            return self._execute(node)
        return node.value

    def _still_valid(self, node: _Node) -> bool:
        """Deep verification of a memo of an earlier revision; makes it current if it holds."""
        since = node.verified_at
        if self._changed_at[node.durability] > since:
            node.active = True
            try:
                for dep in node.deps:
                    if not dep.is_current:
                        self._verify(dep)
                    if dep.changed_at > since or dep.value is _ABSENT:
                        return False
            finally:
                node.active = False
        node.verified_at = self.revision
        node.is_current = True
        return True

    def _verify(self, dep: _Node) -> None:
        """Bring a dependency up to date outside any frame; then ``changed_at`` tells whether it changed."""
        if dep.active or dep.value is _ABSENT:
            dep.changed_at = self.revision
        elif not self._still_valid(dep):
            stack, self._stack = self._stack, []
            try:
                self._execute(dep)
            finally:
                self._stack = stack

    @staticmethod
    def _link(node: _Node, deps: dict[_Node, None]) -> None:
        """Record what a run read, on both sides. What reads HIGH nodes is found without: their changes mark all."""
        for dep in deps:
            if dep.durability != _HIGH:
                if dep.readers is None:
                    dep.readers = set()
                dep.readers.add(node)
        for dep in node.deps:
            if dep.readers is not None and dep not in deps:
                dep.readers.discard(node)
        node.deps = tuple(deps)

    def _execute(self, node: _Node) -> Any:
        if node.value is _ABSENT and self._provisional:
            found = self._provisional.get(node)
            if found is not None:
                self._see_heads(found[1])
                return found[0]
        self.checkpoint()
        q = node.query
        if self.trace is not None:
            self.trace.append((q.name, node.key))
        frame = _Frame(node)
        self._stack.append(frame)
        node.active = True
        assert q.compute is not None
        try:
            value = q.compute(self, *node.key)
        except BaseException:
            self._provisional.clear()
            raise
        finally:
            node.active = False
            self._stack.pop()
        if q.eager:
            assert all(d.query.eager or d.compute is None or d.durability == _HIGH for d in frame.deps), q
        if frame.heads is not None and self._provisionally(node, frame, value):
            return value
        self._link(node, frame.deps)
        # Readers recorded the old durability: less durable counts as changed even if the value is equal.
        keeps = q.backdate and node.value is not _ABSENT and frame.durability >= node.durability and node.value == value
        node.durability = frame.durability
        if not keeps:
            node.value = value
            node.changed_at = self.revision
        node.verified_at = self.revision
        node.is_current = True
        return node.value

    def _provisionally(self, node: _Node, frame: _Frame, value: Any) -> bool:
        """End of a run that saw a fallback: keep its value provisionally unless the cycle ends here."""
        heads = frame.heads or set()
        if node in heads:
            heads.discard(node)
            provisional = self._provisional
            for other in [n for n, (_, seen) in provisional.items() if node in seen]:
                del provisional[other]
        if not heads:
            return False
        self._see_heads(heads)
        self._link(node, frame.deps)  # a change must reach those that saw the value
        node.value = _ABSENT
        node.verified_at = 0
        node.changed_at = self.revision
        node.durability = frame.durability
        if self._stack:
            self._provisional[node] = value, heads
        return True

    def _see_heads(self, heads: Iterable[_Node]) -> None:
        if self._stack:
            frame = self._stack[-1]
            frame.heads = {*heads, *(frame.heads or ())}

    def _cycle(self, node: _Node) -> Any:
        fallback = node.query.cycle
        if fallback is None:
            start = next((i for i, f in enumerate(self._stack) if f.node is node), 0)
            raise CycleError(
                [(f.node.query.name, f.node.key) for f in self._stack[start:]] + [(node.query.name, node.key)]
            )
        self._see_heads({node})
        return fallback(self, *node.key)

    # -- memos from elsewhere, and housekeeping

    def nesting(self, q: Query[..., Any]) -> int:
        """How many computations of a query are under way, each asked for by the one before."""
        return sum(frame.node.query is q for frame in self._stack)

    def memo_count(self) -> int:
        """How many values are held."""
        return sum(node.value is not _ABSENT for table in self._tables.values() for node in table.values())

    def export_memos(self, queries: Iterable[Query[..., Any]]) -> list[tuple[Query[..., Any], Key, Any]]:
        """(query, key, value) of the current HIGH-durability memos of some queries, for a store on disk."""
        out: list[tuple[Query[..., Any], Key, Any]] = []
        for q in queries:
            for node in list(self._tables.get(q, {}).values()):
                if node.durability == _HIGH and node.value is not _ABSENT:
                    if node.is_current or self._still_valid(node):
                        out.append((q, node.key, node.value))
        return out

    def attach(self, store: MemoStore, guard: tuple[Query[..., Any], Key]) -> None:
        """Take the memos of a store as computed now, each when it is first asked for. They stay valid while the
        input ``guard`` (of HIGH durability) does not change.
        """
        guard_query, guard_key = guard
        guard_query(self, *guard_key)
        self.store = store
        self._store_guard = self._node(guard_query, guard_key)
        self._store_revision = self.revision

    def _recall(self, node: _Node, store: MemoStore) -> None:
        """Give a new node its memo from the store."""
        if self._store_guard.changed_at > self._store_revision:
            self.store = None
            return
        value = store.find(node.query, node.key)
        if value is not ABSENT:
            node.value = value
            node.deps = (self._store_guard,)
            node.changed_at, node.verified_at = self._store_revision, self.revision
            node.is_current = True

    def peek(self, q: Query[..., Any], key: Key) -> tuple[Any, bool]:
        """(the last value of a query, whether it still holds) without running or verifying anything; None: never run.
        Not for use inside queries: what it gives is no function of the inputs.
        """
        node = self._tables.get(q, {}).get(key)
        if node is None or node.value is _ABSENT:
            return None, False
        return node.value, node.is_current

    def keys_of(self, q: Query[..., Any]) -> list[Key]:
        """The keys at which a query has been asked for."""
        return list(self._tables.get(q, ()))

    def sweep(self, unused_for: int) -> int:
        """Drop derived memos that were marked and not asked for in the last ``unused_for`` revisions; returns how
        many.
        """
        oldest = self.revision - unused_for
        dropped = 0
        for q, table in self._tables.items():
            if q.compute is None:
                continue
            stale = [k for k, n in table.items() if not n.is_current and n.verified_at < oldest and not n.active]
            for key in stale:
                node = table.pop(key)
                self._link(node, {})
                node.value = _ABSENT  # readers that still hold it see it as changed
                node.changed_at = self.revision
            dropped += len(stale)
        return dropped


class Query(Generic[P, R]):
    """A declared query or input; calling it reads the value."""

    __slots__ = ("__name__", "__wrapped__", "backdate", "compute", "cycle", "default", "eager", "name")

    def __init__(
        self,
        name: str,
        compute: Callable[..., R] | None,
        default: Any = None,
        cycle: Callable[..., Any] | None = None,
        backdate: bool = True,
        eager: bool = False,
    ) -> None:
        self.name = name
        self.__name__ = name
        self.__wrapped__ = compute
        self.compute = compute
        self.default = default
        self.cycle = cycle
        self.backdate = backdate
        self.eager = eager

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        db = cast(Database, args[0])
        key = args[1:]
        try:
            node = db._tables[self][key]
        except KeyError:
            node = db._node(self, key)
        value = node.value if node.is_current else db._refresh(node)
        if db._stack:
            frame = db._stack[-1]
            if node not in frame.deps:
                frame.deps[node] = None
                if node.durability < frame.durability:  # noqa: PLR1730 - this line is hot
                    frame.durability = node.durability
        return cast(R, value)

    def __repr__(self) -> str:
        return f"<query {self.name}>"


@overload
def query(
    compute: Callable[P, R], *, cycle: Callable[..., Any] | None = None, backdate: bool = True, eager: bool = False
) -> Query[P, R]: ...


@overload
def query(
    compute: None = None, *, cycle: Callable[..., Any] | None = None, backdate: bool = True, eager: bool = False
) -> Callable[[Callable[P, R]], Query[P, R]]: ...


def query(
    compute: Callable[P, R] | None = None,
    *,
    cycle: Callable[..., Any] | None = None,
    backdate: bool = True,
    eager: bool = False,
) -> Any:
    """Declare a derived query. ``backdate=False`` for values without a useful ``==`` (syntax trees); ``eager``: a
    firewall.
    """
    if compute is None:
        return lambda f: Query(f.__name__, f, cycle=cycle, backdate=backdate, eager=eager)
    return Query(compute.__name__, compute, cycle=cycle, backdate=backdate, eager=eager)


def input_query(name: str, default: Any = None) -> Query[..., Any]:
    """Declare an input, set by :meth:`Database.set`; an unset key reads ``default``."""
    return Query(name, None, default=default)
