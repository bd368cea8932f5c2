# Fuzzy comprehensive evaluation in two levels with four operators; run: Rscript reference.R > output.csv
# Memberships are survey-weighted shares; standard errors by survey::withReplicates over the 20 deleted groups, and for the score of
# the weighted mean by linearisation (svycontrast of ratios).
suppressMessages(library(survey))
d <- read.csv("input.csv")
# q1-q3 have five grades; q4 has ten, cut in pairs. 1 is the best grade.
fifth <- list(q1 = 6 - d$q1, q2 = 6 - d$q2, q3 = 6 - d$q3, q4 = 6 - ceiling(d$q4 / 2))
values <- c(100, 80, 60, 40, 20)
rows <- function(w) t(sapply(fifth, function(g) sapply(1:5, function(k) sum(w[!is.na(g) & g == k]) / sum(w[!is.na(g)]))))
unit <- function(b) b / sum(b)
operators <- list(
  weighted_mean = function(a, R) colSums(a * R),
  min_max = function(a, R) apply(pmin(matrix(a, nrow(R), 5), R), 2, max),
  product_max = function(a, R) apply(a * R, 2, max),
  bounded_sum = function(a, R) pmin(1, colSums(pmin(matrix(a, nrow(R), 5), R)))
)
evaluate <- function(w, op) {
  R <- rows(w)
  left <- unit(op(c(.4, .6), R[1:2, ])); right <- unit(op(c(.5, .5), R[3:4, ]))
  top <- unit(op(c(.5, .5), rbind(left, right)))
  c(left, sum(left * values), right, sum(right * values), top, sum(top * values))
}
cat("operator,domain,code,figure,value,se\n")
for (domain in c("all", "a")) {
  inside <- if (domain == "all") rep(TRUE, nrow(d)) else d$branch == domain
  base <- d$weight * inside
  groups <- sort(unique(d$group))
  reps <- sapply(groups, function(g) base * (d$group != g))
  design <- svrepdesign(data = d, weights = base, repweights = reps, type = "other", scale = (length(groups) - 1) / length(groups),
                        rscales = rep(1, length(groups)), combined.weights = TRUE, mse = FALSE)
  for (name in names(operators)) {
    found <- withReplicates(design, function(w, data) evaluate(w, operators[[name]]))
    figures <- expand.grid(figure = c(5:1, "score"), code = c("left", "right", "index"))
    cat(sprintf("%s,%s,%s,%s,%.15g,%.15g\n", name, domain, figures$code, figures$figure, coef(found), SE(found)), sep = "")
  }
  plain <- svydesign(ids = ~1, weights = ~weight, data = d)
  for (q in names(fifth)) {
    plain$variables[[paste0("z", q)]] <- ifelse(inside & !is.na(fifth[[q]]), values[fifth[[q]]], 0)
    plain$variables[[paste0("d", q)]] <- as.numeric(inside & !is.na(fifth[[q]]))
  }
  totals <- svytotal(~zq1 + dq1 + zq2 + dq2 + zq3 + dq3 + zq4 + dq4, plain)
  r <- svycontrast(totals, quote(.5 * (.4 * zq1 / dq1 + .6 * zq2 / dq2) + .25 * (zq3 / dq3 + zq4 / dq4)))
  cat(sprintf("linear,%s,index,score,%.15g,%.15g\n", domain, coef(r), SE(r)))
}
cat(sprintf("version,R %s,survey %s,,0,0\n", getRversion(), packageVersion("survey")))
