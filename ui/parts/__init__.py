"""Parts of pages: each shows one thing, from plain values."""
