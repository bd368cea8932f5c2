# Tests and influences of end causes. Rscript reference.R > reference.json
suppressMessages({library(epiR); library(jsonlite)})
tables <- list(c(45, 150, 35, 350), c(38, 200, 3, 200), c(110, 3000, 50, 3000), c(8, 20, 4, 30), c(3, 12, 1, 40), c(5, 50, 9, 60))
strata <- lapply(tables, function(v) {
  plain <- suppressWarnings(prop.test(c(v[1], v[3]), c(v[2], v[4]), correct = FALSE))
  m <- matrix(c(v[1], v[2] - v[1], v[3], v[4] - v[3]), nrow = 2, byrow = TRUE)
  e <- epi.2by2(as.table(m), method = "cross.sectional", conf.level = 0.95)$massoc.detail
  w <- function(x, n) as.numeric(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)
  list(counts = v, chi_squared_p = plain$p.value, fisher_p = fisher.test(m)$p.value, smallest_expected = min(suppressWarnings(chisq.test(m))$expected),
       wilson_with = w(v[1], v[2]), wilson_without = w(v[3], v[4]), attributable = as.numeric(e$PAFRisk.strata.wald))
})
sheet <- list(c(38, 41), c(2, 41), c(1, 41), c(0, 41), c(60, 160), c(41, 41))
cases <- lapply(sheet, function(v) list(counts = v, p = binom.test(v[1], v[2], 0.1)$p.value,
  wilson = as.numeric(suppressWarnings(prop.test(v[1], v[2], correct = FALSE))$conf.int)))
x <- list(c(1.2, 1.5, 1.1, 1.9, 2.4, 2.2, 2.9, 3.1), c(10, 12, 9, 15, 11, 14, 13, 8, 16, 12.5, 9.5, 10.5))
y <- list(c(30, 34, 28, 41, 39, 45, 44, 52), c(5.1, 4.9, 5.6, 4.2, 5.0, 4.8, 5.3, 5.2, 4.1, 4.6, 5.5, 5.0))
pairs <- Map(function(x, y) { t <- cor.test(x, y); list(x = x, y = y, r = unname(t$estimate), ends = as.numeric(t$conf.int), p = t$p.value) }, x, y)
before <- c(70, 65, 81, 59, 77, 68, 73, 71); after <- c(78, 74, 83, 69, 80, 79)
w <- t.test(after, before)
means <- list(before = list(mean(before), sd(before), 8), after = list(mean(after), sd(after), 6), ends = as.numeric(w$conf.int), p = w$p.value,
  df = unname(w$parameter))
holm <- p.adjust(c(0.001, 0.04, 0.03, 0.2), "holm")
cat(toJSON(list(R = R.version.string, epiR = as.character(packageVersion("epiR")), strata = strata, cases = cases, pairs = unname(pairs),
  means = means, holm = holm), digits = NA, auto_unbox = TRUE, pretty = TRUE))
