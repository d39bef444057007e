"""Excel workbooks: made of frames, sheet by sheet, the same bytes for the same rows, and never a formula."""
