"""The ``mir`` dialect: Rust's MIR once types are concrete and laid out.

What it is: see :mod:`compiler.dialects.mir.ops` for the operations and :mod:`compiler.dialects.mir.types` for the value
model. What it assumes: no front end. What it guarantees: text round-trips. Example::

    from compiler.dialects.mir import MIR
"""

from compiler.dialects.mir.attributes import parse_tag
from compiler.dialects.mir.ops import OPERATIONS
from compiler.dialects.mir.types import parse_mem, parse_pair, parse_ptr
from compiler.ir.dialect import Dialect

MIR = Dialect("mir", OPERATIONS, {"ptr": parse_ptr, "pair": parse_pair, "mem": parse_mem}, {"tag": parse_tag})
