"""Jobs of :mod:`tests.storage.commit_in_child` in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.places import ROOT


def start(job: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.commit_in_child", job, str(folder), *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def outcome(child: subprocess.Popen[str]) -> object:
    out, err = child.communicate(timeout=180)
    assert child.returncode == 0, err
    return json.loads(out)
