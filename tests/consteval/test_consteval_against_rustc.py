"""Random constant expressions: our value against what a program compiled by rustc prints."""

from __future__ import annotations

import random
import shutil
import subprocess

import pytest
from test_consteval import ROOT, world

from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.consteval.queries import const_outcome

INTS = ("u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128", "usize")
FLOATS = ("f32", "f64")


class Expressions:
    """A seeded generator; every expression is total (no overflow, no zero divisor)."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def literal(self, ty: str) -> str:
        rng = self.rng
        if ty == "bool":
            return rng.choice(("true", "false"))
        if ty in FLOATS:
            return rng.choice(("0.0", "1.5", "-2.25", "3.0e10", "1e-20", "0.1", "100.7", "-7.5")) + ty
        width = 64 if ty == "usize" else int(ty[1:])
        bits = rng.choice((0, 1, 2, 3, 7, 255, rng.getrandbits(width), (1 << width) - 1, 1 << (width - 1)))
        bits &= (1 << width) - 1
        if ty[0] == "u":
            return f"{bits}{ty}"
        value = bits - (1 << width) if bits >> (width - 1) else bits
        return f"{ty}::MIN" if value == -(1 << (width - 1)) else f"({value}{ty})"

    def expr(self, ty: str, depth: int = 0) -> str:
        rng = self.rng
        if depth > 3 or rng.random() < 0.2:
            return self.literal(ty)

        def sub(other: str = ty) -> str:
            return self.expr(other, depth + 1)

        if ty == "bool":
            other = rng.choice(INTS + FLOATS)
            return f"({sub(other)} {rng.choice(('<', '>', '==', '!=', '<=', '>='))} {sub(other)})"
        forms = [
            lambda: f"({sub(rng.choice(INTS + FLOATS))} as {ty})",
            lambda: f"(if {sub('bool')} {{ {sub()} }} else {{ {sub()} }})",
        ]
        if ty in FLOATS:
            return rng.choice([*forms, lambda: f"({sub()} {rng.choice('+-*/')} {sub()})"])()
        forms += [
            lambda: f"{sub()}.{rng.choice(('wrapping_add', 'wrapping_sub', 'wrapping_mul'))}({sub()})",
            lambda: f"({sub()} {rng.choice('&|^')} {sub()})",
            lambda: f"{sub()}.{rng.choice(('wrapping_shl', 'wrapping_shr', 'rotate_left'))}({self.literal('u32')})",
            lambda: f"(!{sub()})",
            lambda: f"{sub()}.{rng.choice(('swap_bytes', 'reverse_bits'))}()",
            lambda: f"({sub()}.{rng.choice(('count_ones', 'leading_zeros', 'trailing_zeros'))}() as {ty})",
            lambda: f"match {sub()}.checked_div({sub()}) {{ Some(v) => v, None => {sub()} }}",
        ]
        return rng.choice(forms)()


def printed_by_rustc(source: str, folder) -> list[str]:
    path = folder / "consts.rs"
    path.write_text(source)
    command = ["rustc", "-A", "warnings", "--edition=2021", "-o", str(folder / "consts"), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return subprocess.run([str(folder / "consts")], check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.rustc
@pytest.mark.skipif(shutil.which("rustc") is None, reason="no rustc on this machine")
@pytest.mark.parametrize("seed", range(2))
def test_values_equal_rustcs(seed, tmp_path):
    made = Expressions(seed)
    types = [made.rng.choice(INTS + FLOATS) for _ in range(60)]
    source = "\n".join(f"const C{i}: {ty} = {made.expr(ty)};" for i, ty in enumerate(types))
    prints = "".join(f'println!("{{}}", C{i}{".to_bits()" if ty in FLOATS else ""});' for i, ty in enumerate(types))
    expected = printed_by_rustc(f"{source}\nfn main() {{ {prints} }}", tmp_path)
    db = world(source)
    for i, ty in enumerate(types):
        value = const_outcome(db, DefId(ROOT, DefKind.CONST, f"C{i}"), (), None).value
        assert isinstance(value, m.ScalarConst), source.splitlines()[i]
        width = 64 if ty == "usize" else int(ty[1:])
        found = value.bits - (1 << width) if ty[0] == "i" and value.bits >> (width - 1) else value.bits
        assert str(found) == expected[i], source.splitlines()[i]
