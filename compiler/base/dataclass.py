"""Data classes that cost little to declare, to make and to keep on disk.

What it is: :func:`dataclass`, the standard library's decorator for slotted classes, for a compiler that declares five
hundred of them. The standard one compiles six functions a class when the module is imported, which was half of our
start-up time; this one compiles each method of a class when it is first called. ``frozen`` is for the type checker
(and gives a hash): no ``__setattr__`` stands in the way, so making an object is plain stores into slots, and pickling
needs no Python code.

Assumes: annotations are strings (``from __future__ import annotations``). Guarantees: ``dataclasses.fields``,
``replace`` and ``asdict`` work; equality, hash and representation are those of the standard library; a method written
in the class stays.

>>> @dataclass(frozen=True, slots=True)
... class Point:
...     x: int
...     y: int = 0
>>> Point(1), Point(1) == Point(1, 0), len({Point(1), Point(1)})
(Point(x=1, y=0), True, 1)
"""

from __future__ import annotations

import dataclasses
import reprlib
import sys
import types
from collections.abc import Callable
from dataclasses import Field, field, replace
from typing import Any, TypeVar, dataclass_transform, overload

__all__ = ["dataclass", "field", "replace"]

T = TypeVar("T")
Fields = dict[str, "Field[Any]"]
_MISSING = dataclasses.MISSING
_FIELD: Any = dataclasses._FIELD  # type: ignore[attr-defined]


@overload
def dataclass(cls: type[T], /) -> type[T]: ...


@overload
def dataclass(
    *,
    frozen: bool = False,
    slots: bool = True,
    eq: bool = True,
    unsafe_hash: bool = False,
    weakref_slot: bool = False,
) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(field_specifiers=(Field, field))
def dataclass(
    cls: type[Any] | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = True,
    eq: bool = True,
    unsafe_hash: bool = False,
    weakref_slot: bool = False,
) -> Any:
    """As :func:`dataclasses.dataclass` (see the module docstring for what differs); ``slots`` is always on."""

    def decorate(cls: type[Any]) -> type[Any]:
        fields = _fields_of(cls)
        own = cls.__dict__
        keeps_hash = own.get("__hash__") is not None
        cls = _slotted(cls, fields, weakref_slot)
        cls.__dataclass_fields__ = fields
        type.__setattr__(cls, "__match_args__", tuple(fields))
        _add(cls, "__init__", _init, own)
        _add(cls, "__repr__", _repr if frozen else _guarded_repr, own)
        if eq:
            _add(cls, "__eq__", _eq, own)
        if unsafe_hash or (eq and frozen and not keeps_hash):
            _add(cls, "__hash__", _hash, {})
        elif eq and not keeps_hash:
            cls.__hash__ = None  # type: ignore[assignment]
        return cls

    return decorate if cls is None else decorate(cls)


def _fields_of(cls: type[Any]) -> Fields:
    """The fields of the bases, then those annotated in the class, in order."""
    found: Fields = {}
    for base in cls.__mro__[-1:0:-1]:
        found.update(getattr(base, "__dataclass_fields__", {}))
    for name, annotation in vars(cls).get("__annotations__", {}).items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        default = cls.__dict__.get(name, _MISSING)
        made: Any = default if isinstance(default, Field) else field(default=default)
        made.name, made.type, made._field_type = name, annotation, _FIELD
        found[name] = made
    return found


def _slotted(cls: type[Any], fields: Fields, weakref_slot: bool) -> type[Any]:
    """The class made anew with a slot for each field of its own."""
    inherited = {name for base in cls.__mro__[1:] for name in getattr(base, "__slots__", ())}
    body = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    for name in fields:
        body.pop(name, None)
    body["__slots__"] = tuple(n for n in fields if n not in inherited) + (("__weakref__",) if weakref_slot else ())
    metaclass: Any = type(cls)
    made: type[Any] = metaclass(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    for method in body.values():  # what ``super()`` without arguments looks at is shared by all methods of a class
        if isinstance(method, types.FunctionType) and "__class__" in method.__code__.co_freevars:
            assert method.__closure__ is not None
            method.__closure__[method.__code__.co_freevars.index("__class__")].cell_contents = made
            break
    return made


def _add(cls: type[Any], name: str, text_of: Callable[[type[Any], Fields], str], own: Any) -> None:
    """Give the class a method that is compiled when it is first called."""
    if name in own:
        return

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        made = _compiled(cls, name, text_of)
        setattr(cls, name, made)
        return made(self, *args, **kwargs)

    method.__name__ = name
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    setattr(cls, name, method)


def _compiled(cls: type[Any], name: str, text_of: Callable[[type[Any], Fields], str]) -> Callable[..., Any]:
    fields: Fields = cls.__dataclass_fields__
    scope: dict[str, Any] = {"_UNSET": _MISSING, "_recursive": reprlib.recursive_repr()}
    for key, made in fields.items():
        scope[f"_d_{key}"] = made.default_factory if made.default is _MISSING else made.default
    exec(compile(text_of(cls, fields), f"<dataclass {cls.__name__}>", "exec"), scope)
    method: Callable[..., Any] = scope[name]
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    method.__module__ = sys.intern(cls.__module__)
    return method


# ---------------------------------------------------------------- the texts of the methods


def _init(cls: type[Any], fields: Fields) -> str:
    params, lines = [], []
    for name, made in fields.items():
        value = name
        if made.default is not _MISSING:
            params.append(f"{name}=_d_{name}")
        elif made.default_factory is not _MISSING:
            params.append(f"{name}=_UNSET")
            value = f"_d_{name}() if {name} is _UNSET else {name}"
        else:
            params.append(name)
        lines.append(f" self.{name} = {value}")
    return f"def __init__({', '.join(['self', *params])}):\n" + "\n".join(lines or [" pass"])


def _tuple(owner: str, fields: Fields) -> str:
    return "(" + "".join(f"{owner}.{name}, " for name, made in fields.items() if made.compare) + ")"


def _eq(cls: type[Any], fields: Fields) -> str:
    same = f"{_tuple('self', fields)} == {_tuple('other', fields)}"
    return (
        "def __eq__(self, other):\n"
        " if self is other: return True\n"
        f" return {same} if other.__class__ is self.__class__ else NotImplemented"
    )


def _hash(cls: type[Any], fields: Fields) -> str:
    return f"def __hash__(self):\n return hash({_tuple('self', fields)})"


def _repr(cls: type[Any], fields: Fields) -> str:
    shown = ", ".join(f"{name}={{self.{name}!r}}" for name, made in fields.items() if made.repr)
    return f"def __repr__(self):\n return f'{{self.__class__.__qualname__}}({shown})'"


def _guarded_repr(cls: type[Any], fields: Fields) -> str:
    """Of a class whose objects can be changed, and so made to hold themselves."""
    return "@_recursive\n" + _repr(cls, fields)
