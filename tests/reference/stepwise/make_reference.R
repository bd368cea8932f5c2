# Writes the inputs and R's steps. Run in this folder: Rscript make_reference.R
# F-to-enter and F-to-remove with add1() and drop1() of base R: before a driver enters, those that have become weak leave.
suppressMessages(library(MASS))
sets <- list(
  mtcars = cbind(mtcars[, -1], y = mtcars$mpg),
  cement = MASS::cement,
  attitude = cbind(attitude[, -1], y = attitude$rating),
  swiss = cbind(swiss[, -1], y = swiss$Fertility)
)
out <- list()
for (name in names(sets)) write.csv(sets[[name]], paste0(name, ".csv"), row.names = FALSE)
for (name in names(sets)) for (level in list(c(0.05, 0.10), c(0.15, 0.15), c(0.10, 0.30))) {
  d <- sets[[name]]
  drivers <- setdiff(names(d), "y")
  scope <- reformulate(drivers, "y")
  fit <- lm(y ~ 1, data = d); number <- 0
  keep <- function(action, driver, p) {
    number <<- number + 1
    out[[length(out) + 1]] <<- data.frame(set = name, enter = level[1], remove = level[2], step = number, action = action, driver = driver, p = p,
                                          r_squared = summary(fit)$r.squared)
  }
  repeat {
    inside <- attr(terms(fit), "term.labels")
    if (length(inside)) {
      dropped <- drop1(fit, test = "F"); p <- dropped[["Pr(>F)"]][-1]
      if (max(p) > level[2]) {
        gone <- inside[which.max(p)]
        fit <- update(fit, as.formula(paste(". ~ . -", gone))); keep("remove", gone, max(p)); next
      }
    }
    if (length(inside) == length(drivers)) break
    added <- add1(fit, scope, test = "F"); p <- added[["Pr(>F)"]][-1]; names(p) <- rownames(added)[-1]
    if (min(p) > level[1]) break
    come <- names(p)[which.min(p)]
    fit <- update(fit, as.formula(paste(". ~ . +", come))); keep("enter", come, min(p))
  }
}
found <- do.call(rbind, out)
for (column in c("p", "r_squared")) found[[column]] <- format(found[[column]], digits = 15)
write.csv(found, "expected.csv", row.names = FALSE, quote = FALSE)
writeLines(c(R.version.string, paste("MASS", packageVersion("MASS"))), "versions.txt")
