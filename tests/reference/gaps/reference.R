# Paired gaps and gaps of two samples with R survey; run: Rscript reference.R > output.csv
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 16)
d <- read.csv("input.csv"); staff <- read.csv("staff.csv")
points <- function(x) (x - 1) / 6 * 100
for (i in 1:4) {
  d[[paste0("g", i)]] <- points(d[[paste0("p", i)]]) - points(d[[paste0("e", i)]])
  d[[paste0("s", i)]] <- points(d[[paste0("i", i)]]); staff[[paste0("s", i)]] <- points(staff[[paste0("i", i)]])
}
weights <- c(0.2, 0.3, 0.25, 0.25)  # of the four items in the total; the two dimensions hold two items each, 0.4 : 0.6 and 0.5 : 0.5
# svyttest of one sample takes degf - 1 (survey 4.1.1), t.test of the same numbers degf: df and p are those of degf, t is svyttest's
cat("case,figure,domain,value,se,df,p,t\n")
out <- function(...) cat(paste(sprintf("%s", c(...)), collapse = ","), "\n", sep = "")
num <- function(x) sprintf("%.15g", x)
designs <- list(
  plain = svydesign(ids = ~1, weights = ~1, data = d),
  weighted = svydesign(ids = ~1, weights = ~weight, data = d),
  stratified = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = d),
  both = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
)
within <- function(design, b) if (b == "all") design else subset(design, branch == b)
# ratio of totals: items with other answers stay in one design
index <- function(design, b, k) {
  v <- design$variables; inside <- if (b == "all") rep(TRUE, nrow(v)) else v$branch == b
  for (i in 1:4) {
    x <- v[[paste0(k, i)]]; there <- inside & !is.na(x)
    v[[paste0("z", i)]] <- ifelse(there, x, 0); v[[paste0("d", i)]] <- as.numeric(there)
  }
  design$variables <- v
  totals <- svytotal(~z1 + z2 + z3 + z4 + d1 + d2 + d3 + d4, design)
  r <- svycontrast(totals, parse(text = paste0(weights, "*z", 1:4, "/d", 1:4, collapse = "+"))[[1]])
  f <- svycontrast(totals, quote(0.4 * z1 / d1 + 0.6 * z2 / d2))
  list(total = c(coef(r), SE(r)), first = c(coef(f), SE(f)))
}
for (case in names(designs)) for (b in c("all", "jia", "yi")) {
  design <- designs[[case]]
  for (i in 1:4) {
    g <- paste0("g", i)
    own <- subset(within(design, b), !is.na(design$variables[[g]][match(rownames(within(design, b)$variables), rownames(design$variables))]))
    m <- svymean(as.formula(paste0("~", g)), own)
    t <- svyttest(as.formula(paste0(g, " ~ 0")), own)
    out(case, paste0("gap", i), b, num(coef(m)), num(SE(m)), num(degf(own)), num(2 * pt(-abs(t$statistic), degf(own))), num(t$statistic))
  }
  found <- index(design, b, "g")
  for (name in names(found)) out(case, name, b, num(found[[name]][1]), num(found[[name]][2]), NA, NA, NA)
}
believed <- svydesign(ids = ~1, weights = ~1, data = staff)
for (case in c("plain", "both")) for (b in c("all", "jia")) for (i in 1:4) {
  s <- paste0("s", i); design <- within(designs[[case]], b); f <- as.formula(paste0("~", s))
  customers <- subset(design, !is.na(design$variables[[s]])); managers <- within(believed, b)
  managers <- subset(managers, !is.na(managers$variables[[s]]))
  one <- svymean(f, customers); other <- svymean(f, managers)
  v <- c(SE(one)^2, SE(other)^2); df <- sum(v)^2 / sum(v^2 / c(degf(customers), degf(managers))); gap <- coef(one) - coef(other)
  out(case, paste0("belief", i), b, num(gap), num(sqrt(sum(v))), num(df), num(2 * pt(-abs(gap) / sqrt(sum(v)), df)), num(gap / sqrt(sum(v))))
  gap <- coef(one) - 80
  out(case, paste0("standard", i), b, num(gap), num(SE(one)), num(degf(customers)), num(2 * pt(-abs(gap) / SE(one), degf(customers))), num(gap / SE(one)))
}
for (b in c("all", "jia")) {
  one <- index(designs$both, b, "s")$total; other <- index(believed, b, "s")$total
  out("both", "belief_total", b, num(one[1] - other[1]), num(sqrt(one[2]^2 + other[2]^2)), NA, NA, NA)
}
cat(sprintf("version,R %s,survey %s,0,0,0,0,0\n", getRversion(), packageVersion("survey")))
