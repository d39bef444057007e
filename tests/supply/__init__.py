"""What the program is made of beside its own code: packages asked after, and the oldest ones tried."""
