"""Every change of a conference: one function each, one transaction, one line of its book; the asker is always named."""
