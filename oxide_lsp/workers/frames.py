"""The byte protocol between server and worker: a 4-byte big-endian length, then that many bytes of JSON.

Assumes: both ends are this package's; a frame fits in memory.
Guarantees: a frame read is exactly a frame written; a closed or broken stream reads as ``None``.

From the server: ``{"id": 7, "job": "emit", "params": {...}}``. From the worker, any number of
``{"id": 7, "progress": {"message": "...", "percentage": 40}}`` and then one of ``{"id": 7, "result": ...}`` or
``{"id": 7, "error": {"message": "...", "detail": "..."}}``.

>>> encode({"id": 1})[4:]
b'{"id":1}'
"""

from __future__ import annotations

import asyncio
import json
import struct
from typing import Any, BinaryIO

Frame = dict[str, Any]
_LENGTH = struct.Struct(">I")


def encode(frame: Frame) -> bytes:
    """The bytes of a frame."""
    body = json.dumps(frame, separators=(",", ":")).encode()
    return _LENGTH.pack(len(body)) + body


def read_blocking(stream: BinaryIO) -> Frame | None:
    """The next frame of a blocking stream, or None at its end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return _decoded(body) if len(body) == length else None


async def read_async(stream: asyncio.StreamReader) -> Frame | None:
    """The next frame of an asyncio stream, or None at its end."""
    try:
        (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
        return _decoded(await stream.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def _decoded(body: bytes) -> Frame | None:
    try:
        frame = json.loads(body)
    except ValueError:
        return None
    return frame if isinstance(frame, dict) else None
