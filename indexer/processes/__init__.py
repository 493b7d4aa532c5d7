"""Programs of our own that read hostile files: limited, fed through a pipe, killed and replaced.

A thread cannot be killed and a library that hangs cannot be asked to stop; a process can.
:mod:`~indexer.processes.program` starts and ends one, :mod:`~indexer.processes.serving` is what
runs inside it. Which jobs it takes and what becomes of them is the business of its pool.
"""
