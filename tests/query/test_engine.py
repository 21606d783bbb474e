"""The incremental engine: what runs again, what does not, and that answers are those of a fresh process."""

from __future__ import annotations

import random
import threading
import time

import pytest

from compiler.query import CancellationToken, Cancelled, CycleError, Database, Durability, Query, input_query, query
from compiler.query.store import MemoStore

text = input_query("text", default="")
flag = input_query("flag", default=False)


@query
def words(db: Database, name: str) -> list[str]:
    return text(db, name).split()


@query
def count(db: Database, name: str) -> int:
    return len(words(db, name))


@query
def total(db: Database, *names: str) -> int:
    return sum(count(db, name) for name in names)


@query
def branch(db: Database, name: str) -> int:
    return count(db, name) if flag(db, name) else -1


def executed(db: Database, run: object) -> list[str]:
    """The names of the queries a call executes."""
    db.trace = []
    run()  # type: ignore[operator]
    names = [name for name, _ in db.trace]
    db.trace = None
    return names


def test_second_read_runs_nothing() -> None:
    db = Database()
    db.set(text, ("a",), "x y")
    assert executed(db, lambda: total(db, "a", "b")) == ["total", "count", "words", "count", "words"]
    assert executed(db, lambda: total(db, "a", "b")) == []


def test_early_cut_off() -> None:
    db = Database()
    db.set(text, ("a",), "x y")
    assert total(db, "a") == 2
    db.set(text, ("a",), "x  z")
    assert executed(db, lambda: total(db, "a")) == ["words", "count"]
    db.set(text, ("a",), "x   z")
    assert executed(db, lambda: total(db, "a")) == ["words"]


def test_setting_an_equal_value_is_no_revision() -> None:
    db = Database()
    assert db.set(text, ("a",), "x")
    revision = db.revision
    assert not db.set(text, ("a",), "x")
    assert db.revision == revision


def test_unrelated_input_does_not_run_anything() -> None:
    db = Database()
    db.set(text, ("a",), "x")
    total(db, "a")
    db.set(text, ("b",), "y")
    assert executed(db, lambda: total(db, "a")) == []


def test_a_dependency_no_longer_read_is_not_run() -> None:
    db = Database()
    db.set(text, ("a",), "x")
    db.set(flag, ("a",), True)
    assert branch(db, "a") == 1
    db.set(flag, ("a",), False)
    db.set(text, ("a",), "x y z")
    assert executed(db, lambda: branch(db, "a")) == ["branch"]


def test_default_and_removal() -> None:
    db = Database()
    assert total(db, "a") == 0
    db.set(text, ("a",), "x y")
    assert total(db, "a") == 2
    db.remove(text, ("a",))
    assert total(db, "a") == 0


def test_high_durability_memos_are_not_walked() -> None:
    db = Database()
    db.set(text, ("lib",), "x y", Durability.HIGH)
    db.set(text, ("user",), "x")
    total(db, "lib")
    total(db, "user")
    db.set(text, ("user",), "x y z")
    assert total(db, "user") == 3
    node = db._tables[words][("lib",)]
    before = node.verified_at
    assert total(db, "lib") == 2
    assert node.verified_at == before, "the library's memos were walked"


@pytest.mark.parametrize("durability", list(Durability))
def test_change_of_durability_is_seen(durability: Durability) -> None:
    db = Database()
    db.set(text, ("a",), "x", Durability.HIGH)
    assert total(db, "a") == 1
    db.set(text, ("a",), "x y", durability)
    assert total(db, "a") == 2
    db.set(text, ("a",), "x y z")
    assert total(db, "a") == 3


def test_an_input_set_after_it_was_read_as_unset_is_seen() -> None:
    db = Database()
    db.set(text, ("a",), "x", Durability.HIGH)
    assert total(db, "a", "new") == 1
    db.set(text, ("new",), "y z")
    assert total(db, "a", "new") == 3


def test_exceptions_leave_no_memo() -> None:
    @query
    def fails(db: Database, name: str) -> int:
        if text(db, name) == "bad":
            raise ValueError(name)
        return count(db, name)

    db = Database()
    db.set(text, ("a",), "bad")
    for _ in range(2):
        with pytest.raises(ValueError, match="a"):
            fails(db, "a")
    db.set(text, ("a",), "good")
    assert fails(db, "a") == 1


# ---------------------------------------------------------------- cycles

edges = input_query("edges", default=())


@query(cycle=lambda db, name: frozenset())
def reachable(db: Database, name: str) -> frozenset[str]:
    """Nodes reachable from a node, itself excluded unless in a cycle of its own making."""
    out: set[str] = set()
    for target in edges(db, name):
        out.add(target)
        out |= reachable(db, target)
    return frozenset(out)


