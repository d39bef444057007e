"""What becomes of the published run when a run fails: at every operation, below Python, and by signal."""
