"""Thin handlers, one file per LSP feature: read the request, ask the analysis or a worker, give the answer LSP's shape.

Assumes: called on the event loop with the session and the request's parameters.
Guarantees: no handler computes anything a feature could; none blocks the loop.

Example: ``await hover.hover(session, params)``.
"""
