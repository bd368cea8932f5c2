# Raked and post-stratified weights, standard errors with them, and re-raked replicates, with R survey on its api data.
# Run: Rscript reference.R   (writes input.csv, population.csv, weights.csv, trimmed.csv, figures.csv, versions.txt)
suppressMessages(library(survey))
options(digits = 16)
data(api)
tight <- list(maxit = 1000, epsilon = 1e-10)
number <- function(x) sprintf("%.15g", x)
samples <- list(apisrs = apisrs, apistrat = apistrat, apiclus1 = apiclus1, apiclus2 = apiclus2)
keep <- c("stype", "sch.wide", "pw", "dnum", "api00", "api99", "meals", "grad.sch")

population <- as.data.frame(xtabs(~stype + sch.wide, apipop))
write.csv(population, "population.csv", row.names = FALSE, quote = FALSE)
stype <- as.data.frame(xtabs(~stype, apipop)); wide <- as.data.frame(xtabs(~sch.wide, apipop))

items <- c("api00", "api99", "meals", "grad.sch")
points <- function(d) data.frame(api00 = (d$api00 - 200) / 8, api99 = (d$api99 - 200) / 8, meals = d$meals, grad.sch = d$grad.sch)
means <- function(w, s) sapply(items, function(i) { a <- !is.na(s[[i]]); sum(w[a] * s[[i]][a]) / sum(w[a]) })
# the index of the test's survey: half of (0.4 api00 + 0.6 api99), half of the plain mean of meals and grad.sch
index <- function(w, s) { m <- means(w, s); unname(0.5 * (0.4 * m[1] + 0.6 * m[2]) + 0.25 * (m[3] + m[4])) }

inputs <- weights_out <- figures <- list()
say <- function(case, start, figure, value, se) figures[[length(figures) + 1]] <<- c(case, start, figure, number(value), number(se))
for (case in names(samples)) {
  d <- samples[[case]][keep]
  d$grad.sch[seq(4, nrow(d), 9)] <- NA                       # an item not everybody answered
  clustered <- case %in% c("apiclus1", "apiclus2")
  d$group <- if (clustered) match(d$dnum, sort(unique(d$dnum))) %% 20 else (seq_len(nrow(d)) * 7) %% 20
  inputs[[case]] <- cbind(case = case, d)
  s <- points(d)
  for (start in c("given", "unit")) {
    d$w0 <- if (start == "given") d$pw else 1
    raked <- rake(svydesign(ids = ~1, weights = ~w0, data = d), list(~stype, ~sch.wide), list(stype, wide), control = tight)
    cells <- postStratify(svydesign(ids = ~1, weights = ~w0, data = d), ~stype + sch.wide, population)
    w <- weights(raked)
    weights_out[[paste(case, start)]] <- data.frame(case, start, row = seq_len(nrow(d)), raked = number(w), cells = number(weights(cells)))
    # weights taken as fixed: a design of the raked weights, stratified or clustered as drawn
    d$w <- w
    for (i in items) { d[[paste0("z_", i)]] <- ifelse(is.na(s[[i]]), 0, s[[i]]); d[[paste0("d_", i)]] <- as.numeric(!is.na(s[[i]])) }
    design <- if (case == "apistrat") svydesign(ids = ~1, strata = ~stype, weights = ~w, data = d)
      else if (clustered) svydesign(ids = ~dnum, weights = ~w, data = d) else svydesign(ids = ~1, weights = ~w, data = d)
    totals <- svytotal(as.formula(paste("~", paste(c(paste0("z_", items), paste0("d_", items)), collapse = "+"))), design)
    part <- function(i) paste0("z_", i, "/d_", i)
    terms <- c(setNames(part(items), items), index = paste0("0.5*(0.4*", part("api00"), "+0.6*", part("api99"), ")+0.25*(", part("meals"), "+", part("grad.sch"), ")"))
    for (figure in names(terms)) {
      found <- svycontrast(totals, parse(text = terms[[figure]])[[1]])
      say(case, start, paste0("fixed_", figure), coef(found), SE(found))
    }
    say(case, start, "fixed_svymean_api00", coef(svymean(~z_api00, design)), SE(svymean(~z_api00, design)))
    # replicates: without each group the starting weights are raked again
    groups <- sort(unique(d$group)); G <- length(groups)
    again <- sapply(groups, function(g) {
      rest <- d[d$group != g, ]
      r <- rake(svydesign(ids = ~1, weights = ~w0, data = rest), list(~stype, ~sch.wide), list(stype, wide), control = tight)
      made <- numeric(nrow(d)); made[d$group != g] <- weights(r); made
    })
    once <- sapply(groups, function(g) ifelse(d$group != g, w, 0))
    given <- sapply(groups, function(g) ifelse(d$group != g, d$pw, 0))
    replicated <- function(full, each) svrepdesign(data = d, weights = full, repweights = each, type = "JK1", scale = (G - 1) / G, combined.weights = TRUE, mse = FALSE)
    for (figure in c(items, "index")) {
      value <- if (figure == "index") function(w, data) index(w, points(data)) else function(w, data) unname(means(w, points(data))[figure])
      for (kind in c("reraked", "once")) {
        found <- withReplicates(replicated(w, if (kind == "reraked") again else once), value)
        say(case, start, paste0(kind, "_", figure), as.numeric(found), SE(found))
      }
      change <- apply(again, 2, value, data = d) - apply(given, 2, value, data = d)
      say(case, start, paste0("change_", figure), value(w, d) - value(d$pw, d), sqrt((G - 1) / G * sum((change - mean(change))^2)))
    }
  }
}

# trimmed weights: raking with an upper bound on the weight itself
totals <- colSums(model.matrix(~stype + sch.wide, apipop)); N <- nrow(apipop)
trimmed <- function(case, start, ratio) {
  d <- samples[[case]]; n <- nrow(d)
  d$w0 <- if (start == "given") d$pw * N / sum(d$pw) else N / n
  bounds <- list(lower = rep(0, n), upper = rep(ratio * N / n, n))
  r <- calibrate(svydesign(ids = ~1, weights = ~w0, data = d), ~stype + sch.wide, totals, calfun = "raking", bounds = bounds, bounds.const = TRUE, maxit = 5000, epsilon = 1e-12)
  data.frame(case, start, ratio, row = seq_len(n), weight = number(weights(r)))
}
cut <- rbind(trimmed("apiclus1", "unit", 1.6), trimmed("apiclus2", "given", 4), trimmed("apiclus2", "given", 3.3), trimmed("apistrat", "unit", 1.432))
write.csv(cut, "trimmed.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, inputs), "input.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, weights_out), "weights.csv", row.names = FALSE, quote = FALSE)
figures <- as.data.frame(do.call(rbind, figures)); names(figures) <- c("case", "start", "figure", "value", "se")
write.csv(figures, "figures.csv", row.names = FALSE, quote = FALSE)
writeLines(sprintf("R %s, survey %s", getRversion(), packageVersion("survey")), "versions.txt")
