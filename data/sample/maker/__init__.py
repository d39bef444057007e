"""The makers of the sample: reference facts, people, courses, planted faults, and the files they end up in.

Read in this order: `reference`, `model`, `statements`, `courses`, `cohorts`, `quiet`, the `faults_*` modules,
`edi`, `sheets`, `inbox`. Nothing here is imported by the product.
"""
