"""Documents of a run. Everything here is made from `affil.model.run.Run` and the word catalogue, and of nothing else."""
