"""The thresholds of every check: from which size on a figure is asked about or remarked on."""

from __future__ import annotations

# Too few figures to judge by (series.py, slips.py)

FEWEST_VALUES = 4
"""A series of fewer values has no usual change, level or yearly step to compare a figure with."""
FEWEST_FRACTIONS = 3
"""Fewer figures are not asked whether they are fractions."""

# A slip of a unit or a decimal point (slips.py)

UNIT_STEPS = (4, 8, 12)
"""Powers of ten between units that tables mix up: 元, 万元, 亿元, 万亿元."""
POINT_STEPS = (1, 2, 3)
"""Places that a decimal point slips by; two also where a fraction stands for percent."""
SLACK = 0.8
"""A jump this near a power of ten, itself as a power of ten, is asked about: about six times."""
CLOSE = 0.3
"""A jump this near makes the change the suggested answer: about twice."""
FAR = 8.0
"""Percentage points from which growth is far from what is expected, whatever came before."""
STEADY = 5.0
"""The usual change of growth in points up to which a series tells a slip from a jump."""
LEVELS_AND_PRICES = 3.0
"""Points by which a slip of growth at comparable prices, once moved, may miss what levels give."""
WHOLE = 0.8
"""The part of a column that must be wrong alike for one cause to explain it."""

# Different values for one figure (conflicts.py)

MOST_ONE_BY_ONE = 3
"""When more figures of the same sheets disagree, which sheet holds is asked instead."""

# Growth and levels that disagree (remarks.py, slips.py)

SLIGHT = 0.5
"""Percentage points by which growth and levels differ without a word, beyond rounding."""
PRICES = 8.0
"""The same where growth is at comparable and the level at current prices."""
STEEP = 100.0
"""Growth in percent from which a base near zero, or a slip, is likely."""
