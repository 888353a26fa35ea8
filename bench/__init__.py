"""Benches: each measures one thing of ours beside a peer, in turns, after seeing that both give the same answer."""
