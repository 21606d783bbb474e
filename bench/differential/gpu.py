"""Runs a batch's PTX on this machine's GPU through :mod:`compiler.runtime`."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.differential.source import ROW

_BLOCK = 64


def run_on_gpu(
    ptx: str, symbol: str, inputs: np.ndarray[Any, Any], panicked: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """The rows of every job that does not panic (a trap would end the context); zeros for the others."""
    from compiler.runtime import Context, DeviceBuffer, Module

    context = Context()
    jobs = np.flatnonzero(panicked.reshape(-1) == 0).astype(np.uint32)
    out = DeviceBuffer.from_host(context, np.zeros((*panicked.shape, ROW), np.uint64))
    args = [
        DeviceBuffer.from_host(context, jobs), np.uint32(len(jobs)), np.uint32(panicked.shape[1]),
        DeviceBuffer.from_host(context, np.ascontiguousarray(inputs)), out,
    ]  # fmt: skip
    Module(context, ptx).kernel(symbol).launch(-(-len(jobs) // _BLOCK), _BLOCK, args)
    return np.asarray(out.to_host()).reshape(*panicked.shape, ROW)
