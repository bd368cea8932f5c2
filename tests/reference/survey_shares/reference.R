# Net promoter score, dissatisfied share and top box with R survey, on the responses of ../survey_means taken as answers on 0-10;
# run: Rscript reference.R > output.csv
# The score is the mean of 100, 0 and -100, so its standard error is that of one linear figure. r1 is q1 as a reversed question (10 - q1).
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
d <- read.csv("../survey_means/input.csv", fileEncoding = "UTF-8")
designs <- list(
  plain = function(x) svydesign(ids = ~1, weights = ~1, data = x),
  weighted = function(x) svydesign(ids = ~1, weights = ~weight, data = x),
  stratified = function(x) svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = x),
  clustered = function(x) svydesign(ids = ~cluster, weights = ~weight, data = x),
  both = function(x) svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = x, nest = TRUE)
)
branches <- c(jia = "\u7532", yi = "\u4e59", bing = "\u4e19")
shares <- list(
  satisfied = function(q) as.numeric(q >= 8),
  dissatisfied = function(q) as.numeric(q <= 3),
  top_box = function(q) as.numeric(q >= 10),
  nps = function(q) 100 * ((q >= 9) - (q <= 6))
)
cat("case,item,share,domain,value,se\n")
for (case in names(designs)) for (item in c("q1", "q3", "r1")) for (share in names(shares)) {
  q <- if (item == "r1") 10 - d$q1 else d[[item]]
  for (b in c("all", names(branches), "jia_minus_yi")) {
    x <- d
    x$y <- shares[[share]](q)
    x$there <- !is.na(q)
    x$y[!x$there] <- 0
    design <- designs[[case]](x)
    if (b == "jia_minus_yi") {
      x$branch3 <- factor(names(branches)[match(x$branch, branches)])
      r <- svyby(~y, ~branch3, subset(designs[[case]](x), there), svymean, covmat = TRUE)
      r <- svycontrast(r, c(jia = 1, yi = -1))
    } else {
      inside <- if (b == "all") x$there else x$there & x$branch == branches[[b]]
      r <- svymean(~y, subset(design, inside))
    }
    cat(sprintf("%s,%s,%s,%s,%.15g,%.15g\n", case, item, share, b, coef(r), SE(r)))
  }
}
cat(sprintf("# R %s, survey %s\n", getRversion(), packageVersion("survey")))
