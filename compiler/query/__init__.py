"""The incremental engine, in salsa's terms (see engine.py)."""

from compiler.query.engine import (
    CancellationToken,
    Cancelled,
    CycleError,
    Database,
    Durability,
    Query,
    input_query,
    query,
)

__all__ = ["Cancelled", "CancellationToken", "CycleError", "Database", "Durability", "Query", "input_query", "query"]
