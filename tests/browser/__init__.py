"""The pages as a browser shows them, and on paper: needs Chromium, LibreOffice and poppler, else is skipped."""
