"""The same work done by others: results files to typed Parquet, and three checks, measured beside us."""
