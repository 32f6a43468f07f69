"""Slow proofs: run with `make reliability`."""
