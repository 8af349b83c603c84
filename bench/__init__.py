"""Benchmarks of what people wait for, each beside a bare floor measured in the same run (`make bench`)."""
