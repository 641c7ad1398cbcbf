"""Turns what was measured of labs into Markdown."""

from __future__ import annotations

import statistics

from bench.labs.measure import Found
from bench.labs.slow import DELAY
from bench.report import shown, table
from bench.rounds import Spread

KEPT_GOAL, NEW_GOAL, FIRST_GOAL, ALL_GOAL = 300, 350, 600, 550  # ms
RATIO_GOAL, MEMORY_GOAL, PEAK_GOAL = 3.5, 1.0, 8
SETS = {"1-4": "exercises 1–4", "all": "all labs"}
SIDE, SERIAL = "side by side", "one after another"
METHOD = f"""\
The practice account runs as operators run it, in a process of its own on the same machine, with
every exercise of chapter 9 done by its printed commands. A hook of botocore's holds each request
for {1000 * DELAY:.0f} ms before it is sent; the practice account's own time comes on top.
Clients are the site's own: **new** ones for every run, as a press of the button has, or **kept**
ones of runs before. All kinds of run take turns in one process; figures are the median, with the
least and the most in brackets. First runs are each of a new process, and have `import boto3` in
them; **crowding** is how long work took just before against its processor time, 1 on a machine
that does nothing else.
"""


def ms(value: Spread) -> str:
    return shown(Spread(*(1000 * one for one in (value.middle, value.least, value.most))), digits=0)


def further(found: Found) -> float:
    """Return the MiB that each learner after the first leaves behind, on average."""
    return (found.memory[-1] - found.memory[0]) / (len(found.memory) - 1)


def too_early(found: Found) -> int:
    """Return the steps before the first press after which the SDK was there."""
    return sum(is_there for _, is_there in found.page["steps"][:-1])


def goals(found: Found) -> str:
    kept, new = (1000 * found.of(f"1-4, {one}, {SIDE}").middle for one in ("kept", "new"))
    every = max(1000 * found.of(f"all, {one}, {SIDE}").middle for one in ("kept", "new"))
    first = 1000 * found.first.total.middle
    ratio = min(found.ratio(f"1-4, {one}").middle for one in ("kept", "new"))
    peak = max(found.page["peak"], *(one["peak"] for one in found.seen.values()))
    lost = len({lost for one in found.seen.values() for lost in one["lost"]})
    most = [
        ("exercises 1–4, kept clients, ms", f"{kept:.0f}", KEPT_GOAL, kept <= KEPT_GOAL),
        ("exercises 1–4, new clients, ms", f"{new:.0f}", NEW_GOAL, new <= NEW_GOAL),
        ("exercises 1–4, first in a process, ms", f"{first:.0f}", FIRST_GOAL, first <= FIRST_GOAL),
        ("all labs, the dearer clients, ms", f"{every:.0f}", ALL_GOAL, every <= ALL_GOAL),
        (
            "a further learner, MiB",
            f"{further(found):.2f}",
            MEMORY_GOAL,
            further(found) <= MEMORY_GOAL,
        ),
        ("`boto3` there before the first press, steps", too_early(found), 0, not too_early(found)),
        ("requests at once", peak, PEAK_GOAL, peak <= PEAK_GOAL),
        ("look-ups that learnt nothing", lost, 0, lost == 0),
    ]
    rows = [(what, is_, f"at most {limit}", met) for what, is_, limit, met in most]
    what = "exercises 1–4, one after another against side by side, the lesser"
    rows.insert(3, (what, f"{ratio:.2f}", f"at least {RATIO_GOAL}", ratio >= RATIO_GOAL))
    said = [[*row, "yes" if met else "**no**"] for *row, met in rows]
    return table(["goal", "is", "limit", "met"], said)


def runs(found: Found) -> str:
    head = ["what", "checks", "look-ups", "calls", "at once", "clients", f"{SIDE}, ms"]
    rows = [
        [
            name,
            *(found.seen[key][one] for one in ("checks", "facts", "calls", "peak")),
            clients,
            *(ms(found.of(f"{key}, {clients}, {way}")) for way in (SIDE, SERIAL)),
            shown(found.ratio(f"{key}, {clients}")),
        ]
        for key, name in SETS.items()
        for clients in ("kept", "new")
    ]
    verdicts = (
        f"{name}: "
        + ", ".join(f"{count} {one}" for one, count in found.seen[key]["verdicts"].items())
        for key, name in SETS.items()
    )
    failed = ", ".join(found.seen["1-4"]["failed"]) or "none"
    lost = ", ".join(found.seen["all"]["lost"]) or "none"
    notes = f"Verdicts: {'; '.join(verdicts)}. Failed in 1–4: {failed}. Learnt nothing: {lost}.\n"
    return table([*head, f"{SERIAL}, ms", "ratio"], rows) + f"\n{notes}"


def firsts(found: Found) -> str:
    pressed, *later = found.page["presses"]
    after = f"{1000 * statistics.median(later):.0f}"
    kinds = {
        "exercises 1–4, first in a process": found.first,
        "all labs, first in a process": found.first_all,
        "of it `import boto3`": found.sdk,
    }
    rows = [
        *([name, ms(one.total), ms(one.cpu), shown(one.crowd)] for name, one in kinds.items()),
        [
            "first press of a page's button, exercise 4, with Django",
            f"{1000 * pressed:.0f}",
            "",
            "",
        ],
        [f"later presses of it (came to: {found.page['status']})", after, "", ""],
    ]
    return table(["first runs", "ms", "CPU ms", "crowding"], rows)


def memory(found: Found) -> str:
    one_by_one, together = found.memory, found.together
    held = (together[-1] - together[0]) / (len(together) - 1)
    rows = [
        ["after the first learner of all labs", f"{one_by_one[0]:.1f}"],
        ["the second on top", f"{one_by_one[1] - one_by_one[0]:.2f}"],
        [f"each of {len(one_by_one) - 1} further, on average", f"{further(found):.2f}"],
        ["the most on top of the first", f"{max(one_by_one) - one_by_one[0]:.2f}"],
        [
            f"held by each of {len(together) - 1} further while all runs go on at once",
            f"{held:.2f}",
        ],
    ]
    return table(["memory of the process", "MiB"], rows)


def imports(found: Found) -> str:
    rows = [[name, "there" if is_there else "no"] for name, is_there in found.page["steps"]]
    return table(["after", "boto3 or botocore"], rows)


def written(found: Found, minutes: float) -> str:
    parts = [
        ("# Labs verified at a distance", METHOD),
        ("## Goals of labs", goals(found)),
        ("## One run", runs(found)),
        ("## The first run", firsts(found)),
        ("## Memory", memory(found)),
        ("## When the SDK is imported", imports(found)),
    ]
    text = "\n".join(f"{title}\n\n{body}" for title, body in parts)
    return f"{text}\nMeasured in {minutes:.1f} minutes.\n"
