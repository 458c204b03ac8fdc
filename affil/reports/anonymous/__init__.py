"""What leaves the circle of those who may read names: tables under pseudonyms, and numbers for the public."""
