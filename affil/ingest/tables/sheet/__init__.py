"""What a sheet says of itself: which row is its header, what stands above it, around it, and which rows are no records."""
