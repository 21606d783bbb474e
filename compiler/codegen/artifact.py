"""What compilation of a kernel hands to whoever runs it (emulator, CUDA runtime, editor).

Plain data with no compiler objects inside, so it can be pickled between processes and cached on disk.

Example: ``fn saxpy(a: f32, x: &[f32], mut y: DisjointSlice<f32>)`` has params
``[scalar f32, slice f32 (read), disjoint f32 (written)]`` and five PTX parameters.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class ElemType:
    """Element or scalar type. ``dtype``: "f32", "u8", "bool", "ptr", ... or "struct" for anything else."""

    dtype: str
    size_bytes: int
    align_bytes: int
    rust: str  # as written, for people
    fields: tuple[tuple[str, int, ElemType], ...] = ()  # struct: (name, offset_bytes, type)
    count: int = 0  # dtype "array": element count, element type in fields[0]


@dataclass(frozen=True, slots=True)
class KernelParam:
    """One source parameter.

    ``kind``: "slice" (``&[T]``: ptr, len), "slice_mut" (``&mut [T]``), "disjoint" (ptr, len), "disjoint_width" (ptr,
    len, u32 width), "scalar", "pointer" (raw), "aggregate" (by value), "zst" (nothing passed).
    """

    name: str
    kind: str
    elem: ElemType
    writable: bool = False
    index_space: str = ""  # DisjointSlice: "Index1D", "Index2D<1024>", "Runtime2DIndex", ...


@dataclass(frozen=True, slots=True)
class LaunchFacts:
    """From attributes: everything a launch must respect."""

    max_threads: int | None = None
    min_blocks: int | None = None
    block: tuple[int, int, int] | None = None  # exact, from the contract
    domain: int | None = None
    coordinates_u32: bool = False
    dynamic_shared_bytes: tuple[int, int] | None = None
    cluster: tuple[int, int, int] | None = None
    cooperative: bool = False
    requires: tuple[str, ...] = ()
    min_compute_capability: tuple[int, int] | None = None


@dataclass(slots=True)
class KernelArtifact:
    """One compiled kernel. ``symbol`` is the PTX entry; ``llvm_ir`` the unoptimised module text (for the emulator)."""

    name: str
    symbol: str
    file: str
    line: int  # from 1
    params: tuple[KernelParam, ...]
    launch: LaunchFacts
    target: str  # "sm_90"
    llvm_ir: str
    ptx: str
    static_shared_bytes: int = 0
    uses_dynamic_shared: bool = False
    rank: int = 1  # 1 or 2: index space the kernel uses, for default launches
    warnings: list[str] = field(default_factory=list)
    content_hash: str = ""
