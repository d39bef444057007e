"""What each table must be: its columns, their types, and the checks its rows pass."""
