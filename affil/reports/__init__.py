"""Documents of a run. Everything here is made from `affil.model.finding.Run` and the word catalogue, and of nothing else."""
