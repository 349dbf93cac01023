"""From an uploaded file or pasted cells to plain sheets of cells, safely."""
