"""Charts: constant Vega-Lite specs, and the frames of rows that fill them.

A spec is authored once for each theme and never changes between reruns; everything that
differs from chart to chart, words included, is data. Rows carry a ``part`` that says which
layer draws them, so one frame feeds the whole chart.
"""
