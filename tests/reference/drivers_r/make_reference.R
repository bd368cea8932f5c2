# Writes the reference numbers the tests read. Run in this folder: Rscript make_reference.R
suppressMessages({library(survey); library(psych); library(sandwich); library(GPArotation)})
d <- read.csv("input.csv")
out <- list()
add <- function(case, name, value) out[[length(out) + 1]] <<- data.frame(case = case, name = name, value = as.numeric(value))
formula <- y ~ x1 + x2 + x3 + x4 + x5

coefs <- function(case, fit, vcov_matrix) {
  add(case, paste0("b_", names(coef(fit))), coef(fit))
  add(case, paste0("se_", names(coef(fit))), sqrt(diag(vcov_matrix)))
}
wls <- lm(formula, data = d, weights = respondent_weight)
coefs("hc1", wls, vcovHC(wls, type = "HC1")); add("hc1", "r_squared", summary(wls)$r.squared); add("hc1", "n", nobs(wls))
add("hc1", "sigma_unweighted", summary(lm(formula, data = d))$sigma)
ols <- lm(formula, data = d)
coefs("ols_hc1", ols, vcovHC(ols, type = "HC1")); add("ols_hc1", "adj_r_squared", summary(ols)$adj.r.squared)
coefs("ols_hc3", ols, vcovHC(ols, type = "HC3"))
x <- na.omit(d[, c("x1", "x2", "x3", "x4", "x5", "y")])
add("vif", paste0("x", 1:5), diag(solve(cor(x[, 1:5]))))

complete <- complete.cases(d[, c("y", paste0("x", 1:5))])
design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~respondent_weight, data = d, nest = TRUE)
f <- svyglm(formula, design = subset(design, complete)); coefs("clusters", f, vcov(f)); add("clusters", "df", f$df.residual)
strata <- svydesign(ids = ~1, strata = ~stratum, weights = ~respondent_weight, data = d)
f <- svyglm(formula, design = subset(strata, complete)); coefs("strata", f, vcov(f)); add("strata", "df", f$df.residual)
f <- svyglm(formula, design = subset(design, complete & branch == "north")); coefs("domain", f, vcov(f))

items <- na.omit(d[, paste0("x", 1:8)])
a <- suppressWarnings(psych::alpha(items))
add("alpha", c("raw", "standardised"), c(a$total$raw_alpha, a$total$std.alpha))
add("alpha_if_dropped", rownames(a$alpha.drop), a$alpha.drop$raw_alpha)
add("item_rest", rownames(a$item.stats), a$item.stats$r.drop)
add("omega", "total", suppressWarnings(suppressMessages(psych::omega(items, nfactors = 1, plot = FALSE)$omega.tot)))
k <- KMO(items); add("kmo", c("overall", names(k$MSAi)), c(k$MSA, k$MSAi))
b <- cortest.bartlett(cor(items), n = nrow(items)); add("bartlett", c("chi2", "df", "p"), c(b$chisq, b$df, b$p.value))
for (method in c("minres", "ml")) for (rotation in c("none", "varimax", "promax", "oblimin")) {
  f <- suppressWarnings(fa(items, nfactors = 2, fm = method, rotate = rotation))
  l <- unclass(f$loadings)
  # psych passes varimax on with its default eps of 1e-5, which stops visibly early.
  if (rotation == "varimax") l <- unclass(varimax(unclass(fa(items, nfactors = 2, fm = method, rotate = "none")$loadings), eps = 1e-14)$loadings)
  for (j in 1:2) add(paste(method, rotation), paste0(rownames(l), "_F", j), l[, j])
}
for (rotation in c("none", "varimax")) {
  l <- unclass(principal(items, nfactors = 2, rotate = "none")$loadings)
  if (rotation == "varimax") l <- unclass(varimax(l, eps = 1e-14)$loadings)
  for (j in 1:2) add(paste("principal", rotation), paste0(rownames(l), "_F", j), l[, j])
}
set.seed(1)
p <- replicate(4000, eigen(cor(matrix(rnorm(300 * 8), 300)))$values)
add("parallel_300x8", 1:8, apply(p, 1, quantile, 0.95))
w <- cov.wt(items, wt = d$respondent_weight[complete.cases(d[, paste0("x", 1:8)])], cor = TRUE)
diag(w$cor) <- 1; w$cor <- round((w$cor + t(w$cor)) / 2, 14)
add("weighted", c("kmo", "alpha"), c(KMO(w$cor)$MSA, suppressWarnings(psych::alpha(w$cov)$total$raw_alpha)))
pca <- eigen(w$cor)$values; add("weighted_eigenvalues", 1:8, pca)
result <- do.call(rbind, out)
result$value <- format(result$value, digits = 15)
write.csv(result, "expected.csv", row.names = FALSE, quote = FALSE)
writeLines(c(R.version.string, sapply(c("survey", "psych", "sandwich", "GPArotation"), function(p) paste(p, packageVersion(p)))), "versions.txt")
