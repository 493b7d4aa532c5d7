"""The default engine: tantivy, inside this process, on this machine's disk.

A generation is a folder with four indexes (``full`` and ``public``, each ``records`` and
``passages``) and a ``state.json`` that says how far it has come. tantivy receives joined tokens and
splits them at white space; queries are built as objects, never as strings.
"""
