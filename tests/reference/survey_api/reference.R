# The api data sets of R survey (Lumley; California schools 1999-2000): means, rates, an index, a ratio, differences and design effects
# by domain; run: Rscript reference.R, which writes input.csv and output.csv. No finite population correction: the definition here has
# none (sampling units are taken as drawn with replacement), so fpc is left out of every design.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust")
data(api)
columns <- c("stype", "cname", "dnum", "pw", "api00", "api99", "acs.core")
input <- do.call(rbind, lapply(c("apisrs", "apistrat", "apiclus1", "apiclus2"), function(name) cbind(sample = name, get(name)[, columns])))
write.csv(input, "input.csv", row.names = FALSE, na = "")
designs <- list(
  apisrs = svydesign(ids = ~1, weights = ~pw, data = apisrs),
  apistrat = svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = apistrat),
  apiclus1 = svydesign(ids = ~dnum, weights = ~pw, data = apiclus1),
  apiclus2 = svydesign(ids = ~ dnum + snum, weights = ~pw, data = apiclus2),
  # districts within counties; most counties of this sample have a single district
  counties = svydesign(ids = ~dnum, strata = ~cname, weights = ~pw, data = apiclus2)
)
sink("output.csv")
cat("case,figure,domain,value,se,deff\n")
out <- function(case, figure, domain, value, se, deff = NA) {
  cat(sprintf("%s,%s,%s,%.15g,%.15g,%s\n", case, figure, domain, value, se, if (is.na(deff)) "" else sprintf("%.15g", deff)))
}
for (case in names(designs)) {
  design <- designs[[case]]
  v <- design$variables
  design <- update(design,
    s00 = api00 / 10, s99 = api99 / 10, sacs = acs.core, r00 = as.numeric(api00 >= 800),
    z00 = api00 / 10, z99 = api99 / 10, zacs = ifelse(is.na(acs.core), 0, acs.core), one = 1, dacs = as.numeric(!is.na(acs.core))
  )
  for (domain in c("all", "E", "H", "M")) {
    part <- if (domain == "all") design else eval(bquote(subset(design, stype == .(domain))))
    for (figure in c("s00", "s99", "sacs", "r00")) {
      m <- svymean(as.formula(paste0("~", figure)), part, deff = "replace", na.rm = TRUE)
      if (is.finite(deff(m))) out(case, figure, domain, coef(m), SE(m), deff(m)) else out(case, figure, domain, coef(m), SE(m))
    }
    totals <- svytotal(~ z00 + z99 + zacs + one + dacs, part)
    index <- svycontrast(totals, quote(0.5 * (0.6 * z00 / one + 0.4 * z99 / one) + 0.5 * zacs / dacs))
    out(case, "index", domain, coef(index), SE(index))
    ratio <- svyratio(~api00, ~api99, part)
    out(case, "ratio", domain, coef(ratio), SE(ratio))
  }
  for (figure in c("s00", "r00")) {
    by <- svyby(as.formula(paste0("~", figure)), ~stype, design, svymean, covmat = TRUE)
    for (other in c("H", "M")) {
      gap <- svycontrast(by, setNames(c(1, -1), c("E", other)))
      out(case, figure, paste0("E-", other), coef(gap), SE(gap))
    }
  }
}
cat(sprintf("version,R %s,survey %s,0,0,\n", getRversion(), packageVersion("survey")))
sink()
