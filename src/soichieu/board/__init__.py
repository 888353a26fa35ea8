"""The top floor, what people meet: coverage, one obligation, one line of the book, the thread from sentence to figure.

It reads everything below and writes only through the ledger's commands. One module a page in ``views``, one module a
question in ``queries``.
"""
