"""Names the compiler itself stands for: derives it expands, attribute macros it reads, items its attributes generate.

Guarantees: tables only. Source: kernel-language.md sections 1.1, 1.2 and 2; the Rust reference for derives and
attributes.

>>> "Clone" in BUILTIN_DERIVES
True
"""

from __future__ import annotations

from typing import Final

from compiler.resolve.scope import Namespace

BUILTIN_DERIVES: Final = frozenset(
    ("Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd", "ConstParamTy")
)
# Host-side markers: they implement traits of crates that are not part of the library.
MARKER_DERIVES: Final = frozenset(("DeviceCopy",))

KNOWN_ATTRIBUTE_MACROS: Final = (
    "kernel",
    "device",
    "constant",
    "cuda_module",
    "launch_bounds",
    "launch_contract",
    "cluster_launch",
    "cooperative_launch",
    "convergent",
    "pure",
    "readonly",
    "unroll",
    "gpu_printf",
    "ptx_asm",
)

GENERATED_BY_CUDA_MODULE: Final = (
    (Namespace.TYPES, "LoadedModule"),
    (Namespace.VALUES, "load"),
    (Namespace.VALUES, "load_named"),
    (Namespace.VALUES, "from_module"),
    (Namespace.VALUES, "load_async"),
    (Namespace.VALUES, "load_async_named"),
)
