"""MIR building: HIR and types of a body to control-flow graphs, in the form and order of rustc's ``rustc_mir_build``.

``mir_built(db, def_id)`` is the query; :mod:`compiler.mir.cleanup` makes what code generation reads (``mir_body``).

Parts: ``mirror`` (adjustments and overloaded operators made explicit: THIR),
``place``/``operand``/``rvalue``/``into``/``stmt`` (expressions by category), ``block`` and ``condition``,
``matches/`` (patterns to decision trees), ``scope`` (drops on every exit), ``promote``, ``closure``.

Assumes: one thread. Guarantees and an example: see :mod:`compiler.mir.build.mir_build`.
"""

from compiler.mir.build import mirror as mirror  # first: the modules below import each other
from compiler.mir.build.mir_build import build_body, error_body, mir_built, mir_for_const

__all__ = ["build_body", "error_body", "mir_built", "mir_for_const"]
