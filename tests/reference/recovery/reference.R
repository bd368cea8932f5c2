# Satisfaction afterwards at equal satisfaction before, HC3 errors; changes of either side by the paired t test.
# Run: Rscript reference.R > output.csv
suppressMessages(library(sandwich))
d <- read.csv("input.csv")
num <- function(x) sprintf("%.15g", x)
cat("case,figure,value,se,low,high,p,df\n")
line <- function(...) cat(paste(..., sep = ","), "\n", sep = "")
for (case in unique(d$case)) {
  one <- d[d$case == case, ]
  fit <- if (length(unique(one$win_back)) > 1) lm(after ~ contacted + score + win_back, data = one) else lm(after ~ contacted + score, data = one)
  value <- coef(fit)["contacted"]
  se <- sqrt(diag(vcovHC(fit, type = "HC3")))["contacted"]
  df <- fit$df.residual
  margin <- qt(0.975, df) * se
  line(case, "effect", num(value), num(se), num(value - margin), num(value + margin), num(2 * pt(-abs(value / se), df)), df)
  for (side in c(1, 0)) {
    rows <- one[one$contacted == side, ]
    t <- t.test(rows$after, rows$score, paired = TRUE)
    line(case, c("not_contacted", "contacted")[side + 1], num(t$estimate), num(t$stderr), num(t$conf.int[1]), num(t$conf.int[2]),
      num(t$p.value), t$parameter)
  }
}
