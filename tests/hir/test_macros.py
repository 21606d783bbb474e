"""``macro_rules!``: matching, transcription, hygiene, spans, positions, limits; built-in and device macros."""

from __future__ import annotations

import pytest

from compiler.hir.lower_items import lower_items
from compiler.hir.macros.definition import parse_macro
from compiler.hir.macros.item_expansion import expand_item_macro
from compiler.hir.macros.token_text import item_text
from compiler.hir.nodes import BindPat, Literal, Printf, PtxAsm
from compiler.syntax.lexer import lex
from tests.hir.lowering_of import LIBRARY, body_faults, body_text, lowered


def expanded(rules: str, use: str, **context: object) -> str:
    text = body_text(f"macro_rules! m {{ {rules} }} {use}", **context)
    return text.replace("// item m ", "", 1)


@pytest.mark.parametrize(
    ("rules", "use", "printed"),
    [
        ("($e:expr) => { $e * 2 }", "m!(1 + 2)", "{ (1 + 2) * 2 }"),
        ("($($e:expr),* $(,)?) => { [$($e),*] }", "m!(1, f(2), 3,)", "{ [1, f(2), 3] }"),
        ("($($k:ident = $v:expr);+) => { ($(S { $k: $v }),+) }", "m!(a = 1; b = 2)", "{ (S { a: 1 }, S { b: 2 }) }"),
        (
            "($($a:ident [$($b:tt)*])*) => { ($(A::f($a, $($b),*)),*) }",
            "m!(x [1 2] y [])",
            "{ (A::f(x, 1, 2), A::f(y)) }",
        ),
        ("($t:ty) => { <$t>::new() }", "m!(Vec<Vec<u8>>)", "{ <Vec<Vec<u8>>>::new() }"),
        (
            "($p:pat => $e:expr) => { match x { $p => $e, _ => 0 } }",
            "m!(Some(1 | 2) => y)",
            "{ match x·L1_0 { Some(1 | 2) => y, _ => 0, } }",
        ),
        ("($p:path) => { $p(1) }", "m!(a::B)", "{ a::B(1) }"),
        ("($l:literal) => { $l }", "m!(-1)", "{ -1 }"),
        ("($l:lifetime $b:block) => { $l: loop $b }", "m!('a { break 'a })", "{ 'a: loop { break 'a } }"),
        ("(add $a:tt $b:tt) => { $a + $b }; (neg $a:tt) => { -$a }", "m!(neg (x + 1))", "{ -(x + 1) }"),
        ("($($i:ident)? ; $e:expr) => { ($($i,)? $e) }", "m!(; 1)", "{ 1 }"),
        ("(<$t:ty>) => { A::f::<$t>() }", "m!(<Vec<u8>>)", "{ A::f::<Vec<u8>>() }"),
        ("($a:expr) => { m!($a, 1) }; ($a:expr, $b:expr) => { $a + $b }", "m!(2 * 3)", "{ (2 * 3) + 1 }"),
        ("($($x:tt)*) => { ${count(x)} }", "m!(a b c)", "{ 3 }"),
    ],
)
def test_matching_and_transcription(rules: str, use: str, printed: str) -> None:
    assert expanded(rules, use) == printed


def test_names_of_the_definition_are_marked_and_names_of_the_call_are_not() -> None:
    assert expanded("($e:expr) => {{ let x = $e; x + $e }}", "m!(x)") == "{ { let x·L1_0 = x; x·L1_0 + x } }"
    printed = expanded("($e:expr) => {{ let x = $e; x }}", "m!(m!(x))")
    assert printed == "{ { let x·L1_0 = { let x·L2_0 = x; x·L2_0 }; x·L1_0 } }"
    assert expanded("($i:ident) => { let $i = 1; }", "m!(y); y") == "{ let y = 1; y }"
    assert expanded("() => { 'a: loop { break 'a } }", "m!()") == "{ 'a·L1_0: loop { break 'a·L1_0 } }"


def test_marks_stay_off_everything_but_locals() -> None:
    printed = expanded("($e:expr) => { Foo::bar(S { f: $e.g }, h as T, Some) }", "m!(x)")
    assert printed == "{ Foo::bar(S { f: x.g }, h·L1_0 as T, Some·L1_0) }"


