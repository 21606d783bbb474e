"""Generated kernel files of a given length, for latency measurements.

What it is: a seeded generator of ordinary kernels in the kernel language: maps, reductions over shared memory, tiled
loops, helpers with generics, closures and matches, in the mix a real kernel file has. Guarantees: the file compiles;
the same arguments give the same text.

>>> generate(100, seed=1).count("#[kernel]") > 0
True
"""

from __future__ import annotations

import random

_HEADER = """use cuda_device::{cuda_module, kernel, thread, DisjointSlice, SharedArray};

#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    Clamp,
    Wrap(u32),
    Scale { by: f32 },
}

fn clamp_to<T: Copy + PartialOrd>(x: T, low: T, high: T) -> T {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}

#[cuda_module]
mod kernels {
    use super::*;
"""

_MAP = """
    fn activate_{i}(mode: Mode, x: f32) -> f32 {{
        match mode {{
            Mode::Clamp => clamp_to(x, -{a}.0, {b}.0),
            Mode::Wrap(n) => x - (n as f32) * {c}.5,
            Mode::Scale {{ by }} => x * by + {a}.25,
        }}
    }}

    #[kernel]
    pub fn map_{i}(gain: f32, input: &[f32], mut out: DisjointSlice<f32>) {{
        let idx = thread::index_1d();
        let i = idx.get();
        if let Some(slot) = out.get_mut(idx) {{
            let x = input[i];
            let mode = if x > {b}.0 {{ Mode::Clamp }} else {{ Mode::Scale {{ by: gain }} }};
            let curve = |v: f32| v * gain + {c}.0;
            *slot = activate_{i}(mode, curve(x));
        }}
    }}
"""

_REDUCE = """
    #[kernel]
    pub fn block_sum_{i}(input: &[f32], mut out: DisjointSlice<f32>) {{
        static mut PARTIAL: SharedArray<f32, 256> = SharedArray::UNINIT;
        let lane = thread::threadIdx_x() as usize;
        let start = thread::blockIdx_x() as usize * {n} + lane;
        let mut sum = 0.0f32;
        let mut at = start;
        while at < input.len() {{
            sum += input[at] * {a}.5;
            at += 256;
        }}
        unsafe {{
            PARTIAL[lane] = sum;
        }}
        thread::sync_threads();
        let mut width = 128;
        while width > 0 {{
            if lane < width {{
                unsafe {{
                    PARTIAL[lane] += PARTIAL[lane + width];
                }}
            }}
            thread::sync_threads();
            width /= 2;
        }}
        if let Some(slot) = out.get_mut(thread::index_1d()) {{
            *slot = unsafe {{ PARTIAL[0] }};
        }}
    }}
"""

_POLY = """
    #[kernel]
    pub fn polynomial_{i}(input: &[f32], mut out: DisjointSlice<f32>) {{
        let idx = thread::index_1d();
        let i = idx.get();
        if let Some(slot) = out.get_mut(idx) {{
            let coefficients = [{a}.0f32, {b}.5, {c}.25, 0.125];
            let mut acc = 0.0;
            for (power, c) in coefficients.iter().enumerate() {{
                let mut term = *c;
                for _ in 0..power {{
                    term *= input[i];
                }}
                acc += term;
            }}
            *slot = acc;
        }}
    }}
"""


def generate(n_lines: int, seed: int = 0) -> str:
    """A kernel file of about ``n_lines`` lines."""
    rng = random.Random(seed)
    parts = [_HEADER]
    lines, index = _HEADER.count("\n") + 1, 0
    while lines < n_lines:
        template = rng.choice((_MAP, _REDUCE, _POLY))
        text = template.format(
            i=index, a=rng.randint(1, 9), b=rng.randint(1, 9), c=rng.randint(1, 9), n=rng.choice((256, 512, 1024))
        )
        parts.append(text)
        lines += text.count("\n")
        index += 1
    return "".join(parts) + "}\n"
