"""Host code beside kernels, checked in full (``oxide check --all``): what is known of it is checked, what is not is left alone."""

from __future__ import annotations

import pytest

from compiler.semantics.host import AnalysisHost

HOST = """
use cuda_core::{CudaContext, CudaStream, DeviceBuffer, DriverError, LaunchConfig};
use cuda_device::{DisjointSlice, cuda_module, kernel, thread};
use cuda_host::{cuda_launch, cuda_launch_async};
use std::collections::HashMap;

#[kernel]
pub fn apply<T: Copy, F: Fn(T) -> T + Copy>(f: F, a: &[T], mut out: DisjointSlice<T>) {
    let i = thread::index_1d();
    if let (Some(x), Some(o)) = (a.first().copied(), out.get_mut(i)) { *o = f(x) }
}
#[derive(Clone, Copy)]
enum Cell { A(u32), B(f32) }
struct Table { slots: DeviceBuffer<u32> }
impl Table {
    fn new(n: usize, stream: &CudaStream) -> Result<Self, DriverError> { Ok(Table { slots: DeviceBuffer::zeroed(stream, n)? }) }
    fn clear(&mut self, stream: &CudaStream) { self.slots.copy_from_host(stream, &[0]).expect("clear"); stream.synchronize().unwrap(); }
}
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ctx = CudaContext::new(0)?;
    let stream = ctx.default_stream();
    let module = ctx.load_module_from_file("x.ptx")?;
    let a = DeviceBuffer::from_host(&stream, &vec![1.0f32; 8])?;
    let mut b = DeviceBuffer::<f32>::zeroed(&stream, 8)?;
    unsafe {
        cuda_launch! {
            kernel: apply::<f32, _>, stream: stream, module: module, config: LaunchConfig::for_num_elems(8),
            args: [move |x: f32| x + 1.0, slice(a), slice_mut(b)]
        }
    }?;
    let operation = unsafe {
        cuda_launch_async! {
            kernel: apply::<f32, _>, module: module, config: LaunchConfig { grid_dim: (1, 1, 1), block_dim: (8, 1, 1), shared_mem_bytes: 0 },
            args: [|x: f32| x * 2.0, slice(a), slice_mut(b),]
        }
    };
    operation.sync_on(&stream)?;
    let table = Table::new(8, &stream).expect("table");
    let mut sums: HashMap<u32, u32> = HashMap::new();
    let cells = table.slots.to_host_vec(&stream)?;
    for (i, cell) in cells.iter().enumerate() {
        let ok = match (i % 3, cell) { (0, Cell::A(x)) => *x == 1, (1, Cell::B(f)) => *f == i as f32, _ => false };
        let odd = (i & 1) == 0;
        *sums.entry(i as u32).or_default() += (ok || odd) as u32;
    }
    assert!(cells.iter().enumerate().all(|(i, &value)| { let lane = (i % 4) as u32; lane < 4 }));
    println!("{} {:?}", a.len(), std::env::var("X"));
    Ok(())
}
"""


def _errors(text: str) -> list[tuple[str, str]]:
    host = AnalysisHost(check_all=True)
    host.set_file("/host/main.rs", text.encode())
    found = host.analysis().diagnostics("/host/main.rs").diagnostics
    return [(d.code, d.message) for d in found if d.severity.value == "error"]


def test_the_host_library_is_known_by_name_only() -> None:
    assert _errors(HOST) == []


def test_traits_of_crates_that_are_not_there_may_have_any_method() -> None:
    code = "fn f(v: &[u32]) { v.par_iter().for_each(|x| { let _ = x + 1; }); }"
    assert _errors(f"use rayon::prelude::*;\n{code}") == []
    assert _errors(f"use rayon::iter::IntoParallelRefIterator;\n{code}") == []
    assert [code for code, _ in _errors(f"use std::collections::HashMap;\n{code}")] == ["E0599"]


def test_conversions_from_types_that_are_not_known_do_not_conflict() -> None:
    assert (
        _errors("""
use cuda_core::DriverError;
use std::io;
#[derive(Debug)]
enum AppError { Cuda(DriverError), Io(io::Error), Number(std::num::ParseFloatError) }
impl std::fmt::Display for AppError { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{:?}", self) } }
impl std::error::Error for AppError {}
impl From<io::Error> for AppError { fn from(e: io::Error) -> Self { Self::Io(e) } }
impl From<DriverError> for AppError { fn from(e: DriverError) -> Self { Self::Cuda(e) } }
impl From<std::num::ParseFloatError> for AppError { fn from(e: std::num::ParseFloatError) -> Self { Self::Number(e) } }
""")
        == []
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('let n: u32 = "a";', "E0308"),
        ("let n = 1u32; n.nope();", "E0599"),
        ("unknown(1);", "E0425"),
        ("let cfg = LaunchConfig { grid: (1, 1, 1) };", "E0560"),
        ("let t = Cell::C;", "E0599"),
    ],
)
def test_mistakes_in_host_code_are_found(line: str, code: str) -> None:
    assert code in [c for c, _ in _errors(HOST.replace("let ctx =", f"{line}\n    let ctx ="))]


LAUNCH = """
use cuda_device::{DisjointSlice, cuda_module, kernel, thread};
#[cuda_module]
mod kernels {
    use super::*;
    #[kernel]
    pub fn select<T: Copy, U: Copy, F: Fn(usize, T) -> Option<U> + Copy>(f: F, x: &[T], mut y: DisjointSlice<U>) {
        let i = thread::index_1d();
        let at = i.get();
        if let (Some(&v), Some(o)) = (x.get(at), y.get_mut(i)) && let Some(r) = f(at, v) { *o = r; }
    }
}
fn main() {
    let ctx = cuda_core::CudaContext::new(0).unwrap();
    let (stream, scale) = (ctx.default_stream(), 3.0f32);
    let module = kernels::load(&ctx).unwrap();
    let cfg = cuda_core::LaunchConfig::for_num_elems(8);
    let (x, mut y) = unknown_buffers();
    unsafe { module.select::<f32, f64, _>(&stream, cfg, CLOSURE, &x, &mut y) }.unwrap();
}
"""


@pytest.mark.parametrize(
    ("closure", "expected"),
    [
        ("move |i, v| (i % 2 == 0).then(|| (v * scale) as f64)", []),
        ("move |i: usize, v: f32| Some((v * scale) as f64 + i as f64)", []),
        ("move |i, v| Some(v.count_ones() + i)", ["E0599"]),
    ],
)
def test_a_closure_of_a_launch_is_what_the_kernel_asks_for(closure: str, expected: list[str]) -> None:
    text = LAUNCH.replace("CLOSURE", closure).replace("unknown_buffers()", "cuda_core::unknown_buffers()")
    assert [code for code, _ in _errors(text)] == expected
    host = AnalysisHost()
    host.set_file("/host/main.rs", text.encode())
    reached = host.analysis().diagnostics("/host/main.rs").diagnostics
    assert expected or [d.code for d in reached if d.severity.value == "error"] == []
