// Small comforts on top of pages that work without them. No dependency, no inline code, no evaluation.
//
//   data-copy="#id" or "text"        a button that copies a field's value, or the text
//   data-confirm="Question?"         a form or button that asks first; data-confirm-label names the action,
//                                    data-confirm-dismiss the way back
//   data-insert="{tag}" data-into="#id"   a button that puts text where the cursor stands
//   data-preview="/url" data-target="#id" a form that is posted as it is typed; the answer fills the target
//   data-poll="/url" data-every="2"  an element whose content is fetched again every so many seconds
//   data-send="#id"                  a form that is sent in the background; then the polled element is refreshed
//   data-submit                      a select or checkbox that sends its form when it changes
(() => {
  "use strict";
  const $ = (selector) => document.querySelector(selector);

  // --- copy
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { // plain http: the older way
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "sr";
      document.body.append(area);
      area.select();
      const ok = document.execCommand("copy");
      area.remove();
      return ok;
    }
  };
  const onCopy = async (button) => {
    const what = button.dataset.copy;
    const field = what.startsWith("#") ? $(what) : null;
    const ok = await copy(field ? field.value ?? field.textContent.trim() : what);
    if (!ok && field && field.select) field.select();
    const label = button.querySelector("span:last-of-type") || button;
    label.dataset.was ??= label.textContent;
    label.textContent = ok ? "Copied" : "Press Ctrl+C";
    announce(label.textContent);
    clearTimeout(button.resetTimer);
    button.resetTimer = setTimeout(() => { label.textContent = label.dataset.was; }, 1800);
  };

  // --- speak to screen readers
  let voice;
  const announce = (text) => {
    if (!voice) {
      voice = document.createElement("p");
      voice.className = "sr";
      voice.setAttribute("role", "status");
      document.body.append(voice);
    }
    voice.textContent = text;
  };

  // --- confirm
  let dialog;
  const ask = (question, label, dismiss, danger) => new Promise((resolve) => {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "confirm";
      dialog.innerHTML = '<form method="dialog"><p></p><div class="row end">' +
        '<button class="button" value=""></button><button class="button" value="yes"></button></div></form>';
      dialog.setAttribute("aria-label", "Please confirm");
      document.body.append(dialog);
    }
    dialog.querySelector("p").textContent = question;
    dialog.querySelector('button[value=""]').textContent = dismiss;
    const yes = dialog.querySelector("button[value=yes]");
    yes.textContent = label;
    yes.className = danger ? "button danger" : "button primary";
    dialog.returnValue = "";
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
    dialog.showModal();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target, by = event.submitter;
    const question = by?.dataset.confirm || form.dataset.confirm;
    if (!question || form.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const label = by?.dataset.confirmLabel || form.dataset.confirmLabel || by?.textContent.trim() || "Go on";
    const dismiss = by?.dataset.confirmDismiss || form.dataset.confirmDismiss || "Cancel";
    if (await ask(question, label, dismiss, by?.classList.contains("danger"))) {
      form.confirmed = true;
      form.requestSubmit(by);
      form.confirmed = false;
    }
  }, true);

  // --- insert
  const onInsert = (button) => {
    const field = $(button.dataset.into);
    if (!field) return;
    if (!field.touched) field.setSelectionRange(field.value.length, field.value.length); // no cursor yet: the end
    field.focus();
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // --- preview
  const preview = (form) => {
    const target = $(form.dataset.target);
    if (!target) return;
    let timer, running;
    const refresh = async () => {
      running?.abort();
      running = new AbortController();
      try {
        const answer = await fetch(form.dataset.preview, {
          method: "POST", body: new URLSearchParams(new FormData(form)), signal: running.signal,
        });
        if (answer.ok) target.innerHTML = await answer.text();
      } catch { /* the next keystroke tries again */ }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(refresh, 200); });
    if (!target.hasChildNodes()) refresh();
  };

  // --- poll
  // What had the focus within has it again afterwards, when it is still there under the same name.
  const replace = (element, html) => {
    const held = element.contains(document.activeElement) ? document.activeElement : null;
    const like = (e) => held && e.tagName === held.tagName && e.textContent === held.textContent;
    element.innerHTML = html;
    if (held && held !== element) [...element.querySelectorAll("a, button, summary")].find(like)?.focus({ preventScroll: true });
  };
  const poll = (element) => {
    const every = Math.max(1, Number(element.dataset.every) || 2) * 1000;
    let tag = "", timer, pause = every, busy = false;
    const refresh = async () => {
      if (busy) return;
      busy = true;
      clearTimeout(timer);
      try {
        const answer = await fetch(element.dataset.poll, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
        pause = every;
        if (answer.status === 200 && !answer.redirected) {
          const html = await answer.text();
          if (tag !== "" || html.trim() !== element.innerHTML.trim()) replace(element, html);
          tag = answer.headers.get("ETag") || "";
        } else if (answer.status !== 304) {
          pause = Math.min(pause * 2, 60000);
        }
      } catch {
        pause = Math.min(pause * 2, 60000);
      }
      busy = false;
      if (!document.hidden) timer = setTimeout(refresh, pause);
    };
    element.refresh = refresh;
    document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
    timer = setTimeout(refresh, every);
  };

  // --- send
  const onSend = async (event, form) => {
    event.preventDefault();
    if (form.sending) return;
    form.sending = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) throw new Error(String(answer.status));
      form.reset();
      form.querySelector("input:not([type=hidden]), textarea")?.focus();
      $(form.dataset.send)?.refresh?.();
    } catch {
      form.submit(); // let the page say what is wrong
    } finally {
      form.sending = false;
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-insert]");
    if (button?.dataset.copy !== undefined) onCopy(button);
    else if (button) onInsert(button);
    for (const open of document.querySelectorAll("details.menu[open], details.switcher[open], details.pop[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.menu[open], details.switcher[open], details.pop[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea, input")) event.target.touched = true;
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-send]")) onSend(event, event.target);
  });
  document.querySelectorAll("[data-preview]").forEach(preview);
  document.querySelectorAll("[data-poll]").forEach(poll);
})();
