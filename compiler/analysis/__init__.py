"""Safety analyses over MIR: borrowck, disjointness, convergence, tiers."""
