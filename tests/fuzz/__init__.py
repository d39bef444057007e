"""Inputs that nobody thought of: rows drawn from every format and written as it says, bytes damaged, and a search.

`python -m tests.fuzz` (`make fuzz`) searches for minutes; what it kept in `corpus/` is read again by the usual tests.
"""
