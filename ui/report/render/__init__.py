"""A report as HTML, PDF, Word, workbook and pictures."""
