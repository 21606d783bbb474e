"""Facts from PTX text: entries, parameters, registers, source lines, instruction kinds, slices.

What it is: one pass over the lines LLVM prints. What it assumes: LLVM's layout (one instruction a line, ``.loc``
before the instructions it covers). What it guarantees: never raises on PTX it does not know; line numbers count from
1. Example::

    facts = parse_ptx(ptx)
    facts.entries["saxpy"].params[0].type == "f32"
    facts.lines_of("k.rs", 12)          # PTX line numbers that come from source line 12
"""

from __future__ import annotations

import re

from compiler.base.dataclass import dataclass, field
from compiler.base.graph import depth_first

_ENTRY = re.compile(r"^(?:\.visible |\.weak |\.extern )*\.(entry|func)\s*(?:\([^)]*\))?\s*([\w$.]+)")
_PARAM = re.compile(
    r"\.param\s+(?:\.align\s+(?P<align>\d+)\s+)?\.(?P<type>[a-z]\w*)\s*(?:\.ptr(?:\s+\.\w+)*?\s+\.align\s+\d+)?\s*"
    r"(?P<name>[\w$]+)(?:\[(?P<count>\d+)\])?"
)
_REG = re.compile(r"^\s*\.reg\s+\.(\w+)\s+%\w+<(\d+)>;")
_LOCAL = re.compile(r"^\s*\.local\s+\.align\s+\d+\s+\.b8\s+\w+\[(\d+)\];")
_SHARED = re.compile(r"\.shared\s+\.align\s+(\d+)\s+\.(\w+)\s+([\w$.]+)(?:\[(\d*)\])?")
_LOC = re.compile(r"^\s*\.loc\s+(\d+)\s+(\d+)\s+(\d+)")
_FILE = re.compile(r'^\s*\.file\s+(\d+)\s+"([^"]*)"')
_LAUNCH = re.compile(r"^\.(maxntid|reqntid|minnctapersm|reqnctapercluster|maxnreg|explicitcluster)\b\s*(.*)$")
_CALL = re.compile(r"\bcall(?:\.uni)?\s+(?:\([^)]*\),\s*)?(%?[\w$.]+)")
_WORD = re.compile(r"^\s*(?:@!?%\w+\s+)?([a-z][\w.:]*)")
_TYPE_SIZES = {
    "pred": 1, "b8": 1, "u8": 1, "s8": 1, "b16": 2, "u16": 2, "s16": 2, "f16": 2, "b32": 4, "u32": 4, "s32": 4,
               "f32": 4, "b64": 8, "u64": 8, "s64": 8, "f64": 8, "b128": 16}  # fmt: skip
