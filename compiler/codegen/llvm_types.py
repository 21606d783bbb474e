"""LLVM IR spelling of types, symbols and parameter attributes.

What it is: memoised functions on types, and quoting of symbols. What it guarantees: a type of another dialect is an
:class:`IRError`. Example::

    type_text(StructType((I32, F32))) == "{ i32, float }"
"""

from __future__ import annotations

from functools import cache

from compiler.dialects.llvm.types import ArrayType, PointerType, StructType
from compiler.ir.attributes import Attribute, DictAttr, IntegerAttr, TypeAttr, UnitAttr
from compiler.ir.errors import IRError
from compiler.ir.types import FloatType, IntegerType, Type, VectorType

FLOAT_NAMES = {"f16": "half", "bf16": "bfloat", "f32": "float", "f64": "double"}


@cache
def type_text(ty: Type) -> str:
    if isinstance(ty, IntegerType):
        return f"i{ty.width}"
    if isinstance(ty, FloatType):
        return FLOAT_NAMES[ty.name]
    if isinstance(ty, PointerType):
        return f"ptr addrspace({ty.address_space})" if ty.address_space else "ptr"
    if isinstance(ty, VectorType):
        return f"<{ty.length} x {type_text(ty.element)}>"
    if isinstance(ty, ArrayType):
        return f"[{ty.length} x {type_text(ty.element)}]"
    if isinstance(ty, StructType):
        body = f"{{ {', '.join(type_text(e) for e in ty.elements)} }}" if ty.elements else "{}"
        return f"<{body}>" if ty.packed else body
    raise IRError(f"type {ty} has no LLVM IR form")


def symbol(name: str) -> str:
    """``@name``, quoted where LLVM needs it."""
    if (
        name.replace("_", "a").replace(".", "a").replace("$", "a").isalnum()
        and name.isascii()
        and not name[0].isdigit()
    ):
        return f"@{name}"
    body = "".join(chr(b) if 0x20 <= b < 0x7F and b not in (0x22, 0x5C) else f"\\{b:02X}" for b in name.encode())
    return f'@"{body}"'


def attribute_words(attr: Attribute) -> str:
    """Parameter attributes: ``byval(%T) align 8 signext``."""
    if not isinstance(attr, DictAttr):
        raise IRError(f"parameter attributes must be a dictionary, are {attr}")
    words: list[str] = []
    for key, value in attr.entries:
        if isinstance(value, UnitAttr):
            words.append(key)
        elif isinstance(value, TypeAttr):
            words.append(f"{key}({type_text(value.type)})")
        elif isinstance(value, IntegerAttr):
            words.append(f"{key} {value.value}" if key == "align" else f"{key}({value.value})")
        else:
            raise IRError(f"parameter attribute {key} = {value} has no LLVM IR form")
    return " ".join(words)
