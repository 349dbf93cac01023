"""Why an outlook moved between two vintages, as terms that sum to the change."""
