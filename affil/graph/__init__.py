"""The evidence graph: the raw records behind the findings as a NetworkX multigraph, on which every finding is walked again."""