def test_statement_position() -> None:
    assert expanded("($a:ident) => { let $a = 1; A::f($a) }", "m!(x); g(x)") == "{ let x = 1; A::f(x); g(x) }"
    assert expanded("() => { A::a(); A::B }", "m! {}") == "{ A::a(); A::B }"
    assert expanded("() => { a }", "m! {} m!().b(); m!() + 1") == "{ a·L1_0 a·L2_0.b(); a·L3_0 + 1 }"
    assert expanded("() => { }", "m!{} x") == "{ x }"


def test_type_and_pattern_position() -> None:
    assert expanded("($t:ty) => { [$t; 2] }", "let x: m!(u8) = y;") == "{ let x: [u8; 2] = y; }"
    assert (
        expanded("($a:pat) => { Some($a) }", "let m!(z) = y else { return };") == "{ let Some(z) = y else { return }; }"
    )


def test_macros_are_scoped_to_their_block() -> None:
    found = body_text("{ macro_rules! n { () => { 1 } } n!() } n!()")
    assert found == "{ { // item n 1 } <unsupported macro `n!`> }"


def test_spans_of_the_call_point_at_the_call() -> None:
    source = "fn f() { macro_rules! m { ($e:expr) => { $e + other } } m!(abc) }"
    store = lowered(source).body.store
    shown = [source[slice(*span)] for span in store.expr_spans]
    assert shown[:3] == ["abc", "m!(abc)", "m!(abc)"]


@pytest.mark.parametrize(
    ("statements", "message", "at"),
    [
        ("macro_rules! m { (a) => {} } m!(b);", "no rules expected the token `b`", "b"),
        ("macro_rules! m { (a b) => {} } m!(a);", "unexpected end of macro invocation", "m!(a)"),
        ("macro_rules! m { ($x:expr) => { m!($x) } } m!(1);", "recursion limit reached while expanding `m!`", "m!(1)"),
        ("macro_rules! m { () => { a b } } m!() + 1", "macro expansion ignores `b` and any tokens following", "m!()"),
        ("macro_rules! m { ($x) => {} }", "missing fragment specifier", "x"),
        ("macro_rules! m { ($x:foo) => {} }", "invalid fragment specifier `foo`", "foo"),
        (
            "macro_rules! m { ($($a:ident)* ; $($b:tt)*) => { $(($a $b))* } } m!(x ; 2 3);",
            "meta-variable `a` repeats 1 times, but `b` repeats 2 times",
            "m!(x ; 2 3)",
        ),
        ("assert!();", "unexpected end of macro invocation", "assert!()"),
        ('compile_error!("no");', "no", 'compile_error!("no")'),
    ],
)
def test_faults(statements: str, message: str, at: str) -> None:
    assert body_faults(statements) == [(message, at)]


def test_library_macros() -> None:
    assert (
        body_text('assert!(a < b, "text {}", c)')
        == '{ if !(a < b) { $core::panicking::panic("assertion failed: a < b") } }'
    )
    assert "match (&a, &1)" in body_text("assert_eq!(a, 1)")
    assert body_text("matches!(x, Some(1) | None if y)") == "{ match x { Some(1) | None if y => true, _ => false, } }"
    assert body_text("debug_assert!(x)", cfg=frozenset()).startswith("{ if false")


def strings(statements: str, **context: object) -> list[object]:
    store = lowered(f"fn f() {{ {statements} }}", **context).body.store
    root = store.exprs[-2]
    assert isinstance(root, Literal)
    return [root.value]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("concat!(\"a\", 1, -2, 1.5, true, 'c', stringify!(x + y))", "a1-21.5truecx + y"),
        ("stringify!(a+b , f( c ))", "a+b , f( c )"),
        ("line!()", 7),
        ("column!()", 3),
        ("file!()", "k.rs"),
        ("module_path!()", "k::m"),
        ("cfg!(all(gpu, not(host)))", True),
        ('include_str!("x.txt")', "text"),
        ('include_bytes!("x.txt")', b"text"),
    ],
)
def test_builtin_macros(source: str, value: object) -> None:
    context = {
        "line_of": lambda at: (7, 3),
        "file": "k.rs",
        "module_path": "k::m",
        "cfg": frozenset({"gpu"}),
        "include": lambda n: b"text",
    }
    assert strings(source, **context) == [value]


