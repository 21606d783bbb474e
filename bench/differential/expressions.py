"""Random expressions of a wanted type over the variables in scope.

A production is a method of :class:`Expressions` that returns Rust text of the type it is asked for. ``hinted`` says that the
context fixes the type, so that a literal may go without its suffix. Divisions, indices and conversions mostly avoid a panic;
the rest is there to see that both sides panic.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bench.differential import types as y

_EDGE_FLOATS = (
    "0.0",
    "-0.0",
    "1.0",
    "0.5",
    "-2.75",
    "1e10",
    "3.25e-5",
    "1e-40",
    "255.5",
    "1e39",
    "-1e300",
    "16777217.0",
)
_METHODS = [
    "wrapping_add",
    "wrapping_sub",
    "wrapping_mul",
    "saturating_add",
    "saturating_sub",
    "saturating_mul",
    "min",
    "max",
    "abs_diff",
    "rem_euclid",
    "div_euclid",
    "wrapping_pow",
    "overflowing_add",
    "overflowing_sub",
    "overflowing_mul",
    "checked_add",
    "checked_sub",
    "checked_mul",
    "checked_div",
    "checked_rem",
    "checked_shl",
    "checked_shr",
    "wrapping_shl",
    "wrapping_shr",
    "rotate_left",
    "rotate_right",
    "checked_pow",
    "saturating_pow",
    "checked_rem_euclid",
    "midpoint",
    "clamp",
]
_COUNTS = ["count_ones", "count_zeros", "leading_zeros", "trailing_zeros", "leading_ones", "trailing_ones"]
_UNARY = ["swap_bytes", "reverse_bits", "wrapping_neg", "to_be", "from_be"]
_SIGNED = ["wrapping_abs", "signum", "checked_abs", "checked_neg", "saturating_neg", "saturating_abs"]
_UNSIGNED = ["isqrt", "checked_next_power_of_two", "checked_ilog2", "checked_ilog10", "div_ceil"]
_FLOAT_UNARY = ["abs", "floor", "ceil", "trunc", "round", "sqrt", "fract", "recip", "signum", "round_ties_even"]


@dataclass(slots=True)
class Variable:
    name: str
    ty: y.Ty
    mutable: bool = False


class Expressions:
    """Writes expressions; ``scope`` is what they may mention."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.adts: list[y.Adt] = []
        self.scope: list[Variable] = []
        self.n_names = 0
        self.inputs = True  # whether `x` may be mentioned

    def fresh(self, prefix: str = "v") -> str:
        self.n_names += 1
        return f"{prefix}{self.n_names}"

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def expr(self, ty: y.Ty, depth: int = 2, hinted: bool = False) -> str:
        """An expression of type ``ty``."""
        known = [v.name for v in self.scope if v.ty == ty]
        if known and self.chance(0.5 if depth else 0.8):
            return self.rng.choice(known)
        if depth > 0 and self.chance(0.18):
            return self.any_type(ty, depth, hinted)
        match ty:
            case y.Int():
                return self.int_expr(ty, depth, hinted)
            case y.Float():
                return self.float_expr(ty, depth, hinted)
            case y.Simple("bool"):
                return self.bool_expr(depth)
            case y.Simple("char"):
                return self.char_expr(depth)
            case y.Simple():
                return self.ordering_expr(depth)
        return self.aggregate(ty, depth, hinted)

    # -- leaves

    def literal(self, ty: y.Ty, hinted: bool = False) -> str:
        match ty:
            case y.Int():
                return self.int_literal(ty, hinted)
            case y.Float():
                text = self.rng.choice(_EDGE_FLOATS)
                text = text if not (ty.bits == 32 and text in ("1e39", "-1e300")) else "3e38"
                text += "" if hinted else str(ty)
                return f"({text})" if text.startswith("-") else text
            case y.Simple("bool"):
                return self.rng.choice(("true", "false"))
            case y.Simple("char"):
                return self.rng.choice(("'a'", "'Z'", "'0'", "'\\n'", "'\\u{e9}'", "'\\u{1F600}'", "' '", "'~'"))
        return self.rng.choice(("Ordering::Less", "Ordering::Equal", "Ordering::Greater"))

    def int_literal(self, ty: y.Int, hinted: bool) -> str:
        roll = self.rng.random()
        if roll < 0.12:
            return f"{ty}::{self.rng.choice(('MAX', 'MIN'))}"
        if roll < 0.7:
            value = self.rng.choice((0, 1, 2, 3, 5, 7, 8, 10, 13, 31, 64, 100, 127))
        else:
            value = self.rng.getrandbits(self.rng.choice((8, 16, ty.width))) & ty.greatest
        value &= ty.greatest
        text = self.rng.choice((str(value), str(value), hex(value), bin(value) if value < 256 else oct(value)))
        text += "" if hinted else f"_{ty}" if self.chance(0.1) else str(ty)
        return f"(-{text})" if ty.signed and self.chance(0.25) and value else text

    def input(self, ty: y.Ty) -> str:
        """A scalar made from an input word."""
        word = f"x[{self.rng.randrange(4)}]"
        match ty:
            case y.Int(128, _):
                return f"((({word} as u128) << 64 | x[{self.rng.randrange(4)}] as u128) as {ty})"
            case y.Int():
                return f"({word} as {ty})" if str(ty) != "u64" else word
            case y.Float(32):
                return f"{self.rng.choice(('f32::from_bits', 'small32'))}({word} as u32)"
            case y.Float():
                return f"{self.rng.choice(('f64::from_bits', 'small64'))}({word})"
            case y.Simple("bool"):
                return f"({word} & {1 << self.rng.randrange(8)} != 0)"
            case y.Simple("char"):
                return f"char_of({word})"
        return f"{word}.cmp(&x[{self.rng.randrange(4)}])"

    def leaf(self, ty: y.Ty, hinted: bool) -> str:
        return self.input(ty) if self.inputs and self.chance(0.5) else self.literal(ty, hinted)

    # -- any type

    def any_type(self, ty: y.Ty, depth: int, hinted: bool) -> str:
        e, d = self.expr, depth - 1
        match self.rng.randrange(9):
            case 0:
                return f"if {self.expr(y.BOOL, d)} {{ {e(ty, d, hinted)} }} else {{ {e(ty, d, hinted)} }}".join("()")
            case 1:
                kind = y.random_int(self.rng)
                low, high = sorted(self.rng.sample(range(120), 2))
                return (
                    f"match {e(kind, d)} {{ {low}..={high} => {e(ty, d, hinted)}, {high + 1} | {high + 2} => "
                    f"{e(ty, d, hinted)}, _ => {e(ty, d, hinted)} }}"
                ).join("()")
            case 2:
                return self.block(ty, d, hinted)
            case 3:
                return f"{self.option(ty, d)}.unwrap_or({e(ty, d, True)})"
            case 4:
                other = y.random_scalar(self.rng)
                name = self.fresh("c")
                self.scope.append(Variable(name, other))
                body = e(ty, d)
                self.scope.pop()
                return f"(|{name}: {other}| {body})({e(other, d, True)})"
            case 5:
                other = y.random_scalar(self.rng)
                at = self.rng.randrange(2)
                pair = [e(other, d), e(other, d)]
                pair[at] = e(ty, d)
                return f"({', '.join(pair)}).{at}"
            case 6:
                n = self.rng.choice((1, 2, 3, 4))
                elems = ", ".join(e(ty, d) for _ in range(n))
                return f"[{elems}][{self.index(n, d)}]"
            case 7:
                return f"{{ let mut r = {e(ty, d)}; core::mem::replace(&mut r, {e(ty, d, True)}) }}"
        return f"(if let Some(q) = {self.option(ty, d)} {{ q }} else {{ {e(ty, d, True)} }})"

    def block(self, ty: y.Ty, depth: int, hinted: bool) -> str:
        other, name = y.random_type(self.rng, self.adts, 1), self.fresh()
        first = self.expr(other, depth)
        self.scope.append(Variable(name, other))
        last = self.expr(ty, depth, hinted)
        self.scope.pop()
        return f"{{ let {name} = {first}; {last} }}"

    def index(self, n: int, depth: int) -> str:
        if self.chance(0.3):
            return str(self.rng.randrange(n))
        return f"{self.expr(y.USIZE, depth)} % {n if self.chance(0.98) else n + 1}"

    def option(self, ty: y.Ty, depth: int) -> str:
        known = [v.name for v in self.scope if v.ty == y.Option(ty)]
        if known and self.chance(0.6):
            return self.rng.choice(known)
        match self.rng.randrange(6):
            case 0:
                return f"Some({self.expr(ty, depth)})"
            case 1:
                return f"{self.expr(y.BOOL, depth)}.then(|| {self.expr(ty, depth)})"
            case 2:
                return f"Some({self.expr(ty, depth)}).filter(|_| {self.expr(y.BOOL, depth)})"
            case 3:
                return f"None.or(Some({self.expr(ty, depth)}))"
            case 4:
                return f"[{self.expr(ty, depth)}, {self.expr(ty, depth)}].get({self.index(3, depth)}).copied()"
        return f"(if {self.expr(y.BOOL, depth)} {{ None }} else {{ Some({self.expr(ty, depth)}) }})"

    # -- scalars

    def int_expr(self, ty: y.Int, depth: int, hinted: bool) -> str:
        if depth <= 0:
            return self.leaf(ty, hinted)
        e, d, rng = self.expr, depth - 1, self.rng
        match rng.randrange(12):
            case 0 | 1:
                return f"({e(ty, d, hinted)} {rng.choice('+-*&|^')} {e(ty, d, hinted)})"
            case 2:
                divisor = f"({e(ty, d)} | 1)" if self.chance(0.9) else e(ty, d)
                return f"({e(ty, d)} {rng.choice('/%')} {divisor})"
            case 3:
                amount = y.random_int(rng)
                by = f"({e(amount, d)} & {min(ty.width, 64) - 1})" if self.chance(0.7) else e(amount, d)
                return f"({e(ty, d)} {rng.choice(('<<', '>>'))} {by})"
            case 4:
                return f"({'-' if ty.signed and self.chance(0.5) else '!'}{e(ty, d)})"
            case 5 | 6 | 7:
                return self.int_method(ty, d)
            case 8 | 9:
                return self.cast_to_int(ty, d)
            case 10:
                return self.int_fold(ty, d)
        return f"{{ let mut s = {e(ty, d)}; s {rng.choice('+-*&|^')}= {e(ty, d, True)}; s }}"

    def int_method(self, ty: y.Int, d: int) -> str:
        rng, e = self.rng, self.expr
        roll = rng.random()
        if roll < 0.15 and str(ty) == "u32":
            return f"{e(rng.choice(y.INTS), d)}.{rng.choice(_COUNTS)}()"
        if roll < 0.3:
            return f"{e(ty, d)}.{rng.choice(_UNARY)}()".replace(".from_be()", ".to_le()")
        if roll < 0.4 and ty.signed:
            name = rng.choice(_SIGNED)
            return f"{e(ty, d)}.{name}()" + (f".unwrap_or({e(ty, d, True)})" if name.startswith("checked") else "")
        if roll < 0.4:
            name = rng.choice(_UNSIGNED)
            if name.startswith("checked_ilog"):
                return f"({e(ty, d)}.{name}().unwrap_or(77) as {ty})"
            if name == "div_ceil":
                return f"{e(ty, d)}.div_ceil({e(ty, d)} | 1)"
            return f"{e(ty, d)}.{name}()" + (".unwrap_or_default()" if name.startswith("checked") else "")
        return self.int_binary_method(ty, rng.choice(_METHODS), d)

    def int_binary_method(self, ty: y.Int, name: str, d: int) -> str:
        e = self.expr
        if name == "clamp":
            low, high = sorted(self.rng.sample(range(100), 2))
            return f"{e(ty, d)}.clamp({low}, {high})"
        if name == "abs_diff":
            unsigned = y.Int(ty.bits, False)
            return f"({e(ty, d)}.abs_diff({e(ty, d)})" + (f" as {ty})" if unsigned != ty else ")")
        if name == "midpoint" and ty.signed:
            name = "wrapping_add"
        if name in ("rem_euclid", "div_euclid", "checked_rem_euclid"):
            wrapping = "" if name.startswith("checked") else "wrapping_"
            tail = ".unwrap_or(9)" if name.startswith("checked") else ""
            return f"{e(ty, d)}.{wrapping}{name}({e(ty, d)} | 1){tail}"
        takes_u32 = any(s in name for s in ("sh", "rotate", "pow"))
        arg = e(y.U32, d, True) if takes_u32 else e(ty, d, True)
        call = f"{e(ty, d)}.{name}({arg})"
        if name.startswith("overflowing"):
            return f"{call}.0"
        return f"{call}.unwrap_or({e(ty, d, True)})" if name.startswith("checked") else call

    def cast_to_int(self, ty: y.Int, d: int) -> str:
        source: y.Ty = y.random_int(self.rng)
        if self.chance(0.2):
            source = self.rng.choice((y.F32, y.F64, y.BOOL, y.CHAR))
        value = self.expr(source, d)
        if isinstance(source, y.Float) and self.chance(0.2):
            return f"(q{source.bits}({value}).to_bits() as {ty})"
        return f"({value} as {ty})"

    def int_fold(self, ty: y.Int, d: int) -> str:
        """An iterator consumed to an integer."""
        rng, e = self.rng, self.expr
        n = rng.choice((2, 3, 4))
        elems = f"[{', '.join(e(ty, max(0, d - 1)) for _ in range(n))}]"
        step = rng.choice((
            "map(|q| q.wrapping_mul(3))", "filter(|q| *q & 1 == 0)", "take(2)", "skip(1)", "rev()", "step_by(2)", "copied()",
            "map(|q| q ^ 5)", "take_while(|q| *q != 3)", "skip_while(|q| *q > 9)", "chain([1, 2])", "cycle().take(5)",
            "inspect(|_| ())", "scan(1, |s, q| { *s ^= q; Some(*s) })", "enumerate().map(|(i, q)| q.rotate_left(i as u32))",
            "zip([7, 9]).map(|(a, b)| a.wrapping_sub(b))", "flat_map(|q| [q, q >> 1])", "filter_map(|q| q.checked_add(100))",
        ))  # fmt: skip
        step = step if step != "copied()" else "peekable()"
        start = f"{elems}.into_iter().{step}"
        return rng.choice((
            f"{start}.fold({self.literal(ty)}, |a, b| a.rotate_left(1) ^ b)", f"{start}.map(|q| q / 8).sum::<{ty}>()",
            f"{start}.max().unwrap_or(0)", f"{start}.min().unwrap_or_default()", f"{start}.last().unwrap_or(1)",
            f"({start}.count() as {ty})", f"{start}.nth(1).unwrap_or(4)",
            f"{start}.reduce(|a, b| a.wrapping_add(b)).unwrap_or(2)",
            f"({start}.position(|q| q > 50).map_or(99, |p| p as {ty}))", f"{start}.find(|q| *q % 3 == 1).unwrap_or(6)",
            f"{start}.min_by_key(|q| q.count_ones()).unwrap_or(0)", f"{start}.max_by(|a, b| b.cmp(a)).unwrap_or(0)",
        ))  # fmt: skip

    def float_expr(self, ty: y.Float, depth: int, hinted: bool) -> str:
        if depth <= 0:
            return self.leaf(ty, hinted)
        e, d, rng = self.expr, depth - 1, self.rng
        match rng.randrange(8):
            case 0 | 1:
                return f"({e(ty, d, hinted)} {rng.choice('+-*/')} {e(ty, d, hinted)})"
            case 2:
                return f"({e(y.random_int(rng) if self.chance(0.8) else y.U8, d)} as {ty})"
            case 3:
                return f"({e(y.F64 if ty.bits == 32 else y.F32, d)} as {ty})"
            case 4:
                name = rng.choice(_FLOAT_UNARY)
                value = e(ty, d)
                return f"q{ty.bits}({value}).{name}()" if name == "signum" else f"{value}.{name}()"
            case 5:
                return f"({e(ty, d)} + 1.5).{rng.choice(('min', 'max'))}({e(ty, d)} + 1.25)"
            case 6:
                return f"{e(ty, d)}.mul_add({e(ty, d)}, {e(ty, d)})"
        return rng.choice((
            f"({e(ty, d)} % {e(ty, d)})", f"(-{e(ty, d)})", f"{e(ty, d)}.clamp(-10.0, 100.0)",
            f"q{ty.bits}({e(ty, d)}).copysign(q{ty.bits}({e(ty, d)}))", f"[{e(ty, d)}, {e(ty, d)}].iter().sum::<{ty}>()",
        ))  # fmt: skip

    def bool_expr(self, depth: int) -> str:
        if depth <= 0:
            return self.leaf(y.BOOL, True)
        e, d, rng = self.expr, depth - 1, self.rng
        ty = y.random_type(rng, [], 1) if self.chance(0.2) else y.random_scalar(rng)
        match rng.randrange(10):
            case 0 | 1 | 2:
                return f"({e(ty, d)} {rng.choice(('<', '<=', '>', '>=', '==', '!='))} {e(ty, d, True)})"
            case 3 | 4:
                return f"({e(y.BOOL, d)} {rng.choice(('&&', '||', '^', '&', '|'))} {e(y.BOOL, d)})"
            case 5:
                return f"(!{e(y.BOOL, d)})"
            case 6:
                kind = y.random_int(rng)
                low = rng.randrange(100)
                pattern = rng.choice(
                    (f"{low}..", f"0..={low}", f"1 | {low + 3}..=120", f"k if k % 2 == {rng.randrange(2)}")
                )
                return f"matches!({e(kind, d)}, {pattern})"
            case 7:
                call = rng.choice(("is_nan()", "is_finite()", "is_infinite()", "is_normal()", "is_subnormal()"))
                return f"{e(rng.choice((y.F32, y.F64)), d)}.{call}"
            case 8:
                inner = y.random_scalar(rng)
                return f"{self.option(inner, d)}.{rng.choice(('is_some()', 'is_none()', f'is_some_and(|_| {e(y.BOOL, d)})'))}"
        call = rng.choice(("is_ascii_digit()", "is_ascii_alphabetic()", "is_ascii()", "is_ascii_punctuation()"))
        return f"{e(rng.choice((y.CHAR, y.U8)), d)}.{call}"

    def char_expr(self, depth: int) -> str:
        if depth <= 0:
            return self.leaf(y.CHAR, True)
        e, d = self.expr, depth - 1
        return self.rng.choice((
            f"({e(y.U8, d)} as char)", f"{e(y.CHAR, d)}.to_ascii_uppercase()", f"{e(y.CHAR, d)}.to_ascii_lowercase()",
            f"char::from_u32({e(y.U32, d)}).unwrap_or('?')", f"char::from_digit({e(y.U32, d)} % 12, 10).unwrap_or('x')",
            f"char::from({e(y.U8, d)})", f"{e(y.CHAR, d)}.max({e(y.CHAR, d)})",
        ))  # fmt: skip

    def ordering_expr(self, depth: int) -> str:
        if depth <= 0:
            return self.leaf(y.ORDERING, True)
        e, d = self.expr, depth - 1
        ty = y.random_scalar(self.rng, floats=False)
        return self.rng.choice((
            f"{e(ty, d)}.cmp(&{e(ty, d, True)})", f"{e(y.ORDERING, d)}.reverse()", f"{e(y.ORDERING, d)}.then({e(y.ORDERING, d)})",
            f"{e(y.F64, d)}.partial_cmp(&{e(y.F64, d)}).unwrap_or(Ordering::Equal)", f"q32({e(y.F32, d)}).total_cmp(&q32({e(y.F32, d)}))",
        ))  # fmt: skip

    # -- aggregates

    def aggregate(self, ty: y.Ty, depth: int, hinted: bool) -> str:
        d = max(0, depth - 1)
        e = self.expr
        match ty:
            case y.Tuple(elems):
                return f"({', '.join(e(x, d, hinted) for x in elems)}{',' * (len(elems) == 1)})"
            case y.Array(elem, n):
                return self.array(elem, n, d, hinted)
            case y.Option(some):
                return (
                    self.option(some, d)
                    if depth
                    else self.rng.choice(("None" if hinted else f"None::<{some}>", f"Some({e(some, 0, hinted)})"))
                )
            case y.Result(ok, err):
                return self.result(ty, ok, err, d, hinted)
            case y.Adt():
                return self.constructor(ty, d)
        raise AssertionError(ty)

    def array(self, elem: y.Ty, n: int, d: int, hinted: bool) -> str:
        match self.rng.randrange(5 if d else 2):
            case 0:
                return f"[{self.expr(elem, d, hinted)}; {n}]"
            case 2 if isinstance(elem, y.Int):
                return f"core::array::from_fn::<{elem}, {n}, _>(|i| (i as {elem}).wrapping_mul({self.expr(elem, d)}))"
            case 3:
                return f"[{self.expr(elem, d)}; {n}].map(|_| {self.expr(elem, d)})"
        return f"[{', '.join(self.expr(elem, d, hinted) for _ in range(n))}]"

    def result(self, ty: y.Ty, ok: y.Ty, err: y.Ty, d: int, hinted: bool) -> str:
        e = self.expr
        if self.chance(0.3):
            return f"{self.option(ok, d)}.ok_or({e(err, d)})"
        made = self.rng.choice((f"Ok({e(ok, d, hinted)})", f"Err({e(err, d, hinted)})"))
        return made if hinted else f"{str(ty).replace('<', '::<', 1)}::{made}"

    def constructor(self, adt: y.Adt, d: int) -> str:
        variant = self.rng.choice(adt.variants)
        path = f"{adt.name}::{variant.name}" if adt.is_enum else adt.name
        if variant.form == "unit":
            return path
        values = [(n, self.expr(ty, d, True)) for n, ty in variant.fields]
        if variant.form == "tuple":
            return f"{path}({', '.join(v for _, v in values)})"
        self.rng.shuffle(values)
        return f"({path} {{ {', '.join(f'{n}: {v}' for n, v in values)} }})"