_KINDS = (
    ("ld.", "load"), ("st.", "store"), ("atom.", "atomic"), ("red.", "atomic"), ("bar", "barrier"), ("fence", "fence"),
    ("membar", "fence"), ("shfl", "warp"), ("vote", "warp"), ("match", "warp"), ("redux", "warp"),
    ("activemask", "warp"),
    ("elect", "warp"), ("mma", "matrix"), ("wmma", "matrix"), ("wgmma", "matrix"), ("ldmatrix", "matrix"),
    ("tcgen05", "matrix"), ("cp.async", "async copy"), ("mbarrier", "barrier"), ("bra", "branch"), ("brx", "branch"),
    ("call", "call"), ("ret", "exit"), ("exit", "exit"), ("trap", "trap"), ("cvt", "convert"), ("setp", "compare"),
    ("selp", "select"), ("mov", "move"), ("fma", "float"), ("sqrt", "special"), ("rsqrt", "special"),
    ("rcp", "special"),
    ("sin", "special"), ("cos", "special"), ("lg2", "special"), ("ex2", "special"), ("tanh", "special"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PtxParam:
    """``type`` is the PTX type ("u64", "f32", "b8" for by-value aggregates); ``size`` in bytes."""

    name: str
    type: str
    size: int
    align: int


@dataclass(slots=True)
class PtxFunction:
    """One ``.entry`` or ``.func``; lines ``first_line..=last_line`` of the module, from 1."""

    name: str
    is_entry: bool
    first_line: int
    last_line: int = 0
    params: list[PtxParam] = field(default_factory=list)
    launch: dict[str, tuple[int, ...]] = field(default_factory=dict)
    registers: dict[str, int] = field(default_factory=dict)  # virtual registers by type
    local_bytes: int = 0
    shared: dict[str, int] = field(default_factory=dict)
    instructions: dict[str, int] = field(default_factory=dict)  # by kind
    mnemonics: dict[str, int] = field(default_factory=dict)
    calls: set[str] = field(default_factory=set)  # names; the register of a call through a pointer


@dataclass(slots=True)
class PtxFacts:
    """``locs`` maps a PTX line to (file, source line, column) of the instruction there."""

    version: str = ""
    target: str = ""
    functions: dict[str, PtxFunction] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    locs: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)  # module-level shared arrays, 0 for extern ones
    lines: list[str] = field(default_factory=list)

    @property
    def entries(self) -> dict[str, PtxFunction]:
        return {name: f for name, f in self.functions.items() if f.is_entry}

    @property
    def has_unknown_stack(self) -> bool:
        """Whether an entry reaches recursion or a call through a pointer: no assembler knows what stack that takes."""
        called = {name: f.calls for name, f in self.functions.items()}
        for entry in self.entries:
            reached, back = depth_first(entry, lambda name: called.get(name, ()))
            if back or any(name.startswith("%") for name in reached):
                return True
        return False

    def lines_of(self, file: str, line: int, last_line: int | None = None) -> list[int]:
        """PTX lines made from source lines ``line..=last_line`` of a file (compared by its last path parts)."""
        last = line if last_line is None else last_line
        return [at for at, (name, n, _) in self.locs.items() if line <= n <= last and _same_file(name, file)]

    def function_text(self, name: str) -> str:
        """The text of one function, from its header to its closing brace."""
        function = self.functions[name]
        return "\n".join(self.lines[function.first_line - 1 : function.last_line])

    def kernel_slice(self, name: str) -> str:
        """A kernel with the module header, as PTX that stands alone for reading."""
        head = [line for line in self.lines if line.startswith((".version", ".target", ".address_size"))]
        return "\n".join([*head, "", self.function_text(name)]) + "\n"


def parse_ptx(text: str) -> PtxFacts:
    """Facts of one module."""
    facts = PtxFacts(lines=text.splitlines())
    current: PtxFunction | None = None
    in_body = False
    loc: tuple[int, int, int] | None = None
    pending: list[tuple[int, tuple[int, int, int]]] = []
    for number, line in enumerate(facts.lines, 1):
        if current is None:
            current = _module_line(facts, line, number)
            in_body = False
            if current is not None:
                current.params += _params(line)
            continue
        if not in_body:
            in_body = _header_line(current, line)
            if line.rstrip().endswith(";") and not in_body and not line.startswith("\t"):
                current = None  # a declaration
            continue
        if line.startswith("}"):
            current.last_line = number
            facts.functions[current.name] = current
            current, loc = None, None
            continue
        found = _LOC.match(line)
        if found is not None:
            loc = int(found.group(1)), int(found.group(2)), int(found.group(3))
        elif _body_line(current, line) and loc is not None:
            pending.append((number, loc))
    for number, (file, source_line, column) in pending:
        if source_line:
            facts.locs[number] = facts.files.get(file, ""), source_line, column
    return facts


def _module_line(facts: PtxFacts, line: str, number: int) -> PtxFunction | None:
    if line.startswith(".version"):
        facts.version = line.split()[1]
    elif line.startswith(".target"):
        facts.target = line.split()[1].rstrip(",")
    found = _ENTRY.match(line)
    if found is not None:
        return PtxFunction(found.group(2), found.group(1) == "entry", number)
    file = _FILE.match(line)
    if file is not None:
        facts.files[int(file.group(1))] = file.group(2)
    shared = _SHARED.search(line)
    if shared is not None:
        facts.shared[shared.group(3)] = _shared_bytes(shared)
    return None


def _params(line: str) -> list[PtxParam]:
    found: list[PtxParam] = []
    for match in _PARAM.finditer(line):
        size = _TYPE_SIZES.get(match["type"], 0) * int(match["count"] or 1)
        align = int(match["align"] or _TYPE_SIZES.get(match["type"], 1))
        found.append(PtxParam(match["name"], match["type"], size, align))
    return found


def _header_line(function: PtxFunction, line: str) -> bool:
    """Parameters and launch directives; True at the opening brace."""
    function.params += _params(line)
    launch = _LAUNCH.match(line)
    if launch is not None:
        function.launch[launch.group(1)] = tuple(int(word) for word in re.findall(r"\d+", launch.group(2)))
    return line.startswith("{")


def _body_line(function: PtxFunction, line: str) -> bool:
    """Record one body line; True if it is an instruction."""
    reg = _REG.match(line)
    if reg is not None:
        function.registers[reg.group(1)] = int(reg.group(2)) - 1
        return False
    local = _LOCAL.match(line)
    if local is not None:
        function.local_bytes += int(local.group(1))
        return False
    shared = _SHARED.search(line)
    if shared is not None:
        function.shared[shared.group(3)] = _shared_bytes(shared)
        return False
    word = _WORD.match(line)
    if word is None or line.rstrip().endswith(":"):
        return False
    mnemonic = word.group(1)
    if mnemonic.startswith("call") and (call := _CALL.search(line)) is not None:
        function.calls.add(call[1])
    kind = instruction_kind(mnemonic)
    function.instructions[kind] = function.instructions.get(kind, 0) + 1
    function.mnemonics[mnemonic] = function.mnemonics.get(mnemonic, 0) + 1
    return True


def _shared_bytes(match: re.Match[str]) -> int:
    return _TYPE_SIZES.get(match.group(2), 1) * int(match.group(4) or (1 if match.group(4) is None else 0))


def instruction_kind(mnemonic: str) -> str:
    """``"ld.global.f32"`` is "load.global"; arithmetic is "float" or "integer"."""
    for prefix, kind in _KINDS:
        if mnemonic.startswith(prefix):
            if kind in ("load", "store", "atomic"):
                space = next((w for w in mnemonic.split(".") if w in _SPACES), "generic")
                return f"{kind}.{space}"
            return kind
    suffix = mnemonic.rpartition(".")[2]
    return "float" if suffix in ("f16", "f16x2", "bf16", "bf16x2", "f32", "f64") else "integer"


_SPACES = frozenset({"global", "shared", "local", "const", "param"})


def _same_file(a: str, b: str) -> bool:
    return a == b or a.endswith("/" + b.rpartition("/")[2]) or a == b.rpartition("/")[2] or b.endswith("/" + a)
