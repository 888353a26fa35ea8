"""``python -m soichieu.cli``: the same as ``soichieu``."""

from soichieu.cli.main import main

main()
