# Operators scored side by side by the same people (R survey, ids = person); run: Rscript reference.R > output.csv
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
wide <- read.csv("input.csv"); items <- paste0("q", 1:4); operators <- c("us", "rival", "third")
weights <- c(q1 = .4, q2 = .3, q3 = .2, q4 = .1)
cat(sprintf("version,survey %s,%s,,,\n", packageVersion("survey"), R.version.string))
cat("case,figure,code,value,se,n\n")
long <- do.call(rbind, lapply(operators, function(o) {
  d <- wide[, c("person", "weight", "branch")]; d$operator <- o
  for (q in items) d[[q]] <- wide[[paste(q, o, sep = "_")]]
  d[rowSums(!is.na(d[items])) > 0, ]
}))
for (q in items) for (o in c(operators, "all")) {
  s <- (long[[q]] - 1) / 9 * 100; there <- !is.na(s) & (o == "all" | long$operator == o)
  long[[paste("z", q, o, sep = "_")]] <- ifelse(there, s, 0); long[[paste("d", q, o, sep = "_")]] <- as.numeric(there)
}
columns <- c(outer(c("z", "d"), c(outer(items, c(operators, "all"), paste, sep = "_")), paste, sep = "_"))
mean_of <- function(q, o) sprintf("(z_%s_%s/d_%s_%s)", q, o, q, o)
of <- function(code, o) if (code == "index") paste0("(", paste(sprintf("%g*%s", weights, sapply(items, mean_of, o = o)), collapse = "+"), ")") else mean_of(code, o)
people <- function(code, o) {
  rows <- long[o == "all" | long$operator == o, ]
  length(unique(rows$person[if (code == "index") TRUE else !is.na(rows[[code]])]))
}
designs <- list(plain = svydesign(ids = ~person, weights = ~1, data = long), weighted = svydesign(ids = ~person, weights = ~weight, data = long))
for (case in names(designs)) {
  t <- svytotal(as.formula(paste("~", paste(columns, collapse = "+"))), designs[[case]])
  say <- function(figure, code, text, n) { r <- svycontrast(t, parse(text = text)[[1]]); cat(sprintf("%s,%s,%s,%.15g,%.15g,%d\n", case, figure, code, coef(r), SE(r), n)) }
  for (code in c("index", items)) {
    for (o in c(operators, "all")) say(o, code, of(code, o), people(code, o))
    for (o in operators[-1]) say(paste0("us-", o), code, paste0(of(code, "us"), "-", of(code, o)), people(code, "us"))
  }
}
