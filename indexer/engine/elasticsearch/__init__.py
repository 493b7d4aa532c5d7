"""The engine for archives that outgrow one machine: an Elasticsearch cluster.

A generation is four indexes (``full`` and ``public``, each ``records`` and ``passages``), and one
document in an index of positions that says how far it has come. Elasticsearch receives joined
tokens and splits them at white space; its own analysis does nothing more.
"""
