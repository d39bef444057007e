"""Whether the cases of a rule would notice if its SQL were wrong: `make mutants`."""
