"""What a file is and how well each layout fits it, told without its values, and a layout that fits it better."""
