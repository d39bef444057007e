"""What each command of `resultsday` does, one module each."""
