# Shares of Kano classes, better, worse, category and total strength with R survey; run: Rscript reference.R > output.csv
suppressMessages(library(survey))
options(digits = 16)
d <- read.csv("input.csv")
# rows functional, columns dysfunctional, like ... dislike (Berger et al. 1993)
table <- rbind(c("Q", "A", "A", "A", "O"), c("R", "I", "I", "I", "M"), c("R", "I", "I", "I", "M"), c("R", "I", "I", "I", "M"), c("R", "R", "R", "R", "Q"))
classes <- c("M", "O", "A", "I", "R", "Q")
cat("case,feature,figure,domain,value,se,df,p\n")
out <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = ""); num <- function(x) sprintf("%.15g", as.numeric(x))
for (case in c("plain", "both")) for (b in c("all", "jia")) for (i in 1:4) {
  v <- d
  v$k <- table[cbind(v[[paste0("f", i)]], v[[paste0("d", i)]])]
  for (x in classes) v[[x]] <- 100 * (v$k == x)
  design <- if (case == "plain") svydesign(ids = ~1, weights = ~1, data = v) else svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = v, nest = TRUE)
  if (b != "all") design <- subset(design, branch == b)
  design <- subset(design, !is.na(k))
  tell <- function(figure, f, own) { m <- svymean(f, own); out(case, i, figure, b, num(coef(m)), num(SE(m)), degf(own), num(2 * pt(-abs(coef(m) / SE(m)), degf(own)))) }
  shares <- sapply(classes, function(x) { tell(x, as.formula(paste0("~", x)), design); coef(svymean(as.formula(paste0("~", x)), design)) })
  top <- classes[order(-round(shares, 9))][1:2]
  design <- update(design, strength = get(top[1]) - get(top[2]), total = A + O + M)
  tell(paste0("strength ", top[1], top[2]), ~strength, design); tell("total_strength", ~total, design)
  meant <- subset(design, k %in% c("A", "O", "M", "I"))
  meant <- update(meant, better = A + O, worse = -(O + M))
  tell("better", ~better, meant); tell("worse", ~worse, meant)
}
cat(sprintf("version,R %s,survey %s,0,0,0,0,0\n", getRversion(), packageVersion("survey")))
