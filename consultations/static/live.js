/* Keeps the part [data-live] of a page up to date. Without it the page has a link, and reloads itself (noscript).
   [data-live] the address to ask · data-etag what is shown · data-every seconds · [data-lost] said while nobody answers
   [data-until] a countdown to an instant, by the house's clock (data-now, then the header X-Now of every answer). */
(function () {
  "use strict";
  const part = document.querySelector("[data-live]");
  if (!part) return;
  const lost = document.querySelector("[data-lost]");
  const every = 1000 * (Number(part.dataset.every) || 2);
  const LONGEST = 20000, PATIENCE = 8000;
  let etag = part.dataset.etag || "", failures = 0, since = null, timer = 0, asking = false;
  let ahead = (Number(part.dataset.now) || Date.now()) - Date.now();

  const two = (n) => String(n).padStart(2, "0");

  function count() {
    for (const place of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.ceil((Date.parse(place.dataset.until) - Date.now() - ahead) / 1000));
      const hours = Math.floor(left / 3600), minutes = Math.floor(left / 60) % 60;
      const said = (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(left % 60);
      if (place.textContent !== said) place.textContent = said;
      place.hidden = false;
    }
    const clock = document.querySelector("[data-clock]");
    if (clock && window.Intl) {
      const now = new Date(Date.now() + ahead);
      clock.textContent = now.toLocaleTimeString(document.documentElement.lang, {
        hour: "2-digit", minute: "2-digit", hour12: false, timeZone: clock.dataset.clock });
    }
  }

  function show(html) {
    const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    part.innerHTML = html;
    for (const id of open) { const one = document.getElementById(id); if (one) one.open = true; }
    const again = focused && document.getElementById(focused);
    if (again) again.focus({ preventScroll: true });
    count();
  }

  function failed() {
    failures += 1;
    since = since || new Date();
    if (lost && failures > 1) {
      lost.textContent = lost.dataset.lost.replace("{time}", two(since.getHours()) + ":" + two(since.getMinutes()) + ":" + two(since.getSeconds()));
      lost.hidden = false;
    }
  }

  function answered() {
    failures = 0;
    since = null;
    if (lost) lost.hidden = true;
  }

  function later() {
    const wait = failures ? Math.min(LONGEST, every * 2 ** (failures - 1)) : every * (document.hidden ? 5 : 1);
    clearTimeout(timer);
    timer = setTimeout(ask, wait * (0.85 + 0.3 * Math.random()));  // so that not all pages ask at one instant
  }

  async function ask() {
    if (asking) return;
    asking = true;
    const stop = new AbortController(), patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(part.dataset.live, {
        headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", credentials: "same-origin", signal: stop.signal });
      if (answer.redirected || answer.status === 401 || answer.status === 403) { location.reload(); return; }
      if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
      const now = Number(answer.headers.get("X-Now"));
      if (now) ahead = now - Date.now();
      if (answer.status === 200) { const html = await answer.text(); etag = answer.headers.get("ETag") || ""; show(html); }
      answered();
    } catch (error) {
      failed();
    } finally {
      clearTimeout(patience);
      asking = false;
      later();
    }
  }

  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  count();
  setInterval(count, 1000);
  later();
})();
