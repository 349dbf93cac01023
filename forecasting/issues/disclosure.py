"""What may be told of single firms and projects: nothing that a sum gives away."""

from __future__ import annotations

FEWEST_TOLD = 3
"""Projects, or firms, that a sum has to be made of before it is told.

The threshold rule of statistical disclosure control: the sum of fewer gives each of them away.
"""
