"""The page of vintages: the history of the store, two vintages compared, why the outlook moved."""
