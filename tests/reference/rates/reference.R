# Exact Poisson intervals and comparisons (poisson.test), binomial ones (binom.test), Wilson's and the test of two shares (prop.test without
# continuity correction); base R. Run: Rscript reference.R > output.csv
options(digits = 16)
out <- function(case, a, ea, b, eb, conf, value, low, high, p) cat(sprintf("%s,%.15g,%.15g,%.15g,%.15g,%g,%.15g,%.15g,%.15g,%.15g\n", case, a, ea, b, eb, conf, value, low, high, p))
cat("case,count,base,count2,base2,confidence,value,low,high,p\n")
for (conf in c(.95, .99)) {
  for (row in list(c(0, 1e4), c(1, 2e4), c(7, 35000), c(41, 705192), c(4081, 300073529), c(16055, 1.4e9))) {
    r <- poisson.test(row[1], row[2], r = max(row[1], 1) / row[2], conf.level = conf)  # the tested rate matters for p only, which is not printed
    out("rate", row[1], row[2], NA, NA, conf, r$estimate, r$conf.int[1], r$conf.int[2], NA)
  }
  for (row in list(c(52, 3, 108, 3), c(4081, 300073529, 5940, 690697674), c(0, 1e4, 9, 2e4), c(9, 1e4, 0, 2e4), c(3, 1e5, 3, 1e5), c(160, 1, 92, 1), c(13, 30, 20, 30))) {
    r <- poisson.test(row[c(1, 3)], row[c(2, 4)], conf.level = conf)
    out("ratio", row[1], row[2], row[3], row[4], conf, r$estimate, r$conf.int[1], r$conf.int[2], r$p.value)
  }
  for (row in list(c(0, 20), c(1, 41), c(38, 41), c(108, 160), c(41, 41), c(911, 1063))) {
    r <- binom.test(row[1], row[2], conf.level = conf)
    out("exact share", row[1], row[2], NA, NA, conf, r$estimate, r$conf.int[1], r$conf.int[2], NA)
    r <- suppressWarnings(prop.test(row[1], row[2], conf.level = conf, correct = FALSE))
    out("wilson", row[1], row[2], NA, NA, conf, r$estimate, r$conf.int[1], r$conf.int[2], NA)
  }
  for (row in list(c(52, 160, 30, 92), c(700, 1000, 760, 1000), c(38, 41, 2, 41))) {
    r <- suppressWarnings(prop.test(row[c(1, 3)], row[c(2, 4)], conf.level = conf, correct = FALSE))
    out("two shares", row[1], row[2], row[3], row[4], conf, diff(rev(r$estimate)), r$conf.int[1], r$conf.int[2], r$p.value)
  }
}
# Pareto table: shares and cumulative shares of the causes in pareto.csv, most first
d <- read.csv("pareto.csv"); d <- d[order(-d$count), ]; s <- prop.table(d$count); k <- cumsum(d$count)
for (i in seq_along(s)) {
  w <- suppressWarnings(prop.test(d$count[i], sum(d$count), correct = FALSE)); out(paste("share of", d$cause[i]), d$count[i], sum(d$count), NA, NA, .95, s[i], w$conf.int[1], w$conf.int[2], NA)
  w <- suppressWarnings(prop.test(k[i], sum(d$count), correct = FALSE)); out(paste("up to", d$cause[i]), k[i], sum(d$count), NA, NA, .95, cumsum(s)[i], w$conf.int[1], w$conf.int[2], NA)
}
