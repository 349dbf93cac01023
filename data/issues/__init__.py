"""Issuing: what an outlook is frozen with, and what came of what was issued before."""
