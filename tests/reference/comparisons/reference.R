# Change parted into mix and score, changes by branch, composites, possible ranks (R survey), funnel limits (base R); run: Rscript reference.R > output.csv
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
d <- read.csv("input.csv")
items <- paste0("q", 1:4); waves <- c("2026Q1", "2026Q2"); groups <- c("new", "north", "south", "west")
weights <- c(q1 = .2, q2 = .3, q3 = .25, q4 = .25)  # indicator weights of the items in the small survey
out <- function(case, figure, value, se) cat(sprintf("%s,%s,%.15g,%.15g\n", case, figure, value, se))
cat("case,figure,value,se\n")
for (w in waves) for (g in groups) for (q in items) {
  s <- (d[[q]] - 1) / 9 * 100; there <- !is.na(s) & d$wave == w & d$branch == g
  d[[paste("z", q, g, match(w, waves), sep = "_")]] <- ifelse(there, s, 0)
  d[[paste("d", q, g, match(w, waves), sep = "_")]] <- as.numeric(there)
}
cells <- expand.grid(k = c("z", "d"), q = items, g = groups, w = 1:2, stringsAsFactors = FALSE)
cells <- cells[!(cells$g == "new" & cells$w == 1), ]
totals_of <- paste(cells$k, cells$q, cells$g, cells$w, sep = "_")
d$h <- paste(d$wave, d$stratum)
designs <- list(
  plain = svydesign(ids = ~1, strata = ~wave, weights = ~1, data = d),
  weighted = svydesign(ids = ~1, strata = ~wave, weights = ~weight, data = d),
  both = svydesign(ids = ~cluster, strata = ~h, weights = ~weight, data = d, nest = TRUE))
name <- function(k, q, g, w) paste(k, q, g, w, sep = "_")
here <- function(w) if (w == 1) setdiff(groups, "new") else groups
total <- function(q, w) paste0("(", paste(name("d", q, here(w), w), collapse = "+"), ")")
grand <- function(q, w) paste0("((", paste(name("z", q, here(w), w), collapse = "+"), ")/", total(q, w), ")")
share <- function(q, g, w) if (g %in% here(w)) sprintf("(%s/%s)", name("d", q, g, w), total(q, w)) else "0"
mean_of <- function(q, g, w) { if (!g %in% here(w)) w <- 3 - w; sprintf("(%s/%s)", name("z", q, g, w), name("d", q, g, w)) }
mix <- function(q, g) sprintf("(%s-%s)*((%s+%s)/2-(%s+%s)/2)", share(q, g, 2), share(q, g, 1), mean_of(q, g, 2), mean_of(q, g, 1), grand(q, 1), grand(q, 2))
score <- function(q, g) sprintf("(%s+%s)/2*(%s-%s)", share(q, g, 2), share(q, g, 1), mean_of(q, g, 2), mean_of(q, g, 1))
index <- function(terms) paste0("(", paste(sprintf("%g*(%s)", weights, terms), collapse = "+"), ")")
for (case in names(designs)) {
  t <- svytotal(as.formula(paste("~", paste(totals_of, collapse = "+"))), designs[[case]])
  say <- function(figure, text) { r <- svycontrast(t, parse(text = text)[[1]]); out(case, figure, coef(r), SE(r)) }
  of <- function(part, g) index(sapply(items, part, g = g))
  for (g in groups) { say(paste0("mix ", g), of(mix, g)); say(paste0("score ", g), of(score, g)) }
  say("mix", paste(sapply(groups, function(g) of(mix, g)), collapse = "+"))
  say("score", paste(sapply(groups, function(g) of(score, g)), collapse = "+"))
  say("total", paste0(index(sapply(items, grand, w = 2)), "-", index(sapply(items, grand, w = 1))))
  # composite of wave 2 by customers 100, 400, 300, 200
  P <- c(new = .1, north = .4, south = .3, west = .2)
  branch <- function(g) index(sapply(items, mean_of, g = g, w = 2))
  comp <- paste(sprintf("%g*%s", P, sapply(groups, branch)), collapse = "+")
  say("composite", comp); say("plain", index(sapply(items, grand, w = 2)))
  say("composite_minus_plain", paste0(comp, "-", index(sapply(items, grand, w = 2))))
  # change of each branch that answered in both waves; degrees of freedom of the design restricted to it; Holm
  both <- here(1)
  changes <- lapply(both, function(g) svycontrast(t, parse(text = paste0(branch(g), "-", index(sapply(items, mean_of, g = g, w = 1))))[[1]]))
  df <- sapply(both, function(g) degf(subset(designs[[case]], branch == g)))
  p <- p.adjust(mapply(function(r, d) 2 * pt(-abs(coef(r) / SE(r)), d), changes, df), "holm")
  for (k in seq_along(both)) {
    out(case, paste("change", both[k]), coef(changes[[k]]), SE(changes[[k]])); out(case, paste("p", both[k]), p[k], df[k])
  }
  # ranks in wave 2: all pairs, Holm; degrees of freedom of the design restricted to the pair
  pairs <- combn(groups, 2); p <- diff <- numeric(ncol(pairs))
  for (k in seq_len(ncol(pairs))) {
    r <- svycontrast(t, parse(text = paste0(branch(pairs[1, k]), "-", branch(pairs[2, k])))[[1]])
    df <- degf(subset(designs[[case]], wave == "2026Q2" & branch %in% pairs[, k]))
    diff[k] <- coef(r); p[k] <- 2 * pt(-abs(coef(r) / SE(r)), df)
  }
  certain <- p.adjust(p, "holm") < .05
  for (g in groups) {
    better <- sum(certain & ((pairs[1, ] == g & diff < 0) | (pairs[2, ] == g & diff > 0)))
    worse <- sum(certain & ((pairs[1, ] == g & diff > 0) | (pairs[2, ] == g & diff < 0)))
    out(case, paste0("ranks ", g), 1 + better, length(groups) - worse)
  }
}
# funnel of twelve hospitals' rates: counts given, limits by hand
n <- c(40, 55, 80, 120, 150, 180, 240, 300, 420, 520, 700, 900); x <- c(25, 41, 52, 88, 96, 150, 170, 188, 330, 360, 520, 560)
theta <- sum(x) / sum(n); z <- (x / n - theta) / sqrt(theta * (1 - theta) / n)
q <- quantile(z, c(.1, .9)); phi <- mean(pmin(pmax(z, q[1]), q[2])^2)
out("funnel", "target", theta, NA); out("funnel", "phi", phi, NA)
out("funnel", "pearson", prop.test(x, n)$statistic, NA)
for (i in seq_along(n)) {
  out("funnel", paste("z", i), z[i] / sqrt(phi), NA)
  for (level in c(.95, .998)) {
    half <- qnorm((1 + level) / 2) * sqrt(theta * (1 - theta) / n[i] * phi)
    out("funnel", paste("limits", level, i), max(theta - half, 0), min(theta + half, 1))
  }
}
cat(sprintf("version,R %s survey %s,0,0\n", getRversion(), packageVersion("survey")))
