# Two levels and their change: Welch's t test of two samples, two-sample t with one variance, quasi-Poisson with identity link.
# Run: Rscript levels.R > levels_output.csv
d <- read.csv("levels.csv")
num <- function(x) sprintf("%.15g", x)
row <- function(...) cat(paste(..., sep = ","), "\n", sep = "")
row("case", "before", "after", "change", "se", "low", "high", "p", "df")
for (case in unique(d$case)) {
  one <- d[d$case == case, ]
  b <- one[one$after == 0, ]
  a <- one[one$after == 1, ]
  if (one$kind[1] == "answers" || one$kind[1] == "values") {
    t <- t.test(a$value, b$value, var.equal = one$kind[1] == "values")
    row(case, num(mean(b$value)), num(mean(a$value)), num(mean(a$value) - mean(b$value)), num(t$stderr), num(t$conf.int[1]),
      num(t$conf.int[2]), num(t$p.value), num(t$parameter))
  } else {
    # counts ~ base * level: rates out of bases, so both columns of the design carry the base
    x1 <- one$base * (one$after == 0)
    x2 <- one$base * (one$after == 1)
    start <- c(sum(b$value) / sum(b$base), sum(a$value) / sum(a$base))
    fit <- glm(one$value ~ 0 + x1 + x2, family = quasipoisson(link = "identity"), start = start,
      control = list(epsilon = 1e-14, maxit = 100))
    v <- summary(fit)$cov.scaled
    change <- diff(coef(fit))
    se <- sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2])
    df <- fit$df.residual
    half <- qt(0.975, df) * se
    row(case, num(coef(fit)[1]), num(coef(fit)[2]), num(change), num(se), num(change - half), num(change + half),
      num(2 * pt(-abs(change / se), df)), num(df))
  }
}
