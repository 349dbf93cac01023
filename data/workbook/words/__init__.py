"""The words of statistical tables: names, units, periods, numbers and what stands around them."""
