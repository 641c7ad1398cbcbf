"""Measures what a worker carries: by engine, workers, replicas and learners."""
