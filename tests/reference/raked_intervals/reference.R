# Standard errors of means and domain means under raked weights, with R survey on the responses and weights of ../raking;
# run: Rscript reference.R > output.csv
# "residual": the influence of the mean, regressed by lm with the raked weights on the margins of the whole sample; svytotal of the residuals
# times the weights. "calibrate": svymean of survey's own calibrated design (its regression takes the weights before raking).
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
input <- read.csv("../raking/input.csv"); made <- read.csv("../raking/weights.csv"); population <- read.csv("../raking/population.csv")
N <- sum(population$Freq)
totals <- c("(Intercept)" = N, stypeH = sum(population$Freq[population$stype == "H"]), stypeM = sum(population$Freq[population$stype == "M"]),
            sch.wideYes = sum(population$Freq[population$sch.wide == "Yes"]))
cat("case,start,kind,item,domain,value,se\n")
for (case in c("apisrs", "apistrat", "apiclus1", "apiclus2")) for (start in c("given", "unit")) {
  d <- input[input$case == case, ]
  d$stype <- factor(d$stype, levels = c("E", "H", "M")); d$sch.wide <- factor(d$sch.wide, levels = c("No", "Yes"))
  d$w <- made$raked[made$case == case & made$start == start]
  d$w0 <- if (start == "given") d$pw else rep(1, nrow(d))
  d$w0 <- d$w0 * N / sum(d$w0)
  drawn <- function(w) {
    d$ww <- w
    if (case == "apistrat") svydesign(ids = ~1, strata = ~stype, weights = ~ww, data = d)
    else if (case %in% c("apiclus1", "apiclus2")) svydesign(ids = ~dnum, weights = ~ww, data = d)
    else svydesign(ids = ~1, weights = ~ww, data = d)
  }
  calibrated <- calibrate(drawn(d$w0), ~ stype + sch.wide, totals, calfun = "raking", maxit = 1000, epsilon = 1e-12)
  for (item in c("api00", "meals", "grad.sch")) for (domain in c("all", "E", "Yes")) {
    s <- if (item == "api00") (d$api00 - 200) / 8 else d[[item]]
    inside <- !is.na(s) & (domain == "all" | d$stype == domain | d$sch.wide == domain)
    m <- sum(d$w[inside] * s[inside]) / sum(d$w[inside])
    z <- ifelse(inside, s - m, 0) / sum(d$w[inside])
    d$e <- resid(lm(z ~ stype + sch.wide, data = d, weights = d$w))
    found <- svytotal(~e, drawn(d$w))
    cat(sprintf("%s,%s,residual,%s,%s,%.15g,%.15g\n", case, start, item, domain, m, SE(found)))
    calibrated$variables$s <- ifelse(inside, s, 0); calibrated$variables$inside <- inside
    found <- svyratio(~s, ~as.numeric(inside), calibrated)
    cat(sprintf("%s,%s,calibrate,%s,%s,%.15g,%.15g\n", case, start, item, domain, coef(found), SE(found)))
  }
}
cat(sprintf("# R %s, survey %s\n", getRversion(), packageVersion("survey")))
