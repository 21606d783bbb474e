"""Memos kept in a file, decoded one by one when they are first read.

What it is: the format. Objects that many values share (definitions, types) are stored once, in a table; every value
is a small pickle of its own that refers to the table; the keys of a query are decoded when the query is first asked.
So opening a store of thousands of memos costs little, and a memo nobody reads costs nothing.

Assumes: the file was written by this very compiler (its name says so, see the writer) and the folder is the user's
own: a pickle is code. Guarantees: a value read equals the value stored; a file that is missing, foreign or broken is
no store at all (:meth:`MemoStore.decode` is None), never an error.

Example: ``store = MemoStore.decode(file.read_bytes(), queries, root)``, then ``store.find(q, ("lib",))`` is the value
or ``ABSENT``.
"""

from __future__ import annotations

import contextlib
import gc
import io
import pickle
from collections.abc import Iterable, Iterator
from typing import Any, Final, Protocol

Key = tuple[Any, ...]
_FORMAT: Final = "oxide memos 1"
_BROKEN = (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError, ValueError)


class _Absent:
    __slots__ = ()


ABSENT: Final[Any] = _Absent()


class NotKept(Exception):
    """A value refers to something that must not be in the store."""


_NOT_ENCODED = (NotKept, pickle.PicklingError, TypeError, AttributeError, RecursionError)


class Sharing(Protocol):
    """What the writer knows about the objects in values."""

    shared: frozenset[type]  # classes whose objects are stored once
    root: str  # files below this are stored relative to it; others are not stored

    def admits(self, value: Any) -> bool:
        """Whether a shared object may be stored."""


class MemoStore:
    """An open store. ``queries``: those whose memos it may hold, in a fixed order."""

    def __init__(self, queries: Iterable[Any], root: str) -> None:
        self.root = root
        self.shared: list[Any] = []
        self.entries: list[bytes | memoryview] = []
        self._undecoded: dict[Any, tuple[int, bytes]] = {}
        self._numbers: dict[Any, dict[Key, int]] = {q: {} for q in queries}

    @classmethod
    def decode(cls, data: bytes, queries: Iterable[Any], root: str) -> MemoStore | None:
        """The store in a file's bytes, None if they are none."""
        made = cls(queries, root)
        try:
            with _without_collections():
                form, shared, keys, ends, blob = pickle.loads(data)
                if form != _FORMAT:
                    return None
                made.shared = pickle.loads(shared)
                view = memoryview(blob)
                made.entries = [view[a:b] for a, b in zip([0, *ends], ends, strict=False)]
                made._undecoded = {q: keys[i] for i, q in enumerate(made._numbers) if i in keys}
        except _BROKEN:
            return None
        return made

    def find(self, query: Any, key: Key) -> Any:
        """The stored value, or ``ABSENT``."""
        numbers = self._numbers_of(query)
        number = numbers.get(key) if numbers else None
        if number is None:
            return ABSENT
        try:
            return self._decoded(self.entries[number])
        except _BROKEN:
            return ABSENT

    def holds(self, query: Any, key: Key) -> bool:
        """Whether there is a value."""
        numbers = self._numbers_of(query)
        return bool(numbers) and key in numbers

    def _numbers_of(self, query: Any) -> dict[Key, int]:
        if query in self._undecoded:
            first, keys = self._undecoded.pop(query)
            self._numbers[query].update(zip(self._decoded(keys), range(first, len(self.entries)), strict=False))
        return self._numbers.get(query, {})

    def _decoded(self, data: bytes | memoryview) -> Any:
        reader = pickle.Unpickler(io.BytesIO(data))
        reader.persistent_load = self._shared_object  # type: ignore[method-assign]
        return reader.load()

    def _shared_object(self, reference: Any) -> Any:
        return self.shared[reference] if type(reference) is int else self.root + reference

    # -- writing

    def may_keep(self, keys: Iterable[tuple[Any, Key]], sharing: Sharing) -> list[tuple[Any, Key]]:
        """Of (query, key) pairs those that are not stored and may be."""
        writer = _Writer(self.shared, sharing)
        return [(query, key) for query, key in keys if not self.holds(query, key) and writer.admits(key)]

    def extended(self, memos: Iterable[tuple[Any, Key, Any]], sharing: Sharing) -> bytes:
        """The bytes of a file with what this store holds and more memos; those that may not be kept are left out."""
        entries: dict[Any, list[tuple[Key, bytes | memoryview]]] = {}
        for query in self._numbers:
            entries[query] = [(key, self.entries[n]) for key, n in self._numbers_of(query).items()]
        writer = _Writer(self.shared, sharing)
        for query, key, value in memos:
            if not self.holds(query, key) and writer.admits(key):
                with contextlib.suppress(*_NOT_ENCODED):
                    entries[query].append((key, writer.encoded(value)))
        keys: dict[int, tuple[int, bytes]] = {}
        ends: list[int] = []
        blobs, n_bytes = [], 0
        for index, found in enumerate(entries.values()):
            keys[index] = (len(ends), writer.encoded([key for key, _ in found]))
            for _, blob in found:
                n_bytes += len(blob)
                ends.append(n_bytes)
                blobs.append(blob)
        shared = pickle.dumps(writer.objects, pickle.HIGHEST_PROTOCOL)
        return pickle.dumps((_FORMAT, shared, keys, ends, b"".join(blobs)), pickle.HIGHEST_PROTOCOL)


class _Writer:
    """Encodes values against a table of shared objects that grows."""

    def __init__(self, objects: Iterable[Any], sharing: Sharing) -> None:
        self.objects = list(objects)
        self._numbers = {id(obj): n for n, obj in enumerate(self.objects)}
        self._sharing = sharing

    def admits(self, key: Key) -> bool:
        """Whether everything in a key may be stored."""
        try:
            self.encoded(key)
        except _NOT_ENCODED:
            return False
        return True

    def encoded(self, value: Any) -> bytes:
        """Raises :class:`NotKept` for what must not be stored."""
        out = io.BytesIO()
        writer = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
        writer.persistent_id = self._reference  # type: ignore[method-assign]
        writer.dump(value)
        return out.getvalue()

    def _reference(self, obj: Any) -> Any:
        kind = type(obj)
        if kind is str:
            root = self._sharing.root
            if obj.startswith(root):
                return obj[len(root) :]
            if obj.startswith("/"):
                raise NotKept  # a file that is not the library's
            return None
        if kind not in self._sharing.shared:
            return None
        number = self._numbers.get(id(obj))
        if number is None:
            if not self._sharing.admits(obj):
                raise NotKept
            number = self._numbers[id(obj)] = len(self.objects)
            self.objects.append(obj)
        return number


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """Thousands of new objects, none of them garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
