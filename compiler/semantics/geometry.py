"""What is known of a kernel's launches, for the convergence check.

Assumes: attributes are read. Guarantees: facts only: an exact block from the contract, a rank from its domain, a bound
from ``#[launch_bounds]``, block shapes of the launches in the user's crates if every launch of the kernel is
understood.

Example: ``#[launch_contract(domain = 1, block = (256, 1, 1))]`` gives block (256, 1, 1) and rank 1.
"""

from __future__ import annotations

from compiler.analysis.convergence.levels import MAX_THREADS, Geometry
from compiler.mir.mono.model import Instance
from compiler.query import Database
from compiler.semantics.kernel_params import launch_facts
from compiler.semantics.launches import launched_blocks


def geometry_of(db: Database, instance: Instance) -> Geometry:
    """The geometry of an instance's launches."""
    facts = launch_facts(db, instance.def_id, instance.args)
    bound = facts.max_threads or MAX_THREADS
    launched = () if facts.block is not None else launched_blocks(db, instance.def_id)
    return Geometry(facts.block, facts.domain or 0, min(bound, MAX_THREADS), launched)
