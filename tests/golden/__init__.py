"""Whole seasons and what the program makes of them, kept; and two versions of the program over one inbox.

`python -m tests.golden accept` (`make golden`) keeps what is made now, `python -m tests.golden compare` (`make
compare`) holds two commits beside each other. The seasons are those of `data/sample`: nothing of them is here but
digests.
"""
