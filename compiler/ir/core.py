"""Values, operations, blocks and regions: the SSA graph itself.

What it is: slotted objects with exact use lists. An :class:`Operation` subclass is declared once, with
:func:`operand`, :func:`result`, :func:`attribute` and ``traits``; the declaration gives both the typed accessors and
the verifier's rules. What it assumes: operands are changed only through the methods here. What it guarantees:
``value.uses`` lists each using operation once per use. Example::

    class AddOp(Operation):
        name = "arith.addi"
        left = operand(INTEGER)
        right = operand(INTEGER)
        sum = result(INTEGER)
        traits = frozenset({Trait.PURE})

    add = AddOp([a, b], [a.type])
    assert add.left is a and add.sum.owner is add
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload

from compiler.base.dataclass import dataclass
from compiler.ir.attributes import Attribute, DenseArrayAttr
from compiler.ir.errors import IRError
from compiler.ir.location import UNKNOWN_LOC
from compiler.ir.types import I32, Type

if TYPE_CHECKING:
    from compiler.ir.location import Location

SEGMENTS = "operandSegmentSizes"
A = TypeVar("A", bound=Attribute)


class Trait(enum.Enum):
    """What an operation promises besides its types."""

    TERMINATOR = "terminator"
    PURE = "pure"  # no effects, never traps: may be removed, merged and moved
    READS_MEMORY = "reads memory"  # no other effect: may be removed when unused
    CONVERGENT = "convergent"  # its set of executing threads is observable: never duplicated or made control-dependent
    SYMBOL = "symbol"  # has a ``sym_name``
    ISOLATED = "isolated from above"


class Value:
    """An SSA value: the result of an operation or the argument of a block."""

    __slots__ = ("index", "name_hint", "owner", "type", "uses")

    owner: Operation | Block

    def __init__(self, ty: Type, owner: Operation | Block, index: int, name_hint: str = "") -> None:
        self.type = ty
        self.owner = owner
        self.index = index
        self.name_hint = name_hint
        self.uses: list[Operation] = []

    def replace_all_uses_with(self, new: Value) -> None:
        if new is self:
            return
        for user in self.uses:
            operands = user.operands
            for position, old in enumerate(operands):
                if old is self:
                    operands[position] = new
        new.uses.extend(self.uses)
        self.uses = []


class OpResult(Value):
    __slots__ = ()
    owner: Operation


class BlockArgument(Value):
    __slots__ = ()
    owner: Block


class Operation:
    """One operation. ``operands`` is read freely but written only through :meth:`set_operand` and friends."""

    __slots__ = ("attributes", "loc", "operands", "parent", "regions", "results", "successors")

    name: ClassVar[str] = ""
    traits: ClassVar[frozenset[Trait]] = frozenset()
    n_regions: ClassVar[int] = 0
    n_successors: ClassVar[int | None] = 0
    signature: ClassVar[Signature]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.signature = Signature.of(cls)

    def __init__(
        self,
        operands: Iterable[Value] = (),
        result_types: Iterable[Type] = (),
        attributes: dict[str, Attribute] | None = None,
        regions: Sequence[Region] = (),
        successors: Sequence[Block] = (),
        loc: Location = UNKNOWN_LOC,
    ) -> None:
        self.operands = used = list(operands)
        for value in used:
            value.uses.append(self)
        self.results = [OpResult(ty, self, i) for i, ty in enumerate(result_types)]
        self.attributes: dict[str, Attribute] = {} if attributes is None else attributes
        self.regions = list(regions)
        for region in self.regions:
            region.parent = self
        self.successors = list(successors)
        self.parent: Block | None = None
        self.loc = loc

    # ---- structure

    @property
    def op_name(self) -> str:
        return self.name

    @property
    def result(self) -> OpResult:
        """The only result."""
        return self.results[0]

    def has_trait(self, trait: Trait) -> bool:
        return trait in self.traits

    def walk(self) -> Iterator[Operation]:
        """This operation and everything nested in it, in text order."""
        yield self
        for region in self.regions:
            for block in region.blocks:
                for op in list(block.ops):
                    yield from op.walk()

    # ---- operands

    def set_operand(self, index: int, value: Value) -> None:
        self.operands[index].uses.remove(self)
        self.operands[index] = value
        value.uses.append(self)

    def set_operands(self, values: Iterable[Value]) -> None:
        for value in self.operands:
            value.uses.remove(self)
        self.operands = list(values)
        for value in self.operands:
            value.uses.append(self)

    def segments(self) -> tuple[int, ...]:
        """Sizes of the operand groups of an operation with several variadic groups."""
        sizes = self.attributes.get(SEGMENTS)
        if not isinstance(sizes, DenseArrayAttr):
            raise IRError(f"'{self.op_name}' op needs {SEGMENTS}")
        return sizes.values

    def set_segment(self, index: int, values: Sequence[Value]) -> None:
        """Replace operand group ``index`` and its recorded size."""
        sizes = list(self.segments())
        start = sum(sizes[:index])
        operands = self.operands[:start] + list(values) + self.operands[start + sizes[index] :]
        sizes[index] = len(values)
        self.attributes[SEGMENTS] = DenseArrayAttr(tuple(sizes), I32)
        self.set_operands(operands)

    def segment(self, index: int) -> list[Value]:
        sizes = self.segments()
        start = sum(sizes[:index])
        return self.operands[start : start + sizes[index]]

    # ---- removal

    def detach(self) -> None:
        if self.parent is not None:
            self.parent.ops.remove(self)
            self.parent = None

    def drop_operands(self) -> None:
        for value in self.operands:
            value.uses.remove(self)
        self.operands = []

    def erase(self) -> None:
        """Remove from its block and forget operands; results must be unused."""
        for res in self.results:
            if res.uses:
                raise IRError(f"'{self.op_name}' op erased while result #{res.index} is still used")
        for region in self.regions:
            for block in region.blocks:
                for op in block.ops:
                    op.drop_operands()
        self.drop_operands()
        self.detach()

    def verify_op(self) -> str | None:
        """The operation's own rule beyond its declaration: an error message, or None."""
        return None


