# An SPSS file as haven writes it, and what haven reads of it again (labels as text, declared missing values missing);
# run: Rscript reference.R > output.csv (writes input.sav too)
suppressMessages(library(haven))
set.seed(7); n <- 40
five <- c("很不满意" = 1, "不满意" = 2, "一般" = 3, "满意" = 4, "很满意" = 5, "没用过" = 9)
d <- data.frame(
  person = sprintf("A%02d", 1:n),
  branch = labelled(sample(1:2, n, TRUE), c("东城" = 1, "西城" = 2), label = "分公司"),
  hall = labelled_spss(sample(c(1:5, 9), n, TRUE), five, na_values = 9, label = "营业厅环境"),
  warmth = labelled_spss(sample(c(1:10, 98), n, TRUE), c("拒答" = 98), na_range = c(97, 99), label = "热情"),
  day = as.Date("2026-05-01") + sample(0:20, n, TRUE),
  said = sample(c("信号差", "", "很好，继续"), n, TRUE))
write_sav(d, "input.sav")
back <- read_sav("input.sav", user_na = FALSE)
text <- function(v) { v <- if (is.labelled(v) && any(v %in% attr(v, "labels"))) as.character(as_factor(v)) else as.character(v); ifelse(is.na(v), "", v) }
cat(sprintf("# haven %s, %s\n", packageVersion("haven"), R.version.string))
write.csv(as.data.frame(lapply(back, text)), row.names = FALSE, fileEncoding = "UTF-8")
