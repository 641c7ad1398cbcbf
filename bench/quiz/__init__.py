"""The quiz against a bare Django view that writes one row."""
