"""Drawings of our own with the faults that hand-drawn boxes with Japanese in them have."""

from __future__ import annotations

# Every right border is where the text editor happened to put it.
UNEVEN = """\
【通知のしくみ】

┌────────────────────────────────────┐
│         監視システム                │
│                                   │
│  ┌───────────┐    ┌───────────┐     │
│  │  アラーム  │    │  通知      │   │
│  │  CPU > 80% │    │  email   │      │
│  └───────────┘    └───────────┘ │
└────────────────────────────────────┘"""

# Nested right borders with no gap, one column too far to the right.
TOUCHING = """\
┌──────────────────────────────────────┐
│            Landing zone               │
│                                       │
│  ┌──────────────────────────────────┐│
│  │        共有サービス               ││
│  │                                  ││
│  │  ┌──────────┐  ┌──────────┐     ││
│  │  │  Logs    │  │  監査    │     ││
│  │  └──────────┘  └──────────┘     ││
│  └──────────────────────────────────┘│
└──────────────────────────────────────┘"""

# The inner boxes of the second and third step lack their left border on the arrow's row.
MISSING_INNER = """\
┌───────────┐    ┌───────────┐    ┌───────────┐
│   Plan    │    │   Build   │    │   Ship    │
│ ┌───────┐ │    │ ┌───────┐ │    │ ┌───────┐ │
│ │ draft │─┼───▶│ image   │─┼───▶│ release │ │
│ │ notes │ │    │ │       │ │    │ │       │ │
│ └───────┘ │    │ └───────┘ │    │ └───────┘ │
└───────────┘    └───────────┘    └───────────┘"""

# The command in the left box runs over its right border.
OVERRUN = """\
Client                          Server
┌──────────────────┐            ┌──────────────────┐
│  Shell           │            │  Web             │
│  curl http://api.internal/v1  │  :8080           │
│        │         │            │        ▲         │
│        ▼         │            │        │         │
│  ┌────────────┐  │            │  ┌────────────┐  │
│  │ Proxy      │──┼────────────┼─▶│ Proxy      │  │
│  └────────────┘  │  mTLS      │  └────────────┘  │
└──────────────────┘            └──────────────────┘"""

# Words that touch their borders, in boxes side by side.
TIGHT = """\
┌────────────────────────────────────┐
│  Order:  first,  second            │
│         third                      │
│                                    │
│  ┌──────┐ ┌──────┐ ┌──────┐        │
│  │Pod 1 │ │ Pod 2│ │Pod 3a│        │
│  │(東京)│ │(大阪)│ │ (外) │        │
│  └──────┘ └──────┘ └──────┘        │
└────────────────────────────────────┘"""

# The right border wanders by up to four columns; a table stands inside.
WANDERING = """\
┌─────────────────────────────┐
│       比較                │
├──────────────┬──────────────┤
│  方式 A      │  方式 B          │
├──────────────┼──────────────┤
│ • 安い        │ • 速い       │
│ • 遅い         │ • 高い     │
└──────────────┴──────────────┘"""

# Steps in one box, the arrows between them, and a branch into two boxes.
FLOW = """\
       開始
        │
        ▼
┌───────────────┐
│  テスト実行    │
└───────┬───────┘
   ┌────┴─────┐
   ▼          ▼
┌──────┐  ┌──────┐
│ 成功  │  │ 失敗  │
└──────┘  └──────┘"""

TORN = {
    "uneven": UNEVEN,
    "touching": TOUCHING,
    "missing_inner": MISSING_INNER,
    "overrun": OVERRUN,
    "tight": TIGHT,
    "wandering": WANDERING,
    "flow": FLOW,
}

TREE = """\
registry
├─ app
│   ├─ app:v1
│   └─ app:v2
└─ worker
    └─ worker:v7"""
