"""The commands of ``python -m data``, a module for each subject."""
