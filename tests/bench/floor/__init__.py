"""The floor under every page: the least a signed-in Django page does. `python -m tests.bench.floor` makes its rows."""
