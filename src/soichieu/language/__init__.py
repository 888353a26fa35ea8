"""The ground floor: Vietnamese (and English) administrative text, in plain Python.

Nothing here knows of Django, of files' formats or of a database; each module can be used alone:

- `text`: Unicode forms, search and comparison keys, legacy encodings;
- `numbers`: numbers of documents, printed back and repaired;
- `citations`: documents cited in running text;
- `dates` and `calendar`: dates, periods and working days;
- `quantities`: targets and amounts;
- `sentences`: sentence boundaries;
- `collation`: Vietnamese alphabetical order.
"""
