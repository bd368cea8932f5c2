#!/bin/sh
# Installs Chromium, Chinese fonts and a reader of PDFs (for the tests) from the distribution where they are absent. Without
# them everything works but picture downloads and PDFs (the application says so) and the browser tests. With the word "tests"
# also Java, with which the tests run Apache Spark.
wanted=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || wanted="chromium"
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; then wanted="$wanted fontconfig fonts-noto-cjk"; fi
command -v pdftotext >/dev/null 2>&1 || wanted="$wanted poppler-utils"
[ "$1" != tests ] || command -v java >/dev/null 2>&1 || wanted="$wanted default-jre-headless"
[ -n "$wanted" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install: $wanted (needed for picture downloads, PDFs and tests)." >&2
    exit 0
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $wanted >/dev/null ||
    echo "Could not install: $wanted (needed for picture downloads, PDFs and tests)." >&2
exit 0
