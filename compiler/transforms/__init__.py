"""Transforms: from MIR to dialect-mir, and from there to dialect-llvm and dialect-nvvm, one file or folder per pass.

What it is: passes over :class:`compiler.ir.ModuleOp`, each IR in, IR out; :mod:`compiler.transforms.pipeline` orders
and verifies them. What it assumes: only :mod:`compiler.transforms.import_mir` knows the front end. What it
guarantees: every stage prints. Example::

    from compiler.transforms.pipeline import run_passes
    run_passes(module, ["mem2reg", "lower-mir", "convert-nvvm"])
"""
