"""Tests of the language server: its parts by themselves, then the protocol through a real client."""
