"""Writes tiny files of labs: sound by default, with one thing changed when a test asks."""

from __future__ import annotations

LAB = """\
[lab]
title.ja = "{name}の演習"
title.en = "The lab {name}"
summary.ja = "{name}を作ります。"
summary.en = "You make {name}."
section = "01-first.md#what"
minutes = 10
cost.ja = "保存した量に課金されます。"
cost.en = "What is stored is charged."
needs = [{needs}]
"""
CHECK = """\

[[check]]
id = "{check_id}"
level = "required"
section = "01-first.md#closer"
title.ja = "`{check_id}` がある"
title.en = "`{check_id}` is there"
why.ja = "次の手順で使います。"
why.en = "The next step uses it."
mend.ja = "作ります。"
mend.en = "Make it."
command = \"\"\"
aws ecr create-repository --repository-name {check_id}
\"\"\"
"""


def lab_toml(*checks: str, name: str = "demo", needs: tuple[str, ...] = ()) -> str:
    """Return a sound file of a lab with checks of these ids; one check when none is named."""
    head = LAB.format(name=name, needs=", ".join(f'"{one}"' for one in needs))
    return head + "".join(CHECK.format(check_id=one) for one in checks or ("repo",))
