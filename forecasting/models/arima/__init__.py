"""Seasonal ARIMA on quarterly log levels: differencing, outliers, search and the fit."""
