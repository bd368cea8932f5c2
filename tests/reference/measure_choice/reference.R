# The best set of measures by trying all of them and by lp_solve's integer programme; points with HC1 errors. Run: Rscript reference.R > output.csv
suppressMessages({library(sandwich); library(lpSolve)})
d <- read.csv("../drivers_r/input.csv")
m <- read.csv("measures.csv", stringsAsFactors = FALSE)
x <- paste0("x", 1:5)
d <- d[complete.cases(d[, c("y", x)]), ]
fit <- lm(y ~ x1 + x2 + x3 + x4 + x5, data = d, weights = respondent_weight)
b <- coef(fit)[x]; v <- vcovHC(fit, type = "HC1")[x, x]; df <- df.residual(fit)
room <- 100 - sapply(x, function(n) weighted.mean(d[[n]], d$respondent_weight))
lift <- sapply(x, function(n) ifelse(m$driver == n, m$shift * m$reach, 0))
rises <- function(set) pmin(as.vector(set %*% lift), room)
num <- function(value) sprintf("%.15g", value)

all <- as.matrix(expand.grid(rep(list(0:1), nrow(m))))
allowed <- rep(TRUE, nrow(all))
for (j in seq_len(nrow(m))) {
  if (m$needs[j] != "") allowed <- allowed & (all[, j] == 0 | all[, match(m$needs[j], m$name)] == 1)
  if (m$excludes[j] != "") allowed <- allowed & (all[, j] + all[, match(m$excludes[j], m$name)] <= 1)
}
raised <- all %*% lift
for (k in 1:5) raised[, k] <- pmin(raised[, k], room[k])
value <- as.vector(raised %*% b); cost <- as.vector(all %*% m$cost)

programme <- function(budget) {  # variables: measures, then the rise of each driver, which is all of its measures' where it lowers the outcome
  k <- nrow(m)
  rows <- list(c(m$cost, rep(0, 5))); limits <- budget
  for (i in 1:5) {
    rows <- c(rows, list(c(-lift[, i], diag(5)[i, ])), list(c(rep(0, k), diag(5)[i, ]))); limits <- c(limits, 0, room[i])
  }
  unit <- diag(k)
  for (j in 1:k) {
    if (m$needs[j] != "") { rows <- c(rows, list(c(unit[j, ] - unit[match(m$needs[j], m$name), ], rep(0, 5)))); limits <- c(limits, 0) }
    if (m$excludes[j] != "") { rows <- c(rows, list(c(unit[j, ] + unit[match(m$excludes[j], m$name), ], rep(0, 5)))); limits <- c(limits, 1) }
  }
  signs <- rep("<=", length(limits)); signs[2 * which(b < 0)] <- "="
  lp("max", c(rep(0, k), b), do.call(rbind, rows), signs, limits, binary.vec = 1:k)
}

cat("# ", R.version.string, "; sandwich ", as.character(packageVersion("sandwich")), "; lpSolve ", as.character(packageVersion("lpSolve")), "\n", sep = "")
cat("budget,set,cost,value,se,low,high,next_set,next_value,by_lp_solve\n")
for (budget in c(50000, 200000, 350000, 500000, 800000, 2000000)) {
  kept <- which(allowed & cost <= budget)
  ordered <- kept[order(-round(value[kept], 9), cost[kept])]
  best <- all[ordered[1], ]; nxt <- all[ordered[2], ]
  r <- rises(best); point <- sum(b * r); se <- sqrt(as.numeric(t(r) %*% v %*% r)); t <- qt(0.975, df)
  cat(paste(budget, paste(m$name[best == 1], collapse = "+"), sum(m$cost * best), num(point), num(se), num(point - t * se), num(point + t * se),
    paste(m$name[nxt == 1], collapse = "+"), num(sum(b * rises(nxt))), num(programme(budget)$objval), sep = ","), "\n", sep = "")
}
