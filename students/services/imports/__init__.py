"""Imports as work: received, planned, agreed to, applied; each step safe under a double click and a killed worker."""
