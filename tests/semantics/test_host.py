"""The analysis host: diagnostics of device code, kernels, hover, hints, symbols, tokens, definitions, and incrementality."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from compiler.base.span import Span
from compiler.query import Cancelled
from compiler.semantics import host as host_module
from compiler.semantics.host import AnalysisHost

FILE = "/nowhere/k.rs"
SAXPY = """use cuda_device::{kernel, thread, DisjointSlice};

#[kernel]
pub fn saxpy(a: f32, x: &[f32], mut y: DisjointSlice<f32>) {
    let index = thread::index_1d();
    let i = index.get();
    if let Some(slot) = y.get_mut(index) {
        *slot = scaled(a, x[i]) + *slot;
    }
}

fn scaled(a: f32, x: f32) -> f32 {
    a * x
}

pub fn host() {
    let wrong: u32 = true;
}
"""


def opened(text: str = SAXPY, **options) -> AnalysisHost:
    host = AnalysisHost(**options)
    host.set_file(FILE, text.encode())
    return host


def codes(host: AnalysisHost) -> list[str]:
    return [d.code for d in host.analysis().diagnostics(FILE).diagnostics]


def test_a_correct_kernel_is_clean_and_host_code_is_left_alone():
    assert codes(opened()) == []


def test_everything_is_checked_on_request():
    assert codes(opened(check_all=True)) == ["E0308"]


def test_an_error_in_a_helper_is_at_its_absolute_place():
    host = opened(SAXPY.replace("a * x", "a * true"))
    (diagnostic,) = host.analysis().diagnostics(FILE).diagnostics
    span, text = diagnostic.primary.span, host.text(FILE)
    assert diagnostic.code == "E0277" and diagnostic.primary.file == FILE
    assert text[span.start : span.end] in (b"*", b"a * true", b"true")


def test_a_file_without_kernels_is_not_ours():
    assert not opened("fn main() { let x: u32 = true; }").analysis().has_kernels(FILE)
    assert opened().analysis().has_kernels(FILE)


def test_syntax_errors_are_reported_everywhere():
    assert "syntax" in codes(opened(SAXPY + "fn broken( {}"))


@pytest.mark.parametrize(
    "text", ["", "\0\0", "#[kernel]", "fn", "#[kernel] fn k(", "}}}}", "#[kernel] fn k() {} " * 50]
)
def test_bad_input_never_raises(text):
    analysis = opened(text).analysis()
    analysis.diagnostics(FILE)
    analysis.kernels(FILE)
    analysis.document_symbols(FILE)
    analysis.semantic_tokens(FILE)
    analysis.inlay_hints(FILE, Span(0, len(text)))


def test_not_utf_8():
    host = AnalysisHost()
    host.set_file(FILE, b'#[kernel] fn k() { let s = "\xff"; }')
    assert host.analysis().diagnostics(FILE).diagnostics


def test_kernels():
    (kernel,) = opened().analysis().kernels(FILE)
    assert (kernel.name, kernel.line, kernel.generic) == ("saxpy", 4, False)
    assert [(p.name, p.kind, p.elem.dtype, p.writable) for p in kernel.params] == [
        ("a", "scalar", "f32", False),
        ("x", "slice", "f32", False),
        ("y", "disjoint", "f32", True),
    ]


def test_the_content_hash_follows_what_the_kernel_reaches():
    def hash_of(text: str) -> str:
        return opened(text).analysis().kernels(FILE)[0].content_hash

    assert hash_of(SAXPY) == hash_of(SAXPY.replace("u32 = true", "u32 = 1"))
    assert hash_of(SAXPY) != hash_of(SAXPY.replace("a * x", "a + x"))


def test_generic_kernels_know_their_instances():
    text = SAXPY + "#[kernel] fn g<T: Copy>(x: &[T]) {}\nfn main() { m.g::<f32>(&s, c, &b); g_ptx_name::<u8>(); }"
    kernel = opened(text).analysis().kernels(FILE)[1]
    assert kernel.generic and set(kernel.instances) == {"<f32>", "<u8>"}


def test_hover_shows_types_and_declarations():
    analysis = opened().analysis()
    assert "let i: usize" in analysis.hover(FILE, SAXPY.index("i = index")).markdown
    found = analysis.hover(FILE, SAXPY.index("scaled(a"))
    assert "fn scaled(a: f32, x: f32) -> f32" in found.markdown and found.kernel == "saxpy"


def test_hints_symbols_tokens():
    analysis = opened().analysis()
    hints = analysis.inlay_hints(FILE, Span(0, len(SAXPY)))
    assert (SAXPY.index("i = index") + 1, ": usize") in [(h.offset, h.label) for h in hints]
    kinds = [(s.name, s.kind) for s in analysis.document_symbols(FILE)]
    assert ("saxpy", "kernel") in kinds and ("scaled", "function") in kinds
    tokens = {SAXPY[t.span.start : t.span.end]: t for t in analysis.semantic_tokens(FILE)}
    assert tokens["saxpy"].modifiers == ("declaration", "kernel")


def test_definition():
    (place,) = opened().analysis().definition(FILE, SAXPY.index("scaled(a"))
    assert SAXPY[place.name_span.start : place.name_span.end] == "scaled"


def test_old_snapshots_are_cancelled_by_a_change():
    host = opened()
    snapshot = host.analysis()
    host.set_file(FILE, SAXPY.replace("a * x", "x").encode())
    with pytest.raises(Cancelled):
        snapshot.diagnostics(FILE)


def test_typing_in_a_body_does_not_disturb_the_world():
    host = opened()
    assert codes(host) == []
    db = host.crate_of(FILE).db
    host.set_file(FILE, SAXPY.replace("a * x", "a * x + 1.0").encode())
    db.trace = []
    assert codes(host) == []
    inferred = [str(key[0]) for name, key in db.trace if name == "infer"]
    assert inferred and all("scaled" in name for name in inferred)
    assert not [key for name, key in db.trace if name == "def_map"]


EDITS = (
    ("a * x", "a * y"),
    ("index.get()", "index"),
    ("f32", "f64"),
    ("fn scaled", "fn scale"),
    ("}", ""),
    ("x[i]", "x"),
)


def test_incremental_equals_from_scratch():
    rng = random.Random(7)
    host, text = opened(), SAXPY
    for _ in range(12):
        old, new = rng.choice(EDITS)
        text = SAXPY if rng.random() < 0.3 else text.replace(old, new, 1)
        host.set_file(FILE, text.encode())
        warm, cold = host.analysis().diagnostics(FILE), opened(text).analysis().diagnostics(FILE)
        assert warm.diagnostics == cold.diagnostics, text


def test_modules_in_other_files(tmp_path):
    (tmp_path / "main.rs").write_text("mod inner; #[cuda_device::kernel] fn k() { inner::helper(); }")
    inner = tmp_path / "inner.rs"
    inner.write_text("pub fn helper() { let x: u32 = true; }")
    host = AnalysisHost()
    analysis = host.analysis()
    assert analysis.has_kernels(inner.as_posix())
    assert [d.code for d in analysis.diagnostics(inner.as_posix()).diagnostics] == ["E0308"]
    assert analysis.related_files((tmp_path / "main.rs").as_posix()) == (inner.as_posix(),)


def test_results_of_an_earlier_process_are_taken_only_for_the_same_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OXIDE_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(host_module, "WORTH_KEEPING_S", 0.0)
    wrong = SAXPY.replace("*slot = scaled", "*slot = i + scaled")
    answers = {text: opened(text).analysis().diagnostics(FILE).diagnostics for text in (SAXPY, wrong)}
    assert answers[SAXPY] != answers[wrong]
    for text in (SAXPY, wrong, SAXPY):
        host = AnalysisHost(keeps_results=True)
        host.set_file(FILE, text.encode())
        assert host.analysis().early_diagnostics(FILE)[0].diagnostics is not None
        assert host.analysis().diagnostics(FILE).diagnostics == answers[text]
        other = wrong if text == SAXPY else SAXPY
        host.set_file(FILE, other.encode())
        assert host.analysis().diagnostics(FILE).diagnostics == answers[other]
        host.settle()
        assert host.analysis().diagnostics(FILE).diagnostics == answers[other] and not host.unverified
    for kept in (tmp_path / "results").iterdir():
        kept.write_bytes(b"broken")
    host = AnalysisHost(keeps_results=True)
    host.set_file(FILE, wrong.encode())
    assert host.analysis().diagnostics(FILE).diagnostics == answers[wrong]
