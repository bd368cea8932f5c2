# Shares of points with R survey (svyratio, visits as sampling units), points lost per visit; run: Rscript reference.R > output.csv
suppressMessages(library(survey))
options(digits = 16)
d <- read.csv("input.csv")
cat("figure,code,domain,value,se,df\n")
out <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = ""); num <- function(x) sprintf("%.15g", x)
wide <- function(d) {
  w <- data.frame(visit = unique(d$visit))
  for (i in unique(d$item)) {
    own <- d[d$item == i, ]; at <- match(w$visit, own$visit)
    w[[paste0("a_", i)]] <- ifelse(is.na(at), 0, own$points_available[at]); w[[paste0("s_", i)]] <- ifelse(is.na(at), 0, own$points_scored[at])
  }
  w
}
for (b in c("all", "north", "south")) {
  own <- if (b == "all") d else d[d$branch == b, ]
  for (i in c("total", sort(unique(d$item)))) {
    part <- if (i == "total") own else own[own$item == i, ]
    design <- svydesign(ids = ~visit, weights = ~1, data = part)
    r <- svyratio(~points_scored, ~points_available, design)
    out("share", i, b, num(100 * coef(r)), num(100 * SE(r)), degf(design))
    lost <- tapply(part$points_available - part$points_scored, part$visit, sum); t <- t.test(lost)
    out("lost", i, b, num(mean(lost)), num(t$stderr), num(t$parameter))
  }
  w <- wide(own); design <- svydesign(ids = ~1, weights = ~1, data = w)
  totals <- svytotal(~s_environment + a_environment + s_facilities + a_facilities + s_manner + a_manner + s_leaflets + a_leaflets, design)
  f <- svycontrast(totals, quote(100 * (0.4 * (s_environment + s_leaflets) / (a_environment + a_leaflets) + 0.6 * s_facilities / a_facilities)))
  seen <- sum(w$a_environment + w$a_leaflets + w$a_facilities > 0)
  out("first", "first", b, num(coef(f)), num(SE(f)), seen - 1)
}
cat(sprintf("version,R %s,survey %s,0,0,0\n", getRversion(), packageVersion("survey")))
