"""One official or candidate: who he is, his kin, where was searched, what they take part in, and what is to be clarified."""
