"""Our data classes behave as the standard library's do: every check runs on both kinds of the same class.

Assumes and guarantees: as :mod:`compiler.base.dataclass`. Example: ``_pair()`` is ``(ours, standard)``.
"""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any, ClassVar

import pytest

from compiler.base.dataclass import dataclass, field


class Base:
    """Has a method that a data class calls through ``super()``."""

    __slots__ = ()
    registry: ClassVar[list[str]] = []

    def text(self) -> str:
        return "base"


def _declare(kind: Any, **options: bool) -> Any:
    made_field = dataclasses.field

    class Sample(Base):
        kind: ClassVar[str] = "sample"
        a: int
        b: str = "x"
        c: list[int] = made_field(default_factory=list)
        d: float = made_field(default=0.5, compare=False, repr=False)

    return kind(slots=True, **options)(Sample)


OPTIONS = [{}, {"frozen": True}, {"unsafe_hash": True}, {"eq": False}]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_same_as_the_standard_library(options: dict[str, bool]) -> None:
    ours, standard = _declare(dataclass, **options), _declare(dataclasses.dataclass, **options)
    for args, named in (((1,), {}), ((1, "y"), {"d": 2.0}), ((2,), {"c": [3], "b": "z"})):
        one, other = ours(*args, **named), standard(*args, **named)
        assert repr(one) == repr(other).replace("standard", "ours")
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert (one == ours(*args, **named)) == (other == standard(*args, **named))
        assert one != other
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(standard)]
    assert ours.__match_args__ == standard.__match_args__ and ours.__slots__ == standard.__slots__
    assert (ours.__hash__ is None) == (standard.__hash__ is None)
    assert ours(1).c is not ours(1).c
    for wrong in ((), (1, 2, 3, 4, 5)):
        with pytest.raises(TypeError):
            ours(*wrong)
        with pytest.raises(TypeError):
            standard(*wrong)


@dataclass(frozen=True, slots=True)
class Shape(Base):
    name: str
    sides: tuple[int, ...] = ()

    def text(self) -> str:
        return f"{super().text()} {self.name}"


@dataclass(frozen=True, slots=True)
class Named(Shape):
    label: str = field(default="none", compare=False)

    def __repr__(self) -> str:
        return "own"


def test_fields_of_bases_come_first_and_super_finds_the_new_class() -> None:
    made = Named("square", (1, 1), "s")
    assert (made.name, made.sides, made.label) == ("square", (1, 1), "s")
    assert made == Named("square", (1, 1), "t") and hash(made) == hash(Named("square", (1, 1)))
    assert made != Shape("square", (1, 1))
    assert made.text() == "base square" and repr(made) == "own" and repr(Shape("s")) == "Shape(name='s', sides=())"
    assert not hasattr(made, "__dict__")


def test_replace_pickle_and_match() -> None:
    made = Shape("line", (2,))
    assert dataclasses.replace(made, name="arc") == Shape("arc", (2,))
    assert pickle.loads(pickle.dumps(made)) == made
    match made:
        case Shape(name, (2,)):
            assert name == "line"
        case _:
            pytest.fail("did not match")
