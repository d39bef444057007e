"""A bundle for somebody else: what of a run goes into it, under which names, and how it is sealed.

`contents` takes the published run and what is asked for and gives files in a folder; `columns` says what is left of
each column where nobody may be named; `bundle` makes one archive of them; `sealing` encrypts it and opens it again.
"""
