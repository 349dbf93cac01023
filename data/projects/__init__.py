"""The table of projects (项目台账) as a workbook, both ways."""
