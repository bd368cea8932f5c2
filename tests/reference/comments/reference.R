# How many comments mention a subject (base R, ICU by stringi); run: LC_ALL=C.UTF-8 Rscript reference.R > output.csv
d <- read.csv("input.csv", encoding = "UTF-8")
plain <- tolower(if (requireNamespace("stringi", quietly = TRUE)) stringi::stri_trans_nfkc(d$comment) else chartr("ＳＩＧＮＡＬ", "SIGNAL", d$comment))
words <- list(signal = "信号|覆盖|没网|断网|\\b(signal|coverage)(s|es)?\\b", speed = "网速|上网慢|网络慢|卡顿|\\b(speed|slow)(s|es)?\\b",
  tariff = "资费|价格|太贵|便宜|\\b(tariff|price|expensive)(s|es)?\\b", attitude = "态度|热情|耐心|礼貌|\\b(attitude|polite|friendly)(s|es)?\\b",
  waiting = "排队|等候|等待|太久|\\b(queue|waiting)(s|es)?\\b", app = "手机营业厅|网上营业厅|小程序|\\bapps?\\b",
  broadband = "宽带|光猫|\\b(broadband|wi-fi|wifi)(s|es)?\\b", dropped_call = "掉线|掉话|断线|通话质量|\\bdropped calls?\\b")
cat(sprintf("# %s\nword,comments\n", R.version.string))
for (w in names(words)) cat(sprintf("%s,%d\n", w, sum(grepl(words[[w]], plain, perl = TRUE))))
