"""Questions out of files of other tools: pure readers, one module a format.

Nothing a file holds is run, fetched or written; what cannot be understood is told with its place.
"""
