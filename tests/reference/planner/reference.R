# Sample sizes, powers and half-widths with base R; run: Rscript reference.R > output.csv
cat("what,deviation,size,power,alpha,n\n")
line <- function(...) cat(sprintf("%s,%.15g,%.15g,%.15g,%.15g,%.15g\n", ...))
for (sd in c(8, 20, 31.5)) for (delta in c(1, 3, 7.5)) for (power in c(.8, .9)) for (alpha in c(.05, .05 / 14))
  line("two_waves", sd, delta, power, alpha, power.t.test(delta = delta, sd = sd, power = power, sig.level = alpha, tol = 1e-10)$n)
# the other way round: what n per wave can show
for (n in c(5, 30, 200, 5000)) for (power in c(.8, .9))
  line("detectable", 20, power.t.test(n = n, sd = 20, power = power, tol = 1e-10)$delta, power, .05, n)
# a branch against a rest that stays as it is: noncentral t written out
for (rest in c(.04, .5)) for (delta in c(3, 5)) {
  enough <- function(n) { df <- n - 1 + 900; 1 - pt(qt(.975, df), df, ncp = delta / sqrt(400 / n + rest)) - .8 }
  line(paste0("rest_", rest), 20, delta, .8, .05, uniroot(enough, c(2, 1e6), tol = 1e-9)$root)
}
# half-width with t: smallest n by trying them all; population 0 = none
for (N in c(0, 500, 20000)) for (e in c(.5, 2, 5)) {
  n <- 2:30000; if (N > 0) n <- 2:N
  width <- qt(.975, n - 1) * 20 / sqrt(n) * sqrt(if (N > 0) 1 - n / N else 1)
  line(paste0("half_width_", N), 20, e, NA, .05, n[which(width <= e)[1]])
}
cat(sprintf("version R %s,0,0,0,0,0\n", getRversion()))
