"""The command line of ``python -m forecasting``: its options, and answers as JSON and as lines."""
