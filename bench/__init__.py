"""Measurements and comparisons with other compilers; never part of the test suite's verdict."""
