# Witness for the data quality of a wave: nlme (mixed model, REML), survey (covariance of weighted shares, Rao-Scott), stats (tests of shares).
# Rscript reference.R > output.csv
suppressMessages({library(nlme); library(survey)})
d <- read.csv("input.csv")
out <- function(what, name, value) cat(sprintf("%s,%s,%.12g\n", what, name, value))
cat("what,name,value\n")
out("version", "R", as.numeric(paste0(R.version$major, ".", sub("\\..*", "", R.version$minor))))
tight <- lmeControl(msTol = 1e-12, tolerance = 1e-12, msMaxIter = 500, opt = "optim", reltol = 1e-14)
for (kind in c("plain", "within")) {
  m <- if (kind == "plain") lme(score ~ 1, random = ~1 | interviewer, data = d, method = "REML", control = tight) else
    lme(score ~ 0 + branch, random = ~1 | interviewer, data = d, method = "REML", control = tight)
  v <- c(sqrt(as.numeric(getVarCov(m))), m$sigma)
  out(kind, "between", v[1]); out(kind, "within", v[2])
  for (f in names(fixef(m))) out(paste0(kind, "_fixed"), f, fixef(m)[[f]])
  r <- ranef(m)
  for (i in rownames(r)) out(paste0(kind, "_effect"), i, r[i, 1])
  null <- if (kind == "plain") gls(score ~ 1, data = d, method = "REML") else gls(score ~ 0 + branch, data = d, method = "REML")
  out(kind, "likelihood_ratio", 2 * (as.numeric(logLik(m)) - as.numeric(logLik(null))))
}
target <- c(a = .4, b = .3, c = .2, d = .1)
counts <- table(factor(d$branch, names(target)))
g <- chisq.test(counts, p = target)
out("pearson", "chi2", g$statistic); out("pearson", "p", g$p.value)
for (b in names(target)) out("binomial", b, binom.test(counts[[b]], sum(counts), target[[b]])$p.value)
d$branch <- factor(d$branch, names(target))
designs <- list(weights = svydesign(~1, weights = ~weight, data = d),
                design = svydesign(~cluster, strata = ~stratum, weights = ~weight, data = d))
for (name in names(designs)) {
  m <- svymean(~branch, designs[[name]])
  p <- coef(m); n <- nrow(d)
  x2 <- n * sum((p - target)^2 / target)
  v <- vcov(m)
  e <- eigen(solve((diag(target) - outer(target, target))[-1, -1] / n, v[-1, -1]))$values
  out(paste0("rao_scott_", name), "chi2", x2)
  out(paste0("rao_scott_", name), "p", survey:::pchisqsum(x2, rep(1, 3), e, lower.tail = FALSE, method = "satterthwaite"))
  out(paste0("rao_scott_", name), "svygofchisq_p", svygofchisq(~branch, p = target, design = designs[[name]])$p.value)
  for (i in 1:4) for (j in i:4) out(paste0("covariance_", name), paste0(i, j), v[i, j])
}
p <- sapply(names(target), function(b) {
  t <- table(d$branch == b, d$missing)
  expected <- suppressWarnings(chisq.test(t, correct = FALSE))$expected
  if (min(expected) < 5) fisher.test(t)$p.value else chisq.test(t, correct = FALSE)$p.value
})
a <- p.adjust(p, "BH")
for (b in names(target)) { out("missing_p", b, p[[b]]); out("missing_adjusted", b, a[[b]])
  w <- prop.test(sum(d$missing[d$branch == b]), sum(d$branch == b), correct = FALSE)$conf.int
  out("wilson_low", b, w[1]); out("wilson_high", b, w[2]) }
# identical pairs by lot: sets of 5, 3, 2, 2 and 2 copies among 60 responses, 20 of them in the group
set.seed(1)
set <- c(rep(1, 5), rep(2, 3), rep(3:5, each = 2), 100 + 1:46)
draws <- replicate(200000, { s <- tabulate(match(sample(set, 20), 1:5), 5); sum(s * (s - 1) / 2) })
out("pairs", "mean", mean(draws)); out("pairs", "variance", var(draws)); out("pairs", "mean_se", sd(draws) / sqrt(length(draws)))
for (k in 1:6) out("pairs_tail", k, mean(draws >= k))
