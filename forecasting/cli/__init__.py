"""The command line of ``python -m forecasting``: its options, and the answers it prints."""