def test_other_builtin_macros() -> None:
    assert (
        body_text("offset_of!(S, a.0); addr_of!(x.y); addr_of_mut!(z)")
        == "{ offset_of!(S, a.0); &raw const x.y; &raw mut z }"
    )
    assert (
        body_text('println!("{}", x); vec![1, 2]') == "{ <unsupported macro `println!`>; <unsupported macro `vec!`> }"
    )
    assert body_text('include!("e.rs")', include=lambda n: b"1 + 2") == "{ 1 + 2 }"


# ---------------------------------------------------------------- device macros


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ('gpu_printf!("a {} b\\n", x)', "printf(b'a %lld b\\n', x as i64)"),
        (
            'gpu_printf!("{:5.2f}% {:x} {:#X} {:c}", a, b, c, d)',
            "printf(b'%5.2f%% %llx %#llX %c', a as f64, b as u64, c as u64, d as i32)",
        ),
        ('gpu_printf!("{:*d} {:.*e}", w, a, p, b)', "printf(b'%*lld %.*e', w as i32, a as i64, p as i32, b as f64)"),
        ('gpu_printf!("{{{0}}} {:s}", a, "lit%")', "printf(b'{%lld} lit%%', a as i64)"),
        ('gpu_printf!("plain")', "printf(b'plain', )"),
    ],
)
def test_printf(source: str, printed: str) -> None:
    assert body_text(source) == "{ " + printed + " }"
    assert any(isinstance(e, Printf) for e in lowered(f"fn f() {{ {source} }}").body.store.exprs)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('gpu_printf!("{}")', "gpu_printf! format takes 1 argument, but 0 were given"),
        ('gpu_printf!("{}", a, b)', "gpu_printf! format takes 1 argument, but 2 were given"),
        ('gpu_printf!("{:q}", a)', "unsupported gpu_printf! format specifier `{:q}`"),
        ('gpu_printf!("{", a)', "invalid format string: unmatched `{` found"),
        ("gpu_printf!(a)", "gpu_printf! format must be a string literal"),
        ('gpu_printf!("{:s}", a)', "gpu_printf! `{:s}` takes a string literal"),
        (f'gpu_printf!("{"{}" * 33}", {", ".join("a" * 33)})', "gpu_printf! supports at most 32 arguments, found 33"),
    ],
)
def test_printf_faults(source: str, message: str) -> None:
    assert [m for m, _ in body_faults(source)] == [message]


def test_ptx_asm() -> None:
    found = lowered(
        'fn f() { ptx_asm!("add.u32 %0, %1, %%tid.x; $x", out("=r") a, inout("+l") b.c, in("n") 3, clobber("memory")) }'
    )
    assert not found.diagnostics
    node = next(e for e in found.body.store.exprs if isinstance(e, PtxAsm))
    assert [(o.kind, o.constraint) for o in node.operands] == [("out", "=r"), ("inout", "+l"), ("in", "n")]
    assert node.memory_clobber and not node.register_only


ASM_FAULTS = [
    ('"%2", out("=r") a', "placeholder `%2` has no matching operand"),
    ('"%laneid"', "literal PTX register `%laneid` must be escaped as `%%laneid` in ptx_asm!"),
    ('"a %"', "ptx_asm! template has a `%` that is neither a placeholder nor escaped as `%%`"),
    ('"", in("r") a, inout("+r") b', "`inout` operands must appear before `in` operands"),
    ('"", inout("=r") a', '`inout` constraints must use read-write syntax such as `"+r"`'),
    ('"", out("r") a', '`out` constraints must use output syntax such as `"=r"`'),
    ('"", in("=r") a', '`in` constraints must use input syntax such as `"r"`'),
    ('"", in("x") a', "unsupported `in` constraint `x`; expected one of [h, r, l, q, f, d, n, C]"),
    ('"", in("r,l") a', "operand constraints cannot contain `,`"),
    ('"", options(x)', "unsupported ptx_asm! option `x`; expected `register_only` or `may_diverge`"),
    ('"", options(may_diverge)', "`options(may_diverge)` requires `register_only`"),
    (
        '"", out("=r") a, clobber("memory"), options(register_only)',
        "`options(register_only)` cannot be used with clobbers",
    ),
    ('"", in("r") a, options(register_only)', "`options(register_only)` requires an `out` or `inout` operand"),
    ('"", ' + ", ".join(['in("r") a'] * 17), "ptx_asm! supports at most 16 input operands"),
    ('"", ' + ", ".join(['out("=r") a'] * 17), "ptx_asm! supports at most 16 output operands across `out` and `inout`"),
]


