"""Pattern matching: THIR patterns, candidates, decision trees, bindings."""
