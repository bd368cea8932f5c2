"""Comments put together from pieces, in both languages, some with several subjects. Run: python make_input.py"""

import random
from pathlib import Path

PIECES = [
    "信号太差",
    "网速慢",
    "资费太贵了",
    "营业员态度很好",
    "排队等候太久",
    "宽带经常掉线",
    "没有意见",
    "客服热线打不通",
    "套餐流量不够用",
    "the signal is poor",
    "Prices are too high",
    "friendly staff",
    "long queues at the store",
    "app crashes",
    "applause for all",
    "ＳＩＧＮＡＬ weak",
]
chance = random.Random(20261130)
rows = ["，".join(chance.sample(PIECES, chance.randint(1, 3))) for _ in range(300)]
Path(__file__).with_name("input.csv").write_text("comment\n" + "\n".join(f'"{row}"' for row in rows) + "\n", "utf-8")
