# A cross table of branch by group with R survey, on the responses of ../survey_means; run: Rscript reference.R > output.csv
# The group is the row's number modulo three. Scores are q1 on 0-100; pairs of groups are tested within a branch: difference, standard
# error, t with degf of the two groups together, Holm within the branch (p.adjust) and Bonferroni over the table with its interval.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
d <- read.csv("../survey_means/input.csv", fileEncoding = "UTF-8")
d$group <- c("a", "b", "c")[(seq_len(nrow(d)) - 1) %% 3 + 1]
d$branch <- c("jia", "yi", "bing")[match(d$branch, c("\u7532", "\u4e59", "\u4e19"))]
d$score <- (d$q1 - 1) / 9 * 100
designs <- list(
  plain = function(x) svydesign(ids = ~1, weights = ~1, data = x),
  weighted = function(x) svydesign(ids = ~1, weights = ~weight, data = x),
  stratified = function(x) svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = x),
  clustered = function(x) svydesign(ids = ~cluster, weights = ~weight, data = x),
  both = function(x) svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = x, nest = TRUE)
)
num <- function(x) sprintf("%.15g", as.numeric(x))
out <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")
out("case", "what", "branch", "one", "other", "value", "se", "p", "holm", "low", "high")
tests <- 9
for (case in names(designs)) {
  whole <- designs[[case]](d)
  answered <- subset(whole, !is.na(score))
  cells <- svyby(~score, ~group + branch, answered, svymean, covmat = TRUE)
  for (name in names(coef(cells))) {
    part <- strsplit(name, ".", fixed = TRUE)[[1]]
    out(case, "cell", part[2], part[1], "", num(coef(cells)[name]), num(SE(cells)[match(name, names(coef(cells)))]), "", "", "", "")
  }
  named <- subset(whole, !is.na(branch))
  for (b in c("jia", "yi", "bing")) {
    found <- list()
    for (pair in list(c("a", "b"), c("a", "c"), c("b", "c"))) {
      contrast <- setNames(c(1, -1), paste(pair, b, sep = "."))
      r <- svycontrast(cells, contrast)
      df <- degf(subset(answered, branch == b & group %in% pair))
      half <- qt(1 - 0.05 / (2 * tests), df) * as.numeric(SE(r))
      found[[length(found) + 1]] <- list(pair, coef(r), SE(r), 2 * pt(-abs(coef(r) / as.numeric(SE(r))), df), coef(r) - half, coef(r) + half)
    }
    adjusted <- p.adjust(sapply(found, function(f) as.numeric(f[[4]])), "holm")
    for (k in seq_along(found)) {
      f <- found[[k]]
      out(case, "pair", b, f[[1]][1], f[[1]][2], num(f[[2]]), num(f[[3]]), num(f[[4]]), num(adjusted[k]), num(f[[5]]), num(f[[6]]))
    }
    for (g in c("a", "b", "c")) {
      share <- svymean(~I(100 * (group == g)), subset(named, branch == b))
      out(case, "share", b, g, "", num(coef(share)), num(SE(share)), "", "", "", "")
    }
  }
}
cat(sprintf("# R %s, survey %s\n", getRversion(), packageVersion("survey")))
