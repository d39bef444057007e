"""Readers, one for each shape of file, and what they share: text, values, names, tables. None knows a board."""
