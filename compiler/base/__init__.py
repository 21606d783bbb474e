"""Ground floor: spans, interning, bit sets, graphs, cancellation. Knows no language and imports nothing above it."""
