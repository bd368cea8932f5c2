# Random-effects comparison of changes with R metafor; run: Rscript reference.R > output.csv
suppressMessages(library(metafor))
d <- read.csv("changes.csv")
num <- function(x) sprintf("%.15g", x)
cat("case,figure,value,se,low,high,p,df,tau\n")
for (case in unique(d$case)) {
  one <- d[d$case == case, ]
  tight <- list(tol = 1e-14, maxiter = 1000)
  fit <- rma(value, variance, mods = ~treated, data = one, method = "PM", test = "knha", control = tight)
  for (row in 1:2) {
    cat(paste(case, c("others", "effect")[row], num(fit$beta[row]), num(fit$se[row]), num(fit$ci.lb[row]), num(fit$ci.ub[row]),
      num(fit$pval[row]), fit$ddf[1], num(sqrt(fit$tau2)), sep = ","), "\n", sep = "")
  }
}
