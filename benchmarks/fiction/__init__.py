"""The parts of the district generator. Nothing here imports `affil`: the two must be able to contradict each other."""
