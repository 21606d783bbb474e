"""What the server and the analysis process say to each other: a 4-byte big-endian length, then a pickle.

Assumes: both ends are this package's, over a pipe nobody else has. Guarantees: a frame read is exactly a frame
written; a closed stream reads as None.

To the process: ``(number, name, arguments)``; ``name`` is a method of the host or, after ``ask:``, of a snapshot;
``number`` 0 wants no answer. ``(number, "cancel", ())`` stops call ``number`` if it runs. From it: ``(number,
"value" | "cancelled" | "error", value)``.

>>> import io; read(io.BytesIO(encode((1, "value", 2))))
(1, 'value', 2)
"""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")


def encode(frame: tuple[Any, ...]) -> bytes:
    """The bytes of a frame."""
    body = pickle.dumps(frame, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def read(stream: BinaryIO) -> Any:
    """The next frame, or None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return pickle.loads(body) if len(body) == length else None
