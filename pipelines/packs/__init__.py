"""Query sheets: what the published run gives reason to ask, for whoever has to be asked, one sheet a request type."""
