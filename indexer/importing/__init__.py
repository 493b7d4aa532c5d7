"""A folder of archived files into records: the batch, from the walk to the report.

:mod:`~indexer.importing.pipeline` is the only module that knows the order of the steps. A file's
state is a row; a batch that was killed goes on from its rows.
"""
