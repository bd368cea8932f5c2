"""Starting the application for a test, and waiting for a page to be done."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.places import ROOT

PAGES = {
    "": ("总览", "Overview"), "trends": ("趋势", "Trends"), "control_charts": ("控制图", "Control charts"),
    "questions": ("多选与推荐", "Choices and NPS"), "data_quality": ("数据质量", "Data quality"),
    "indicators": ("指标", "Indicators"), "upload": ("上传", "Upload"),
    "branches": ("分公司", "Branches"), "competitors": ("竞争对手", "Competitors"), "tiers": ("客户分层", "Tiers"),
    "cross_table": ("交叉表", "Cross table"),
    "drivers": ("驱动因素", "Drivers"), "gaps": ("服务差距", "Service gaps"), "kano": ("卡诺模型", "Kano"),
    "comments": ("评论", "Comments"), "complaints": ("投诉", "Complaints"), "inspections": ("暗访检查", "Inspections"),
    "kpis": ("运营指标", "KPIs"),
    "projects": ("QC 课题", "QC projects"), "budget": ("措施选择", "Choose measures"), "measures": ("改进措施", "Measures taken"),
    "recovery": ("客户修复", "Recovery"), "effect": ("效果检查", "Effect check"),
    "report": ("报告", "Report"), "measurement": ("测评模型", "Measurement"),
    "fuzzy": ("模糊综合评价", "Fuzzy evaluation"), "planner": ("样本量规划", "Sample planner"), "methods": ("方法", "Methods"),
}  # fmt: skip
FAILURE = '[data-testid="stAlertContentError"], [data-testid="stException"]'

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-rasterization",
    "--force-prefers-reduced-motion",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_SECONDS = 90
#: An executive's phone.
PHONE = {
    "locale": "zh-CN",
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
}
MOST_MILLISECONDS = 120_000  # a busy machine of two cores draws slowly; this is no claim of speed


@dataclass(frozen=True)
class Server:
    """A running application and where its data lies."""

    url: str
    data_folder: Path
    log: Path
    process: int


def serving(folder: Path, checkout: Path = ROOT) -> Iterator[Server]:
    """Runs ``streamlit run app.py`` of a checkout on a free port, its data in ``folder``, until the test is done with it."""
    port, log = _free_port(), folder / "server.log"
    inherited = {name: value for name, value in os.environ.items() if name != "MANYI_WORKERS"}
    environment = {**inherited, "MANYI_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=checkout, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/health", process, log)
            yield Server(f"http://127.0.0.1:{port}", folder / "data", log, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def settled(page: Page) -> None:
    """Waits until the script has run."""
    page.wait_for_selector(".st-key-language_switch", timeout=MOST_MILLISECONDS)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=MOST_MILLISECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", errors="replace"))
