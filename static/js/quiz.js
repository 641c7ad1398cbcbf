// What a quiz page needs besides HTMX: seconds counted, focus moved, the clock, the last question.
"use strict";

(() => {
  const announcer = document.getElementById("announcer");
  let shownAt = performance.now();

  function announce(text) {
    announcer.textContent = "";
    requestAnimationFrame(() => {
      announcer.textContent = text;
    });
  }

  // --- Seconds: counted here, so that no clock of the learner and no slow network plays a part ---

  const elapsed = () => ((performance.now() - shownAt) / 1000).toFixed(1);

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.closest("[data-answer]")) event.detail.parameters.set("elapsed", elapsed());
  });

  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[data-elapsed]");
    if (field) field.value = elapsed();
  });

  // --- Focus goes to what is new -----------------------------------------------------------------

  document.addEventListener("htmx:afterSettle", () => {
    const feedback = document.getElementById("feedback");
    const errors = document.getElementById("answer-errors");
    const goal = errors ?? feedback;
    if (goal && !goal.dataset.seen) {
      goal.dataset.seen = "1";
      goal.focus();
    }
  });

  // --- The end: asked in a dialog ----------------------------------------------------------------

  const dialog = document.getElementById("submit-dialog");
  if (dialog) {
    document.addEventListener("htmx:afterSwap", (event) => {
      if (event.target === dialog && !dialog.open) dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      const closes = event.target === dialog || event.target.closest("[data-close]");
      if (!closes) return;
      event.preventDefault();
      dialog.close();
    });
  }

  // --- The clock: the server says what remains, the page counts differences ----------------------

  const timer = document.getElementById("timer");
  if (!timer) return;

  const face = timer.querySelector("[data-timer-face]");
  const MINUTE = 60;
  let left = Number(timer.dataset.remaining);
  let since = performance.now();
  let warned = left;
  let isOver = false;

  const remaining = () => Math.max(0, left - (performance.now() - since) / 1000);

  function spelled(seconds) {
    const whole = Math.ceil(seconds);
    const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / MINUTE), whole % MINUTE];
    const shown = parts[0] > 0 ? parts : parts.slice(1);
    return shown.map((part, place) => (place > 0 ? String(part).padStart(2, "0") : part)).join(":");
  }

  function end() {
    if (isOver) return;
    isOver = true;
    location.assign(timer.dataset.end);
  }

  async function synchronise() {
    try {
      const answer = await fetch(timer.dataset.clock, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = await answer.json();
      left = told.remaining;
      since = performance.now();
      if (told.is_closed) end();
    } catch {
      // without network the page counts on; the server decides anyway
    }
  }

  function tick() {
    const now = remaining();
    face.textContent = spelled(now);
    timer.classList.toggle("is-short", now <= 5 * MINUTE);
    for (const [mark, words] of [[5 * MINUTE, timer.dataset.five], [MINUTE, timer.dataset.one]]) {
      if (warned > mark && now <= mark) announce(words);
    }
    warned = now;
    // The server still takes an answer on its way: ask it rather than cut it off.
    if (now <= 0) synchronise();
    setTimeout(tick, now <= 0 ? 3000 : 1000);
  }

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.code !== "KeyT") return;
    event.preventDefault();
    announce(`${timer.dataset.say} ${spelled(remaining())}`);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) synchronise();
  });
  setInterval(synchronise, MINUTE * 1000);
  tick();
})();
