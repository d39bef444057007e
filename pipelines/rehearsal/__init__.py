"""The synthetic centre: reference facts, people, courses, planted faults, the files they end up in, and the comparison.

Read in this order: `reference`, `model`, `statements`, `courses`, `cohorts`, `quiet`, the `faults_*` modules,
`edi`, `sheets`, `inbox`, the `weeks*` modules, `crowd`, `making`; then `comparing` and `rehearsing`. The shipped sample
is made here too (`data/sample/generate.py`). Nothing else of the product imports it but `resultsday rehearse`.
"""
