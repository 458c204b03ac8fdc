"""Lists of officials and kin laid out loosely, rewritten into the plain list of relatives that the table reader knows."""