@pytest.mark.parametrize(("args", "message"), ASM_FAULTS)
def test_ptx_asm_faults(args: str, message: str) -> None:
    assert [m for m, _ in body_faults(f"ptx_asm!({args})")] == [message]


# ---------------------------------------------------------------- item position


def test_item_macros() -> None:
    definition = parse_macro(
        b"macro_rules! im { ($($(#[$m:meta])* $v:vis $t:ty => $n:ident { $($i:item)* }),*) => { $($(#[$m])* $v struct $n($t); "
        b"impl $crate::T for $n { $($i)* fn go(&self, x: $t) { let y = x; $crate::f(y) } })* }; }",
        "lib",
    )
    call = b"im! { /// docs\n #[a(b)] pub u8 => A { fn q() {} }, Vec<u8> => B { } }"
    found = expand_item_macro(definition, call, "k")
    assert not found.faults
    assert [(i.kind.name, i.name) for i in found.tree.items] == [
        ("STRUCT", "A"),
        ("IMPL", "impl::lib::T for A"),
        ("STRUCT", "B"),
        ("IMPL", "impl::lib::T for B"),
    ]
    assert [(a.path, a.tokens) for a in found.tree.items[0].attrs][1:] == [("a", "(b)")]
    assert [c.name for c in found.tree.items[1].children] == ["q", "go"]
    assert expand_item_macro(definition, b"im! { u8 => A {} }", "lib").tree.items[1].name == "impl crate::T for A"
    type_at = found.text.index(b"u8")
    from compiler.base.span import Span

    source = found.source_span(Span(type_at, type_at + 2))
    assert source is not None and call[slice(*source)] == b"u8"


def test_item_macro_faults() -> None:
    definition = parse_macro(b"macro_rules! im { (a) => { fn } }", "k")
    assert [f.message for f in expand_item_macro(definition, b"im!(b);", "k").faults] == [
        "no rules expected the token `b`"
    ]
    assert [f.message for f in expand_item_macro(definition, b"im!(a);", "k").faults] == [
        "expected identifier, found end of file"
    ]


def test_items_made_in_a_body() -> None:
    found = lowered("fn f() { macro_rules! s { ($n:ident) => { static mut $n: u32 = 0; } } s!(FOO); s!(BAR); FOO }")
    assert [(g.item.name, g.source) for g in found.generated] == [
        ("FOO", b"static mut FOO: u32\xc2\xb7L1_0 = 0;"),
        ("BAR", b"static mut BAR: u32\xc2\xb7L2_0 = 0;"),
    ]


def test_generated_text_lexes_back_to_its_tokens() -> None:
    for path in sorted((LIBRARY / "core").rglob("*.rs")):
        tokens = lex(path.read_bytes().decode("latin-1"))
        text, _ = item_text(tokens, 0, len(tokens), "k")
        again = lex(text.decode("latin-1"))
        assert (again.kinds, again.texts) == (tokens.kinds, tokens.texts), path


def test_a_local_bound_by_the_call_is_seen_by_the_call() -> None:
    found = lowered(
        "fn f() { macro_rules! let_ { ($a:ident, $e:expr) => { let $a = $e; let t = 2; } } let_!(t, 1); t }"
    )
    names = [p.name for p in found.body.store.pats if isinstance(p, BindPat)]
    assert names == ["t", "t·L1_0"]


def test_lowering_the_items_of_the_library_macros_has_no_fault() -> None:
    for path in sorted(LIBRARY.rglob("*.rs")):
        for item in lower_items(path.read_bytes()).tree.items:
            if item.kind.name == "MACRO":
                assert not parse_macro(item.header, "core").faults, (path, item.name)