class Block:
    """A list of operations ending in a terminator, with typed arguments."""

    __slots__ = ("args", "ops", "parent")

    def __init__(self, arg_types: Iterable[Type] = (), parent: Region | None = None) -> None:
        self.args = [BlockArgument(ty, self, i) for i, ty in enumerate(arg_types)]
        self.ops: list[Operation] = []
        self.parent = parent

    def add_arg(self, ty: Type, name_hint: str = "") -> BlockArgument:
        arg = BlockArgument(ty, self, len(self.args), name_hint)
        self.args.append(arg)
        return arg

    def append(self, op: Operation) -> None:
        op.parent = self
        self.ops.append(op)

    def insert(self, index: int, op: Operation) -> None:
        op.parent = self
        self.ops.insert(index, op)

    @property
    def terminator(self) -> Operation | None:
        last = self.ops[-1] if self.ops else None
        return last if last is not None and Trait.TERMINATOR in last.traits else None

    def successors(self) -> list[Block]:
        return self.ops[-1].successors if self.ops else []


class Region:
    """A list of blocks; the first is the entry."""

    __slots__ = ("blocks", "parent")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self.blocks: list[Block] = []
        self.parent: Operation | None = None
        for block in blocks:
            self.add_block(block)

    def add_block(self, block: Block | None = None) -> Block:
        block = Block() if block is None else block
        block.parent = self
        self.blocks.append(block)
        return block

    @property
    def entry(self) -> Block:
        return self.blocks[0]


# ---------------------------------------------------------------- declarations


@dataclass(frozen=True, slots=True)
class TypeConstraint:
    """A named predicate on types, for messages and checks."""

    description: str
    accepts: Callable[[Type], bool]


class OperandSpec:
    """Descriptor of one operand, or of a group when ``variadic``."""

    __slots__ = ("attr_name", "constraint", "index", "variadic")

    def __init__(self, constraint: TypeConstraint, variadic: bool) -> None:
        self.constraint = constraint
        self.variadic = variadic
        self.attr_name = ""
        self.index = 0


class SingleOperand(OperandSpec):
    __slots__ = ()

    @overload
    def __get__(self, op: None, owner: type) -> SingleOperand: ...
    @overload
    def __get__(self, op: Operation, owner: type) -> Value: ...
    def __get__(self, op: Operation | None, owner: type) -> SingleOperand | Value:
        return self if op is None else op.operands[self.index]


