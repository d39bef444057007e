"""What data must look like: `formats/` as it comes, `tables/` once checked, `reference/` what we take for granted."""
