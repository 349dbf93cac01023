# Forecasts of R's forecast: `arima`, or `mean` of auto.arima, ets and thetaf. The mean is that of
# points and interval ends. The files are those of benchmarks/exchange.py.

arguments <- commandArgs(trailingOnly = TRUE)
name <- arguments[1]
horizon <- as.integer(arguments[2])

started <- proc.time()[["elapsed"]]
suppressPackageStartupMessages(library(forecast))
cat(sprintf(
  "%.3f\tforecast %s, R %s\n", proc.time()[["elapsed"]] - started,
  packageVersion("forecast"), getRversion()
))

kinds <- list(
  arima = list(auto.arima),
  mean = list(auto.arima, ets, function(y) thetaf(y, h = horizon, level = c(80, 95)))
)[[name]]

rows_of <- function(kind, y) {
  made <- kind(y)
  if (!inherits(made, "forecast")) made <- forecast(made, h = horizon, level = c(80, 95))
  cbind(made$mean, made$lower[, 1], made$upper[, 1], made$lower[, 2], made$upper[, 2])
}

forecast_history <- function(values) {
  y <- ts(values, frequency = 4)
  tryCatch(
    Reduce(`+`, lapply(kinds, rows_of, y = y)) / length(kinds),
    error = function(condition) matrix(NaN, horizon, 5)
  )
}

histories <- strsplit(readLines(arguments[3]), ",", fixed = TRUE)
target <- file(arguments[4], "w")
writeLines("key,milliseconds,point,lower80,upper80,lower95,upper95", target)
invisible(forecast_history(rev(as.numeric(histories[[1]][-1]))))
for (history in histories) {
  before <- proc.time()
  rows <- forecast_history(as.numeric(history[-1]))
  spent <- proc.time() - before
  milliseconds <- 1000 * (spent[["user.self"]] + spent[["sys.self"]])
  numbers <- apply(cbind(milliseconds, rows), 1, function(row) {
    paste(format(row, digits = 15, trim = TRUE), collapse = ",")
  })
  writeLines(paste(history[1], numbers, sep = ","), target)
  flush(target)
}
close(target)
