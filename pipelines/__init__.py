"""The `resultsday` program: one module a stage, in the order of run.py."""