class OperandGroup(OperandSpec):
    """A variadic group: alone, what the single operands before it leave; one of several, by segment sizes."""

    __slots__ = ("alone",)

    def __init__(self, constraint: TypeConstraint) -> None:
        super().__init__(constraint, variadic=True)
        self.alone = True

    @overload
    def __get__(self, op: None, owner: type) -> OperandGroup: ...
    @overload
    def __get__(self, op: Operation, owner: type) -> list[Value]: ...
    def __get__(self, op: Operation | None, owner: type) -> OperandGroup | list[Value]:
        if op is None:
            return self
        return op.operands[self.index :] if self.alone else op.segment(self.index)


class ResultSpec:
    __slots__ = ("attr_name", "constraint", "index", "variadic")

    def __init__(self, constraint: TypeConstraint, variadic: bool = False) -> None:
        self.constraint = constraint
        self.variadic = variadic
        self.attr_name = ""
        self.index = 0

    @overload
    def __get__(self, op: None, owner: type) -> ResultSpec: ...
    @overload
    def __get__(self, op: Operation, owner: type) -> OpResult: ...
    def __get__(self, op: Operation | None, owner: type) -> ResultSpec | OpResult:
        return self if op is None else op.results[self.index]


class AttributeSpec(Generic[A]):
    """Descriptor of one attribute, of class ``kind``."""

    __slots__ = ("attr_name", "kind", "optional")

    def __init__(self, kind: type[A], optional: bool) -> None:
        self.kind = kind
        self.optional = optional
        self.attr_name = ""


class RequiredAttribute(AttributeSpec[A]):
    """Reads as the attribute; the verifier checked that it is there."""

    __slots__ = ()

    @overload
    def __get__(self, op: None, owner: type) -> RequiredAttribute[A]: ...
    @overload
    def __get__(self, op: Operation, owner: type) -> A: ...
    def __get__(self, op: Operation | None, owner: type) -> Any:
        return self if op is None else op.attributes[self.attr_name]


class OptionalAttribute(AttributeSpec[A]):
    """Reads as None when the attribute is absent."""

    __slots__ = ()

    @overload
    def __get__(self, op: None, owner: type) -> OptionalAttribute[A]: ...
    @overload
    def __get__(self, op: Operation, owner: type) -> A | None: ...
    def __get__(self, op: Operation | None, owner: type) -> Any:
        return self if op is None else op.attributes.get(self.attr_name)


def operand(constraint: TypeConstraint) -> SingleOperand:
    return SingleOperand(constraint, variadic=False)


def operands(constraint: TypeConstraint) -> OperandGroup:
    return OperandGroup(constraint)


def result(constraint: TypeConstraint) -> ResultSpec:
    return ResultSpec(constraint)


def results(constraint: TypeConstraint) -> ResultSpec:
    """Any number of results of one kind; must be the last declared result."""
    return ResultSpec(constraint, variadic=True)


def attribute(kind: type[A]) -> RequiredAttribute[A]:
    return RequiredAttribute(kind, optional=False)


def optional_attribute(kind: type[A]) -> OptionalAttribute[A]:
    return OptionalAttribute(kind, optional=True)


@dataclass(frozen=True, slots=True)
class Signature:
    """The declared shape of an operation class, gathered once from its descriptors."""

    operands: tuple[OperandSpec, ...]
    results: tuple[ResultSpec, ...]
    attributes: dict[str, AttributeSpec[Any]]
    n_regions: int
    n_successors: int | None  # None: any number
    segmented: bool

    @staticmethod
    def of(op_class: type[Operation]) -> Signature:
        operand_specs: list[OperandSpec] = []
        result_specs: list[ResultSpec] = []
        attribute_specs: dict[str, AttributeSpec[Any]] = {}
        for base in reversed(op_class.__mro__):
            for name, spec in vars(base).items():
                if isinstance(spec, OperandSpec):
                    spec.attr_name, spec.index = name, len(operand_specs)
                    operand_specs.append(spec)
                elif isinstance(spec, ResultSpec):
                    spec.attr_name, spec.index = name, len(result_specs)
                    result_specs.append(spec)
                elif isinstance(spec, AttributeSpec):
                    spec.attr_name = spec.attr_name or name.rstrip("_")
                    attribute_specs[spec.attr_name] = spec
        groups = [spec for spec in operand_specs if isinstance(spec, OperandGroup)]
        segmented = len(groups) > 1
        for group in groups:
            group.alone = not segmented
        return Signature(
            tuple(operand_specs),
            tuple(result_specs),
            attribute_specs,
            op_class.n_regions,
            op_class.n_successors,
            segmented,
        )
