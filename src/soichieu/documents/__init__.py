"""The register: documents, their editions and files, provisions, citations, links and receipts."""
