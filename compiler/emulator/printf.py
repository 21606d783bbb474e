"""Device ``printf``: formats what a kernel passes to ``vprintf`` as CUDA does.

What it is: a callback from native code plus a C format interpreter over CUDA's packed argument buffer. What it assumes:
arguments are promoted (int, long long, double, pointer) and naturally aligned in the buffer. What it guarantees: one
string per call is appended to :data:`PRINTED`; a malformed format is printed as it stands. Example: format
``"%d %5.2f"`` with buffer ``{i32 7, double 1.5}`` gives ``"7  1.50"``.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable

PRINTED: list[str] = []
_CALLBACKS: list[object] = []  # ctypes callbacks must outlive the JIT
_SPEC = re.compile(r"%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?(hh|h|ll|l|z|j|t)?([diouxXeEfFgGaAcspb%])")


def install_printer(setter_address: int) -> None:
    """Give native code the address of the printer."""
    callback = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)(_print)
    _CALLBACKS.append(callback)
    ctypes.CFUNCTYPE(None, ctypes.c_void_p)(setter_address)(ctypes.cast(callback, ctypes.c_void_p))


def _print(format_address: int, arguments_address: int) -> int:
    text = ctypes.string_at(format_address).decode("utf-8", "replace")
    output, count = format_packed(text, lambda offset, size: ctypes.string_at(arguments_address + offset, size))
    PRINTED.append(output)
    return count


def format_packed(text: str, read: Callable[[int, int], bytes]) -> tuple[str, int]:
    """Format ``text``; ``read(offset, size)`` gives bytes of the argument buffer. Also returns the argument count."""
    reader = _ArgumentReader(read)

    def replace(match: re.Match[str]) -> str:
        flags, width, precision, length, kind = match.groups()
        if kind == "%":
            return "%"
        if width == "*":
            width = str(reader.integer(4, signed=True))
        if precision == "*":
            precision = str(reader.integer(4, signed=True))
        spec = "%" + flags + (width or "") + (f".{precision}" if precision is not None else "")
        return _format_one(reader, spec, length or "", kind)

    return _SPEC.sub(replace, text), reader.count


def _format_one(reader: _ArgumentReader, spec: str, length: str, kind: str) -> str:
    if kind in "eEfFgG":
        return (spec + kind) % reader.double()
    if kind in "aA":
        return float.hex(reader.double())
    if kind == "s":
        address = reader.integer(8)
        return (spec + "s") % (ctypes.string_at(address).decode("utf-8", "replace") if address else "(null)")
    if kind == "p":
        return f"0x{reader.integer(8):x}"
    wide = length in ("l", "ll", "z", "j", "t")
    value = reader.integer(8 if wide else 4, signed=kind in "di")
    if kind == "c":
        return (spec + "c") % chr(value & 0xFF)
    if kind == "b":
        return f"{value:b}"
    return (spec + ("d" if kind in "diu" else kind)) % value


class _ArgumentReader:
    """Walks the packed buffer with natural alignment."""

    def __init__(self, read: Callable[[int, int], bytes]) -> None:
        self.read, self.offset, self.count = read, 0, 0

    def take(self, size: int) -> bytes:
        self.offset = -(-self.offset // size) * size
        data = self.read(self.offset, size)
        self.offset += size
        self.count += 1
        return data

    def integer(self, size: int, *, signed: bool = False) -> int:
        return int.from_bytes(self.take(size), "little", signed=signed)

    def double(self) -> float:
        return ctypes.c_double.from_buffer_copy(self.take(8)).value
