"""Measurement from outside: fictional districts with a known truth, and the product's answers held against it."""
