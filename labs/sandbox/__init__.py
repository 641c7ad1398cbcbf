"""The practice account: moto in a process of its own, made to say no where AWS does.

Needs the extra `sandbox`. Nothing outside this folder imports moto; the site asks through
`labs.sandbox_client`.
"""
