// What HTMX cannot do: keys, copy buttons, the contents that follow the reader, the reader's place.
"use strict";

(() => {
  const body = document.body;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const announcer = document.getElementById("announcer");

  function announce(text) {
    announcer.textContent = "";
    requestAnimationFrame(() => {
      announcer.textContent = text;
    });
  }

  // --- Clipboard -----------------------------------------------------------------------------

  // The clipboard interface exists on https and localhost only; a portal in a home network has neither.
  function copyBySelection(text) {
    const area = document.createElement("textarea");
    const focused = document.activeElement;
    area.value = text;
    area.className = "visually-hidden";
    body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    if (!done) throw new Error("refused");
  }

  async function copy(text, said) {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(text);
      else copyBySelection(text);
      announce(said);
      return true;
    } catch {
      announce(body.dataset.copyFailed);
      return false;
    }
  }

  // --- Code ----------------------------------------------------------------------------------

  // Of a console session: what was typed after a prompt (.gp), without the answers (.go).
  function commandsOf(code) {
    const lines = [];
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    let line = null;
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      if (parentElement.closest(".gp")) {
        line = line ?? "";
        continue;
      }
      const isAnswer = parentElement.closest(".go") !== null;
      data.split("\n").forEach((part, index) => {
        if (index > 0 && line !== null) {
          lines.push(line);
          line = null;
        }
        if (line !== null && !isAnswer) line += part;
      });
    }
    if (line !== null) lines.push(line);
    return lines.map((one) => one.trimStart()).join("\n").trimEnd();
  }

  function addCopyButton(figure) {
    const code = figure.querySelector("pre");
    if (!code || figure.querySelector(".copy")) return;
    const isSession = code.querySelector(".gp") !== null;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = body.dataset.copy;
    const label = isSession ? body.dataset.copyCommands : body.dataset.copyCode;
    button.title = label;
    button.addEventListener("click", async () => {
      const text = isSession ? commandsOf(code) : code.textContent.trimEnd();
      if (!(await copy(`${text}\n`, body.dataset.copied))) return;
      button.textContent = body.dataset.copied;
      setTimeout(() => {
        button.textContent = body.dataset.copy;
      }, 2000);
    });
    figure.append(button);
  }

  function addCopyButtons() {
    all("figure.code").forEach(addCopyButton);
  }

  // --- Texts to copy -------------------------------------------------------------------------

  // A field shows its text and lets it be changed without a script; the button is a courtesy.
  function addFieldButton(field) {
    const actions = field.parentElement.querySelector(".actions");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = body.dataset.copy;
    button.addEventListener("click", async () => {
      if (!(await copy(field.value, body.dataset.copied))) return;
      button.textContent = body.dataset.copied;
      setTimeout(() => {
        button.textContent = body.dataset.copy;
      }, 2000);
    });
    actions.prepend(button);
  }

  // --- Headings ------------------------------------------------------------------------------

  function copyLinkOf(anchor) {
    anchor.addEventListener("click", () => copy(anchor.href, body.dataset.linkCopied));
  }

  // --- Where the reader is -------------------------------------------------------------------

  function followReader(article) {
    const headings = all(".prose :is(h2, h3)[id]", article);
    const aside = document.querySelector(".contents-large");
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    let current = null;
    let section = null;
    let timer = 0;

    function keepPlace() {
      fetch(article.dataset.placeUrl, {
        method: "POST",
        headers: { "X-CSRFToken": token.value },
        body: new URLSearchParams({ section }),
        keepalive: true,
      }).catch(() => {}); // the place is a courtesy: without network, reading goes on
    }

    function stayIn(id) {
      if (!id || id === section) return;
      section = id;
      clearTimeout(timer);
      if (article.dataset.placeUrl && token) timer = setTimeout(keepPlace, 2000);
    }

    function look() {
      const line = innerHeight * 0.35;
      const here = headings.findLast((one) => one.getBoundingClientRect().top < line) ?? null;
      if (here === current) return;
      current = here;
      for (const link of all(".contents a")) {
        if (here && link.hash === `#${here.id}`) {
          link.setAttribute("aria-current", "location");
          const { offsetTop } = link;
          if (offsetTop < aside.scrollTop || offsetTop > aside.scrollTop + aside.clientHeight - 60) {
            aside.scrollTop = offsetTop - aside.clientHeight / 3;
          }
        } else link.removeAttribute("aria-current");
      }
      stayIn(here?.closest("[data-section]")?.dataset.section);
    }

    const observer = new IntersectionObserver(look, { rootMargin: "0px 0px -65% 0px" });
    headings.forEach((heading) => observer.observe(heading));
  }

  function showMarks() {
    for (const form of all("[data-mark]")) {
      for (const link of all(`[data-contents="${form.dataset.mark}"]`)) {
        link.querySelector(".contents-read").hidden = form.dataset.read !== "1";
      }
    }
  }

  // --- Keys ----------------------------------------------------------------------------------

  const SWITCH = "gantry-keys";
  const dialog = document.getElementById("keys");

  let keysAreOn = true;
  try {
    keysAreOn = localStorage.getItem(SWITCH) !== "off";
  } catch {
    // storage is forbidden: the switch then lasts as long as the page
  }

  function isBusy(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return true;
    if (!(target instanceof Element)) return false;
    if (target.closest("input, textarea, select, [contenteditable], audio, video")) return true;
    const scroller = target.closest("[tabindex]");
    return event.key.startsWith("Arrow") && scroller !== null && scroller.scrollWidth > scroller.clientWidth;
  }

  function focusSearch() {
    const field = all("[data-search]").find((one) => one.checkVisibility());
    if (field) field.select();
    else document.querySelector("[data-search-link]")?.click();
  }

  const follow = (selector) => () => document.querySelector(selector)?.click();
  const next = follow("[data-key-next]");
  const previous = follow("[data-key-previous]");
  const keys = {
    "/": focusSearch,
    s: focusSearch,
    n: next,
    ArrowRight: next,
    p: previous,
    ArrowLeft: previous,
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector(".menu[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    const isShifted = event.shiftKey && !["?", "/"].includes(event.key);
    if (!act || isShifted || isBusy(event) || !keysAreOn) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    for (const menu of all(".menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target === dialog) dialog.close();
  });

  {
    const box = dialog.querySelector("[data-keys-switch]");
    box.checked = keysAreOn;
    box.addEventListener("change", () => {
      keysAreOn = box.checked;
      try {
        localStorage.setItem(SWITCH, keysAreOn ? "on" : "off");
      } catch {
        // see above
      }
    });
    all("[data-keys-open]").forEach((button) => {
      button.addEventListener("click", () => dialog.showModal());
    });
  }

  // --- HTMX ----------------------------------------------------------------------------------

  function sayFailed(event) {
    const form = event.detail.elt.closest("form") ?? event.detail.elt;
    const note = document.createElement("p");
    note.className = "message message-error";
    note.setAttribute("role", "alert");
    note.textContent = body.dataset.failed;
    if (form.nextElementSibling?.matches(".message-error")) form.nextElementSibling.remove();
    form.after(note);
  }

  body.addEventListener("htmx:afterSettle", showMarks);
  body.addEventListener("htmx:afterSettle", addCopyButtons);
  body.addEventListener("htmx:responseError", sayFailed);
  body.addEventListener("htmx:sendError", sayFailed);

  addCopyButtons();
  all("[data-copy-field]").forEach(addFieldButton);
  all(".prose .anchor").forEach(copyLinkOf);
  const article = document.querySelector(".reading-main > article");
  if (article) followReader(article);
})();