@query
def strict(db: Database, name: str) -> int:
    return 1 + sum(strict(db, target) for target in edges(db, name))


def test_cycle_without_fallback_names_its_participants() -> None:
    db = Database()
    db.set(edges, ("a",), ("b",))
    db.set(edges, ("b",), ("a",))
    with pytest.raises(CycleError) as caught:
        strict(db, "a")
    assert [key for _, key in caught.value.participants] == [("a",), ("b",), ("a",)]
    db.set(edges, ("b",), ())
    assert strict(db, "a") == 2


def test_cycle_with_fallback_is_the_same_from_every_entry() -> None:
    ring = {"a": ("b",), "b": ("c",), "c": ("a", "d"), "d": ()}
    for first in ring:
        db = Database()
        for name, targets in ring.items():
            db.set(edges, (name,), targets)
        reachable(db, first)
        for name in ring:
            fresh = Database()
            for other, targets in ring.items():
                fresh.set(edges, (other,), targets)
            assert reachable(db, name) == reachable(fresh, name)


def test_cycle_that_appears_and_goes() -> None:
    db = Database()
    db.set(edges, ("a",), ("b",))
    db.set(edges, ("b",), ("c",))
    assert reachable(db, "a") == {"b", "c"}
    db.set(edges, ("c",), ("a",))
    assert reachable(db, "a") == {"a", "b", "c"}
    assert reachable(db, "b") == {"a", "b", "c"}
    db.set(edges, ("c",), ())
    assert reachable(db, "b") == {"c"}
    assert reachable(db, "a") == {"b", "c"}


def test_provisional_values_are_reused_while_the_head_runs() -> None:
    """Without reuse a chain of diamonds that leads back to its head takes 2^n runs."""
    db = Database()
    n = 12
    for i in range(n):
        db.set(edges, (f"n{i}",), (f"l{i}", f"r{i}"))
        db.set(edges, (f"l{i}",), (f"n{i + 1}",))
        db.set(edges, (f"r{i}",), (f"n{i + 1}",))
    db.set(edges, (f"n{n}",), ("n0",))
    db.trace = []
    assert len(reachable(db, "n0")) == 3 * n + 1
    assert len(db.trace) < 4 * n


# ---------------------------------------------------------------- cancellation


def test_cancellation_within_20_ms_and_nothing_half_made() -> None:
    @query
    def slow(db: Database, name: str) -> int:
        for _ in range(100_000):
            db.checkpoint()
            time.sleep(0.0005)
        return 0

    @query
    def outer(db: Database, name: str) -> int:
        return count(db, name) + slow(db, name)

    db = Database()
    db.set(text, ("a",), "x y")
    token = CancellationToken()
    db.cancellation = token
    started: list[float] = []

    def stop() -> None:
        started.append(time.perf_counter())
        token.cancel()

    timer = threading.Timer(0.05, stop)
    timer.start()
    with pytest.raises(Cancelled):
        outer(db, "a")
    assert (
        time.perf_counter() - started[0] < 0.02 + 0.1
    )  # generous for a busy machine; the target itself is measured in bench/
    db.cancellation = None
    assert not db._stack
    assert all(not node.active for table in db._tables.values() for node in table.values())
    assert executed(db, lambda: count(db, "a")) == []


# ---------------------------------------------------------------- memos from elsewhere, sweeping


class Everything:
    shared: frozenset[type] = frozenset()
    root = "/lib/"

    def admits(self, value: object) -> bool:
        return True


def test_stored_memos_live_until_their_guard_changes() -> None:
    guard: Query[..., str] = input_query("guard", default="")
    source = Database()
    source.set(text, ("/lib/a",), "x y", Durability.HIGH)
    total(source, "/lib/a")
    queries = [words, count]
    memos = source.export_memos(queries)
    assert {(q, k) for q, k, _ in memos} == {(words, ("/lib/a",)), (count, ("/lib/a",))}
    data = MemoStore(queries, "/lib/").extended(memos, Everything())
    store = MemoStore.decode(data, queries, "/lib/")
    assert store is not None and store.holds(count, ("/lib/a",)) and not store.holds(count, ("/lib/b",))
    db = Database()
    db.set(text, ("/lib/a",), "x y", Durability.HIGH)
    db.set(guard, (), "v1", Durability.HIGH)
    db.attach(store, (guard, ()))
    assert executed(db, lambda: count(db, "/lib/a")) == []
    db.set(text, ("user",), "x")
    assert executed(db, lambda: count(db, "/lib/a")) == []
    db.set(text, ("/lib/a",), "x y z", Durability.HIGH)
    db.set(guard, (), "v2", Durability.HIGH)
    assert count(db, "/lib/a") == 3
    moved = MemoStore.decode(data, queries, "/elsewhere/")
    assert moved is not None and moved.find(count, ("/elsewhere/a",)) == 2


