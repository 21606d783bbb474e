"""Types: Ty, inference, traits, methods, layout, const evaluation, exhaustiveness."""
