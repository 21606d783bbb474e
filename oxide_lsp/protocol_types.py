"""Loads ``lsprotocol`` with its classes built when they are first used.

What it is: ``lsprotocol.types`` declares 554 ``attrs`` classes, of which a session uses a few dozen; building them all
took half of the server's start-up. :func:`load` imports the module with a decorator that leaves the building to the
first instance made, or the first look at a class's fields.

Assumes: called before anything else imports ``lsprotocol``. Guarantees: the classes are the same to every user; where
the libraries are not as expected here they are loaded in the ordinary way.

>>> load()
>>> from lsprotocol.types import Position
>>> Position(1, 2) < Position(1, 3), Position.__name__
(True, 'Position')
"""

from __future__ import annotations

import sys
from typing import Any

import attrs


class _Unbuilt:
    """Stands for a class's fields until somebody looks."""

    __slots__ = ("_cls",)

    def __init__(self, cls: type[Any]) -> None:
        self._cls = cls

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        _build(self._cls)
        return owner.__attrs_attrs__


def load() -> None:
    """Import ``lsprotocol.types`` quickly."""
    if "lsprotocol.types" in sys.modules:
        return
    define = attrs.define
    attrs.define = _later  # type: ignore[assignment]
    try:
        import lsprotocol.types  # noqa: F401 - what the decorator is for
    finally:
        attrs.define = define
    from lsprotocol import _hooks

    if hasattr(_hooks, "_resolved_forward_references"):
        _hooks._resolved_forward_references = True  # each class does it when it is built


def _later(cls: type[Any] | None = None, **options: Any) -> Any:
    """``attrs.define`` that gives the class an ``__init__`` which builds it."""
    if cls is None or options or "__init__" in cls.__dict__ or cls.__bases__ != (object,):
        return _define(cls, **options)

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        _build(cls)
        self.__init__(*args, **kwargs)

    cls.__init__ = __init__
    cls.__attrs_attrs__ = _Unbuilt(cls)
    return cls


_define = attrs.define


def _build(cls: type[Any]) -> None:
    """What ``attrs.define`` would have done, in place."""
    if not isinstance(cls.__dict__.get("__attrs_attrs__"), _Unbuilt):
        return
    from lsprotocol import types

    del cls.__init__, cls.__attrs_attrs__
    _define(cls, slots=False)
    attrs.resolve_types(cls, types.ALL_TYPES_MAP, {})
