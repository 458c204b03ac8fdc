"""What people decided on findings: their status from the log, what changed since, who may review, what is left to do."""
