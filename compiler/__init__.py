"""Oxide's compiler: GPU kernels written in Rust, compiled to PTX in Python.

The pipeline and the folders are described in ``compiler/ARCHITECTURE.md``. Users import ``compiler.driver``
(compile a file), ``compiler.runtime`` (run it on a GPU) and ``compiler.emulator`` (run it on the CPU).
"""

__version__ = "0.1.0"
