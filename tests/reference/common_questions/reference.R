# Differences on the questions both sides were asked (R survey); run: Rscript reference.R > output.csv
# Wave 1 was not asked q1, branch west of wave 2 not q3. Index of the small survey: half left (q1 .4, q2 .6), half right (q3, q4 alike).
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
d <- read.csv("../comparisons/input.csv")
d$q1[d$wave == "2026Q1"] <- NA
d$q3[d$wave == "2026Q2" & d$branch == "west"] <- NA
cat(sprintf("# %s, survey %s\n", R.version.string, packageVersion("survey")))
cat("case,figure,value,se\n")
sides <- list(
  before = d$wave == "2026Q1", now = d$wave == "2026Q2",
  west = d$wave == "2026Q2" & d$branch == "west", rest = d$wave == "2026Q2" & d$branch != "west")
items <- paste0("q", 1:4)
for (side in names(sides)) for (q in items) {
  s <- (d[[q]] - 1) / 9 * 100; there <- !is.na(s) & sides[[side]]
  d[[paste("z", q, side, sep = "_")]] <- ifelse(there, s, 0); d[[paste("d", q, side, sep = "_")]] <- as.numeric(there)
}
d$h <- paste(d$wave, d$stratum)
designs <- list(
  plain = svydesign(ids = ~1, strata = ~wave, weights = ~1, data = d),
  weighted = svydesign(ids = ~1, strata = ~wave, weights = ~weight, data = d),
  both = svydesign(ids = ~cluster, strata = ~h, weights = ~weight, data = d, nest = TRUE))
mean_of <- function(q, side) sprintf("(z_%s_%s/d_%s_%s)", q, side, q, side)
index <- function(weights, side) paste(sprintf("%g*%s", weights, mean_of(names(weights), side)), collapse = "+")
gap <- function(weights, one, other) paste0("(", index(weights, one), ")-(", index(weights, other), ")")
gaps <- list(
  "change of index" = gap(c(q2 = .5, q3 = .25, q4 = .25), "now", "before"),
  "change of left" = gap(c(q2 = 1), "now", "before"),
  "change of right" = gap(c(q3 = .5, q4 = .5), "now", "before"),
  "west and rest, index" = gap(c(q1 = .2, q2 = .3, q4 = .5), "west", "rest"),
  "west and rest, right" = gap(c(q4 = 1), "west", "rest"))
for (case in names(designs)) {
  totals <- grep("^[zd]_q", names(d), value = TRUE)
  totals <- totals[colSums(d[totals]) > 0]
  t <- svytotal(as.formula(paste("~", paste(totals, collapse = "+"))), designs[[case]])
  for (figure in names(gaps)) {
    r <- svycontrast(t, parse(text = gaps[[figure]])[[1]])
    cat(sprintf("%s,\"%s\",%.15g,%.15g\n", case, figure, coef(r), SE(r)))
  }
}