def test_sweep_drops_what_is_not_used_and_keeps_answers() -> None:
    db = Database()
    db.set(text, ("a",), "x")
    db.set(text, ("b",), "y")
    total(db, "a")
    total(db, "b")
    db.set(text, ("b",), "z")
    for i in range(10):
        db.set(text, ("a",), "x " * i)
        total(db, "a")
    held = db.memo_count()
    assert db.sweep(3) > 0
    assert db.memo_count() < held
    assert total(db, "b") == 1
    assert total(db, "a", "b") == 10


# ---------------------------------------------------------------- firewalls


@query(eager=True)
def parity(db: Database, name: str) -> int:
    return len(text(db, name)) % 2


@query(eager=True)
def sign(db: Database, name: str) -> str:
    return text(db, name)[:1] + str(parity(db, name))


@query
def behind(db: Database, name: str) -> str:
    return sign(db, name) * 2


@query
def further(db: Database, name: str) -> str:
    return behind(db, name) + "."


def test_readers_of_a_firewall_that_stays_equal_are_not_looked_at() -> None:
    db = Database()
    db.set(text, ("a",), "-1")
    assert further(db, "a") == "-0-0."
    node = db._tables[further][("a",)]
    before = node.verified_at
    db.set(text, ("a",), "-234")
    assert node.is_current and node.verified_at == before
    assert executed(db, lambda: further(db, "a")) == []
    db.set(text, ("a",), "-23")
    assert not node.is_current
    assert executed(db, lambda: further(db, "a")) == ["behind", "further"]
    assert further(db, "a") == "-1-1."


def test_a_firewall_that_fails_fails_again_when_asked() -> None:
    @query(eager=True)
    def number(db: Database, name: str) -> int:
        return int(text(db, name))

    @query
    def double(db: Database, name: str) -> int:
        return number(db, name) * 2

    db = Database()
    db.set(text, ("a",), "1")
    assert double(db, "a") == 2
    db.set(text, ("a",), "x")
    with pytest.raises(ValueError, match="invalid literal"):
        double(db, "a")
    db.set(text, ("a",), "3")
    assert double(db, "a") == 6


# ---------------------------------------------------------------- incremental equals from scratch


class Net:
    """Random queries over random inputs: what each reads depends on the values it reads."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        self.n_inputs, self.n_derived = 6, 14
        self.cell: Query[..., int] = input_query("cell", default=0)
        self.recipes = [
            [
                (rng.random() < 0.5, rng.randrange(self.n_inputs), rng.randrange(max(1, i)), rng.randrange(1, 5))
                for _ in range(4)
            ]
            for i in range(self.n_derived)
        ]
        recipes, cell, n_firewalls = self.recipes, self.cell, 4

        @query(eager=True)
        def firewall(db: Database, i: int) -> int:
            return evaluated(db, i) // 3

        @query
        def derived(db: Database, i: int) -> int:
            return evaluated(db, i)

        def evaluated(db: Database, i: int) -> int:
            value = i
            for from_input, which, other, modulus in recipes[i]:
                read = cell(db, which) if from_input or i == 0 else at(db, other)
                value = (value * 7 + read) % (modulus * 3)
                if value % 3 == 0:
                    break
            return value

        def at(db: Database, i: int) -> int:
            return firewall(db, i) if i < n_firewalls else derived(db, i)

        self.derived = at

    def answers(self, db: Database) -> list[int]:
        return [self.derived(db, i) for i in range(self.n_derived)]


@pytest.mark.parametrize("seed", range(40))
def test_incremental_equals_from_scratch(seed: int) -> None:
    rng = random.Random(1000 + seed)
    net = Net(seed)
    db = Database()
    values: dict[int, int] = {}
    for _ in range(40):
        which = rng.randrange(net.n_inputs)
        if rng.random() < 0.15:
            db.remove(net.cell, (which,))
            values.pop(which, None)
        else:
            values[which] = rng.randrange(5)
            db.set(net.cell, (which,), values[which], rng.choice(list(Durability)))
        if rng.random() < 0.2:
            db.sweep(2)
        if rng.random() < 0.3:
            db.cancellation = _CancelAfter(rng.randrange(6))  # type: ignore[assignment]
            with pytest.raises((Cancelled, _Finished)):
                net.answers(db)
                raise _Finished
            db.cancellation = None
        asked = rng.sample(range(net.n_derived), 5)
        fresh = Database()
        for key, value in values.items():
            fresh.set(net.cell, (key,), value)
        assert [net.derived(db, i) for i in asked] == [net.derived(fresh, i) for i in asked]


class _Finished(Exception):
    pass


class _CancelAfter:
    """A token that cancels at the n-th look."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    @property
    def cancelled(self) -> bool:
        self.looks -= 1
        return self.looks < 0
