# R's own answer for every exact statistic of helpers/force, on the tables in the first file named; into the second.
# Base R only. Called by r_cross_check.py.
paths <- commandArgs(trailingOnly = TRUE)
tables <- read.csv(paths[1], colClasses = c(cells = "character", sample = "character", other = "character"))
numbers <- function(text) as.numeric(strsplit(text, " ")[[1]])

# The mid-P limits for a proportion, by R's root finder: half of what was seen counted.
mid_p_limit <- function(x, n, target) {
  beyond <- function(p) pbinom(x, n, p, lower.tail = FALSE) + dbinom(x, n, p) / 2 - target
  uniroot(beyond, c(0, 1), tol = 1e-15, maxiter = 10000)$root
}

answers <- lapply(seq_len(nrow(tables)), function(i) {
  t <- tables[i, ]
  n <- t$x1 + t$x2
  one <- poisson.test(t$x1, t$e1)$conf.int
  p0 <- t$e1 / (t$e1 + t$e2)
  two <- if (n > 0) poisson.test(c(t$x1, t$x2), c(t$e1, t$e2)) else list(conf.int = c(0, Inf), p.value = 1)
  low <- if (t$x1 > 0) mid_p_limit(t$x1, n, 0.025) else 0
  high <- if (t$x2 > 0) mid_p_limit(t$x1, n, 0.975) else 1
  below <- pbinom(t$x1 - 1, n, p0) + dbinom(t$x1, n, p0) / 2
  above <- pbinom(t$x1, n, p0, lower.tail = FALSE) + dbinom(t$x1, n, p0) / 2
  share <- if (n > 0) binom.test(t$x1, n)$conf.int else c(0, 1)
  cells <- matrix(numbers(t$cells), nrow = t$rows, byrow = TRUE)
  strata <- cells[1, ]
  w <- seq_along(strata) / sum(seq_along(strata)) / (1000 * seq_along(strata) + 500)
  y <- sum(w * strata); v <- sum(w^2 * strata); wm <- max(w)
  ordered <- sort(numbers(t$sample))
  r <- qbinom(0.025, length(ordered), 0.5)
  expected <- n * p0
  c(
    garwood_low = one[1], garwood_high = one[2],
    ratio_low = two$conf.int[1], ratio_high = two$conf.int[2], ratio_p = two$p.value,
    mid_p_low = if (low < 1) low / (1 - low) * t$e2 / t$e1 else Inf,
    mid_p_high = if (high < 1) high / (1 - high) * t$e2 / t$e1 else Inf,
    mid_p_p = if (n > 0) min(1, 2 * min(below, above)) else 1,
    share_low = share[1], share_high = share[2],
    fisher_p = fisher.test(cells, workspace = 2e7)$p.value,
    chi2_p = suppressWarnings(chisq.test(cells, correct = FALSE)$p.value),
    standard_low = if (y > 0) qgamma(0.025, y^2 / v, scale = v / y) else 0,
    standard_high = qgamma(0.975, (y + wm)^2 / (v + wm^2), scale = (v + wm^2) / (y + wm)),
    median_low = ordered[r], median_high = ordered[length(ordered) - r + 1],
    rank_p = wilcox.test(numbers(t$sample), numbers(t$other), exact = TRUE)$p.value,
    expected_p = min(1, 2 * min(ppois(t$x1, expected), ppois(t$x1 - 1, expected, lower.tail = FALSE)))
  )
})
answers <- as.data.frame(do.call(rbind, answers))
answers[] <- lapply(answers, function(column) format(column, digits = 17, scientific = TRUE))
write.csv(cbind(table = tables$table, answers), paths[2], row.names = FALSE, quote = FALSE)
cat(R.version.string, "\n")
