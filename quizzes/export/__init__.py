"""Writes questions in the formats of other tools: one module a format, one table of them all.

Everything is written from one neutral form (`model`), which holds structure and never markup of a
target; each format escapes once. Pure: values in, bytes out; the same values, the same bytes.
"""
