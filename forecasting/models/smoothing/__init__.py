"""The members beside ARIMA: exponential smoothing and the Theta method, each fitted in batches."""
