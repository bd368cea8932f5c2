# Means, indices, rates and differences by domain with R survey; run: Rscript reference.R > output.csv
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
d <- read.csv("input.csv", fileEncoding = "UTF-8")
items <- paste0("q", 1:4)
for (q in items) d[[paste0("s", q)]] <- (d[[q]] - 1) / 9 * 100
out <- function(case, figure, domain, value, se) cat(sprintf("%s,%s,%s,%.15g,%.15g\n", case, figure, domain, value, se))
cat("case,figure,domain,value,se\n")
designs <- list(
  plain = svydesign(ids = ~1, weights = ~1, data = d),
  weighted = svydesign(ids = ~1, weights = ~weight, data = d),
  stratified = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = d),
  clustered = svydesign(ids = ~cluster, weights = ~weight, data = d),
  both = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
)
# every mean is a ratio of totals of z = score x answered and d = answered, so that items with different answers stay in one design
for (case in names(designs)) {
  design <- designs[[case]]
  v <- design$variables
  for (q in items) {
    z <- v[[paste0("s", q)]]; a <- !is.na(z)
    for (b in c("all", "jia", "yi", "bing")) {
      inside <- if (b == "all") rep(TRUE, nrow(v)) else v$branch == c(jia = "\u7532", yi = "\u4e59", bing = "\u4e19")[[b]]
      v[[paste0("z_", q, "_", b)]] <- ifelse(a & inside, z, 0)
      v[[paste0("d_", q, "_", b)]] <- as.numeric(a & inside)
      v[[paste0("t_", q, "_", b)]] <- as.numeric(a & inside & !is.na(v[[q]]) & v[[q]] >= 8)
    }
    rest <- v$branch != "\u7532"
    v[[paste0("z_", q, "_rest")]] <- ifelse(a & rest, z, 0)
    v[[paste0("d_", q, "_rest")]] <- as.numeric(a & rest)
  }
  design$variables <- v
  names_all <- unlist(lapply(c("all", "jia", "yi", "bing", "rest"), function(b) c(paste0("z_", items, "_", b), paste0("d_", items, "_", b))))
  names_all <- c(names_all, paste0("t_", items, "_all"), paste0("t_", items, "_bing"))
  totals <- svytotal(as.formula(paste("~", paste(names_all, collapse = "+"))), design)
  ratio <- function(q, b, k = "z") sprintf("%s_%s_%s/d_%s_%s", k, q, b, q, b)
  index <- function(b) paste0("(0.4*", ratio("q1", b), "+0.6*", ratio("q2", b), ")*0.5+(", ratio("q3", b), "+", ratio("q4", b), ")/2*0.5")
  figures <- list()
  for (b in c("all", "jia", "yi", "bing")) {
    for (q in items) figures[[paste(q, b)]] <- ratio(q, b)
    figures[[paste("index", b)]] <- index(b)
  }
  for (b in c("all", "bing")) for (q in items) figures[[paste(paste0("rate_", q), b)]] <- ratio(q, b, "t")
  figures[["index jia_minus_rest"]] <- paste0("(", index("jia"), ")-(", index("rest"), ")")
  figures[["q2 jia_minus_yi"]] <- paste0("(", ratio("q2", "jia"), ")-(", ratio("q2", "yi"), ")")
  for (name in names(figures)) {
    r <- svycontrast(totals, parse(text = figures[[name]])[[1]])
    parts <- strsplit(name, " ")[[1]]
    out(case, parts[1], parts[2], coef(r), SE(r))
  }
  for (b in c("jia", "yi", "bing")) {
    sub <- subset(design, branch == c(jia = "\u7532", yi = "\u4e59", bing = "\u4e19")[[b]])
    out(case, "degf", b, degf(sub), NA)
    m <- svymean(~sq3, sub)
    out(case, "svymean_q3", b, coef(m), SE(m))
  }
}
cat(sprintf("version,R %s,survey %s,0,0\n", getRversion(), packageVersion("survey")))
