"""Inputs of the front end: file texts and the crate graph.

``source_bytes(db, file)`` is the text of a file (b"" when it does not exist; ``file_exists`` says).
``crate_graph(db)`` lists the
crates. Library files are set with ``Durability.HIGH``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.query import Query, input_query

source_bytes: Query[..., bytes] = input_query("source_bytes", default=b"")
file_exists: Query[..., bool] = input_query("file_exists", default=False)
crate_graph: Query[..., CrateGraph | None] = input_query("crate_graph")


@dataclass(frozen=True, slots=True)
class CrateDescription:
    """``deps``: extern-prelude name -> crate name ("" for a crate that exists but is not known). ``cfg``: active
    flags and ``key="value"`` pairs as written."""

    name: str
    root_file: str
    edition: str = "2024"
    deps: tuple[tuple[str, str], ...] = ()
    cfg: tuple[str, ...] = ()
    is_library: bool = False  # part of Oxide's own library
    is_open: bool = False  # known only in part: a name that is not found may exist all the same
    is_closed: bool = False  # ``deps`` is complete (from a manifest): any other crate name is an error
    lints: tuple[tuple[str, str], ...] = ()  # (lint or group, level) of the manifest's ``[lints.rust]``, the last wins


@dataclass(frozen=True, slots=True)
class CrateGraph:
    crates: dict[str, CrateDescription] = field(default_factory=dict)
