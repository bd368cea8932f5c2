# Standard deviations of scores by domain with R survey, on the responses of ../survey_means; run: Rscript reference.R > output.csv
# svyvar is the mean of (z - mean)^2 times n / (n - 1); its standard error needs no term for the mean, the derivative by it is 0.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
d <- read.csv("../survey_means/input.csv", fileEncoding = "UTF-8")
for (q in paste0("q", 1:4)) d[[paste0("s", q)]] <- (d[[q]] - 1) / 9 * 100
designs <- list(
  plain = function(x) svydesign(ids = ~1, weights = ~1, data = x),
  weighted = function(x) svydesign(ids = ~1, weights = ~weight, data = x),
  stratified = function(x) svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = x),
  clustered = function(x) svydesign(ids = ~cluster, weights = ~weight, data = x),
  both = function(x) svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = x, nest = TRUE)
)
cat("case,item,domain,sd,se\n")
branches <- c(jia = "\u7532", yi = "\u4e59", bing = "\u4e19")
for (case in names(designs)) for (q in paste0("q", 1:4)) for (b in c("all", names(branches))) {
  z <- d[[paste0("s", q)]]
  inside <- !is.na(z) & (if (b == "all") TRUE else d$branch == branches[[b]])
  x <- d
  x$z <- ifelse(inside, z, 0)
  x$inside <- inside
  r <- svyvar(~z, subset(designs[[case]](x), inside))
  s <- sqrt(as.numeric(r))
  cat(sprintf("%s,%s,%s,%.15g,%.15g\n", case, q, b, s, sqrt(as.numeric(attr(r, "var"))) / (2 * s)))
}
cat(sprintf("# R %s, survey %s\n", getRversion(), packageVersion("survey")))
