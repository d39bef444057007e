"""What the program costs, measured against the least it could cost."""
