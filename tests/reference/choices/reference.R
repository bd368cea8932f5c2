# Shares of people and of mentions, ranking scores, net promoter figures with R survey; run: Rscript reference.R > output.csv
suppressMessages(library(survey))
options(digits = 16)
d <- read.csv("input.csv")
cat("case,figure,option,domain,value,se,df\n")
out <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = ""); num <- function(x) sprintf("%.15g", as.numeric(x))
for (case in c("plain", "strata", "both")) for (b in c("all", "jia", "bing")) {
  design <- switch(case,
    plain = svydesign(ids = ~1, weights = ~1, data = d),
    strata = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = d),
    both = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE))
  if (b != "all") design <- subset(design, branch == b)
  tell <- function(figure, option, m, own) out(case, figure, option, b, num(coef(m)), num(SE(m)), degf(own))
  asked <- subset(design, !is.na(m_p))
  asked <- update(asked, m_all = m_p + m_q + m_r + m_s)
  for (o in c("p", "q", "r", "s")) {
    f <- as.formula(paste0("~m_", o))
    tell("people", o, svymean(f, asked), asked)
    tell("mentions", o, svyratio(f, ~m_all, asked), asked)
  }
  tell("average", "", svymean(~m_all, asked), asked)
  ranked <- subset(design, !is.na(r_w))
  for (o in c("w", "x", "y", "z")) {
    r <- d[[paste0("r_", o)]]
    own <- update(ranked, r = get(paste0("r_", o)), first = as.numeric(get(paste0("r_", o)) == 1), score = ifelse(get(paste0("r_", o)) > 0, 4 - get(paste0("r_", o)), 0))
    tell("score", o, svymean(~score, own), own)
    tell("first", o, svymean(~first, own), own)
    those <- subset(own, r > 0)
    tell("mean", o, svymean(~r, those), those)
  }
  said <- subset(design, !is.na(q))
  said <- update(said, promoters = as.numeric(q >= 9), passives = as.numeric(q >= 7 & q <= 8), detractors = as.numeric(q <= 6))
  said <- update(said, nps = 100 * (promoters - detractors))
  for (x in c("promoters", "passives", "detractors", "nps")) tell(x, "", svymean(as.formula(paste0("~", x)), said), said)
}
cat(sprintf("version,R %s,survey %s,0,0,0,0\n", getRversion(), packageVersion("survey")))
