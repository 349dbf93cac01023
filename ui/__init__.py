"""What a reader sees: state, cache, messages, charts, formats and pages."""
