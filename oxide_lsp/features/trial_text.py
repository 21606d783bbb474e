"""What a run or a benchmark says in a lens (one short line) and in the log (everything).

Assumes: results of :mod:`compiler.trial`, seconds and bytes as their names say.
Guarantees: a summary is one line; a time of the emulator is never shown as if it were a GPU's.

>>> duration(0.0000123), duration(2.5), quantity(65536)
('12.3 µs', '2.5 s', '65,536')
"""

from __future__ import annotations

from typing import Any

from compiler.trial import GPU, TrialResult

_FIRST_SHOWN = 3


def duration(seconds: float) -> str:
    """Three digits and a unit."""
    for limit, scale, unit in ((1e-6, 1e9, "ns"), (1e-3, 1e6, "µs"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds:.3g} s"


def quantity(n: int) -> str:
    """With separators."""
    return f"{n:,}"


def run_summary(result: TrialResult) -> str:
    """First values, checksum, time and place of a run."""
    if result.error:
        return result.error.splitlines()[0]
    parts = []
    if result.outputs:
        output = result.outputs[0]
        values = ", ".join(_value(value) for value in output.first[:_FIRST_SHOWN])
        more = ", …" if len(output.first) > _FIRST_SHOWN else ""
        parts.append(f"{output.name} = [{values}{more}] #{output.checksum[:6]}")
    parts.append(f"{duration(result.seconds)} on {_place(result)}")
    return " · ".join(parts)


def bench_summary(result: TrialResult) -> str:
    """Times with their spread; cold and hot apart."""
    if result.error:
        return result.error.splitlines()[0]
    measured = result.measurement
    if "emulated" in measured:
        return f"{_spread(measured['emulated'])} on the CPU emulator (not a GPU time)"
    parts = [f"{_spread(measured['cold'])} cold", f"{_spread(measured['hot'])} hot"]
    if "registers" in measured:
        parts.append(f"{measured['registers']} regs")
    if measured.get("occupancy") is not None:
        parts.append(f"occupancy {measured['occupancy']:.0%}")
    return " · ".join(parts)


def detail(result: TrialResult) -> str:
    """Everything, line by line."""
    shape = f"grid {_dims(result.grid)}, block {_dims(result.block)}, {quantity(result.n)} elements"
    lines = [f"{result.kernel}: {shape}, on {_place(result)}"]
    if result.error:
        lines.append(result.error)
    for output in result.outputs:
        values = ", ".join(_value(value) for value in output.first)
        lines.append(f"{output.name}: {output.dtype}{list(output.shape)} = [{values}, ...], checksum {output.checksum}")
    for state, summary in result.measurement.items():
        if isinstance(summary, dict):
            stopped = f", stopped: {summary['stopped']}" if "stopped" in summary else ""
            lines.append(f"{state}: {_spread(summary)}, {summary['n']} samples{stopped}")
    lines += [f"warning: {warning}" for warning in result.warnings]
    lines += [f"| {line}" for line in "".join(result.printed).splitlines()]
    return "\n".join(lines)


def _spread(summary: dict[str, Any]) -> str:
    half = (summary["p80"] - summary["p20"]) / 2
    share = half / summary["median"] if summary["median"] else 0.0
    return f"{duration(summary['median'])} ± {share:.1%}"


def _place(result: TrialResult) -> str:
    return result.device_name if result.device == GPU else "the CPU emulator"


def _value(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _dims(dims: tuple[int, ...]) -> str:
    return "×".join(map(str, dims))
