/* The book's behaviour, for the pages of Quarto and of the built-in renderer alike: tools, search, contents, menu.
   A classic script without any request, so that it works from disk. Without it every page still reads in full. */
(function () {
  "use strict";

  const root = document.currentScript.src.replace(/(site_libs|reports\/chuong\/so-lieu)\/.*$/, "");
  const html = document.documentElement;
  html.classList.add("js");

  /* -- text without accents --------------------------------------------------------------------------------------- */

  function foldChar(char) {
    const bare = char.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace("đ", "d");
    return bare.length === 1 ? bare : char.length === 1 ? char : " ";
  }

  /** Lower case without accents; as long as its NFC input, so that places found in one hold in the other. */
  function fold(text) {
    return Array.from(text, foldChar).join("");
  }

  /* -- search ------------------------------------------------------------------------------------------------------ */

  const MOST = 40;
  let sections = null;

  function prepared() {
    if (!sections) {
      sections = (window.baocaoSearch || []).map(function (row) {
        // One unit a character, so that folded and shown text stay in step.
        const show = { href: row[0], page: row[1].normalize("NFC"), section: row[2].normalize("NFC"), text: row[3].normalize("NFC") };
        return { show: show, page: fold(show.page), section: fold(show.section), text: fold(show.text) };
      });
    }
    return sections;
  }

  function score(entry, phrase, terms, typed) {
    const all = entry.page + " " + entry.section + " " + entry.text;
    if (!terms.every(function (term) { return all.includes(term); })) return 0;
    let points = 1;
    if (entry.section.includes(phrase)) points += 60;
    if (entry.page.includes(phrase)) points += entry.section ? 20 : 50;
    if (entry.text.includes(phrase)) points += 30;
    const exact = (entry.show.page + " " + entry.show.section + " " + entry.show.text).toLowerCase();
    if (exact.includes(typed)) points += 25;
    return points;
  }

  /** What is asked for; of a number that stands nowhere as it was typed, the one with dots between its thousands. */
  function find(query) {
    const hits = findAsTyped(query);
    const dotted = query.replace(/(?<![\d.,/-])\d{4,}(?![\d./-])/g, function (digits) {
      return digits.replace(/\B(?=(?:\d{3})+$)/g, ".");
    });
    return hits.length || dotted === query ? hits : findAsTyped(dotted);
  }

  function findAsTyped(query) {
    const typed = query.normalize("NFC").trim().toLowerCase().replace(/\s+/g, " ");
    const phrase = fold(typed);
    const terms = phrase.split(" ").filter(Boolean);
    if (!terms.length) return [];
    return prepared()
      .map(function (entry, order) { return { entry: entry, order: order, points: score(entry, phrase, terms, typed) }; })
      .filter(function (hit) { return hit.points > 0; })
      .sort(function (a, b) { return b.points - a.points || a.order - b.order; })
      .map(function (hit) { return { entry: hit.entry, phrase: phrase, terms: terms }; });
  }

  /** Places of the words in a folded text: the whole phrase where it stands, else each word. */
  function places(folded, hit) {
    const words = folded.includes(hit.phrase) ? [hit.phrase] : hit.terms;
    const found = [];
    words.forEach(function (word) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) found.push([at, at + word.length]);
    });
    return found.sort(function (a, b) { return a[0] - b[0]; });
  }

  function marked(element, text, folded, hit) {
    const chars = Array.from(text);
    let done = 0;
    places(folded, hit).forEach(function (place) {
      if (place[0] < done) return;
      element.append(chars.slice(done, place[0]).join(""));
      const mark = document.createElement("mark");
      mark.textContent = chars.slice(place[0], place[1]).join("");
      element.append(mark);
      done = place[1];
    });
    element.append(chars.slice(done).join(""));
  }

  function snippet(element, hit) {
    const chars = Array.from(hit.entry.show.text);
    const first = places(hit.entry.text, hit)[0];
    let from = first ? Math.max(0, first[0] - 60) : 0;
    while (from > 0 && chars[from - 1] !== " ") from -= 1;
    const part = chars.slice(from, from + 190).join("");
    if (from > 0) element.append("… ");
    marked(element, part, fold(part), hit);
    if (from + 190 < chars.length) element.append(" …");
  }

  function resultItem(hit) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const where = document.createElement("span");
    const quote = document.createElement("span");
    link.href = root + hit.entry.show.href;
    where.className = "noi";
    quote.className = "trich";
    const place = hit.entry.show.page + (hit.entry.show.section ? " › " + hit.entry.show.section : "");
    marked(where, place, fold(place), hit);
    snippet(quote, hit);
    link.append(where, quote);
    item.append(link);
    return item;
  }

  function buildSearch() {
    const dialog = document.createElement("dialog");
    dialog.className = "tim-kiem";
    dialog.setAttribute("aria-label", "Tìm trong sách");
    dialog.innerHTML =
      '<form role="search"><label class="chi-doc" for="tim-chu">Từ cần tìm</label>' +
      '<input id="tim-chu" type="text" inputmode="search" autocomplete="off" spellcheck="false" placeholder="Tìm trong sách, có dấu hoặc không dấu">' +
      '<button type="button">Đóng</button></form><p class="so-ket-qua" role="status"></p><ol></ol>';
    const input = dialog.querySelector("input");
    const list = dialog.querySelector("ol");
    const status = dialog.querySelector(".so-ket-qua");

    function update() {
      const hits = find(input.value);
      list.replaceChildren.apply(list, hits.slice(0, MOST).map(resultItem));
      status.textContent = !input.value.trim() ? "Gõ từ cần tìm; không cần gõ dấu."
        : !hits.length ? "Không tìm thấy." : hits.length + " mục có từ cần tìm" + (hits.length > MOST ? ", hiện " + MOST + " mục đầu." : ".");
    }

    function move(step) {
      const stops = [input].concat(Array.from(list.querySelectorAll("a")));
      const at = stops.indexOf(document.activeElement);
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
    }

    input.addEventListener("input", update);
    dialog.querySelector("button").addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    list.addEventListener("click", function (event) { if (event.target.closest("a")) dialog.close(); });
    dialog.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
      if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    });
    dialog.querySelector("form").addEventListener("submit", function (event) {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    });
    document.body.append(dialog);
    return function () { update(); dialog.showModal(); input.focus(); input.select(); };
  }

  /* -- tools ------------------------------------------------------------------------------------------------------- */

  const ICONS = {
    search: '<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="6.5" cy="6.5" r="4.8" fill="none" stroke="currentColor" stroke-width="1.7"/><path d="M10.3 10.3 15 15" stroke="currentColor" stroke-width="1.9"/></svg>',
    theme: '<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.4a6.6 6.6 0 0 1 0 13.2z" fill="currentColor"/></svg>'
  };

  function button(icon, label, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.innerHTML = ICONS[icon] + ' <span class="chu-nut"></span>';
    made.querySelector("span").textContent = label;
    made.addEventListener("click", action);
    return made;
  }

  function isDark() {
    const chosen = html.dataset.giaoDien;
    return chosen ? chosen === "toi" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function buildTools() {
    const open = window.baocaoSearch ? buildSearch() : null;
    const tools = document.createElement("div");
    tools.className = "cong-cu";
    const theme = button("theme", "Nền tối", function () {
      html.dataset.giaoDien = isDark() ? "sang" : "toi";
      try { localStorage.setItem("baocao-giao-dien", html.dataset.giaoDien); } catch (error) { /* no storage: for this page only */ }
      theme.setAttribute("aria-pressed", String(isDark()));
    });
    theme.setAttribute("aria-pressed", String(isDark()));
    if (open) {
      const search = button("search", "Tìm kiếm", open);
      search.title = "Tìm trong sách (phím /)";
      tools.append(search);
    }
    tools.append(theme);
    const header = document.getElementById("quarto-header");
    (header || document.body).append(tools);
    if (open) document.addEventListener("keydown", function (event) {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      const asked = (event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
      if (asked && !document.querySelector("dialog[open]")) { event.preventDefault(); open(); }
    });
  }

  /* -- menu and contents ------------------------------------------------------------------------------------------- */

  function wireMenu() {
    const toggle = document.querySelector(".tu-dung .quarto-btn-toggle");
    if (!toggle) return;
    toggle.hidden = false;
    toggle.addEventListener("click", function () {
      const open = document.body.classList.toggle("mo-muc-luc");
      toggle.setAttribute("aria-expanded", String(open));
    });
  }

  // Quarto's menu too covers the page of a narrow window, and only its button closes it.
  function closeMenuByEscape() {
    document.addEventListener("keydown", function (event) {
      const toggle = document.querySelector(".quarto-btn-toggle[aria-expanded='true']");
      if (event.key !== "Escape" || !toggle || document.querySelector("dialog[open]")) return;
      toggle.click();
      toggle.focus();
    });
  }

  function showCurrentInMenu() {
    const menu = document.getElementById("quarto-sidebar");
    const current = menu && menu.querySelector("a.active");
    if (current && menu.scrollHeight > menu.clientHeight) {
      menu.scrollTop = current.getBoundingClientRect().top - menu.getBoundingClientRect().top - menu.clientHeight / 3;
    }
  }

  function foldedContents() {
    const list = document.querySelector("#TOC > ul");
    const title = document.getElementById("title-block-header");
    if (!list || !title) return;
    const box = document.createElement("details");
    const copy = list.cloneNode(true);
    box.className = "toc-gon";
    box.innerHTML = "<summary></summary>";
    box.querySelector("summary").textContent = document.getElementById("toc-title").textContent;
    copy.querySelectorAll("[id]").forEach(function (el) { el.removeAttribute("id"); });
    copy.querySelectorAll("ul").forEach(function (el) { el.className = ""; });
    box.append(copy);
    title.after(box);
  }

  function followReading() {
    const links = Array.from(document.querySelectorAll("#TOC a[href^='#']"));
    const pairs = links.map(function (link) {
      return [link, document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)))];
    }).filter(function (pair) { return pair[1]; });
    if (!pairs.length) return;
    function mark() {
      const passed = pairs.filter(function (pair) { return pair[1].getBoundingClientRect().top < window.innerHeight * 0.3; });
      const current = passed.length ? passed[passed.length - 1][0] : null;
      links.forEach(function (link) {
        link.classList.toggle("active", link === current);
        if (link === current) link.setAttribute("aria-current", "location"); else link.removeAttribute("aria-current");
      });
    }
    document.addEventListener("scroll", mark, { passive: true });
    mark();
  }

  /* -- the ledger's pages ------------------------------------------------------------------------------------------ */

  // In a narrow window the table scrolls sideways, and its headings cannot stay in sight: the row that a link leads to
  // says itself what it measures.
  function nameTargetRow() {
    document.querySelectorAll(".do-gi").forEach(function (one) { one.remove(); });
    const cell = document.querySelector(".so-cai tr:target > td:nth-child(2)");
    if (!cell) return;
    const words = document.createElement("strong");
    words.className = "do-gi";
    words.textContent = cell.closest("tbody").querySelector("th").textContent;
    cell.prepend(words);
  }

  /* -- codes that stay whole --------------------------------------------------------------------------------------- */

  // A code or a document's number: letters, digits and strokes, with a hyphen and a digit. Browsers break after hyphens.
  const CODE = /(?<![\p{L}\p{M}\d/.-])(?=[\p{L}\d/]*-)(?=[\p{L}/-]*\d)[\p{L}\d]+(?:[/-][\p{L}\d]+)+(?![/-]|\.?[\p{L}\p{M}\d])/gu;
  const LONGEST = 20;

  function keepCodesWhole() {
    document.querySelectorAll("main, #quarto-sidebar, .ten-sach").forEach(function (part) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.data.includes("-") && !node.parentElement.closest("code, pre, svg, script, style")) found.push(node);
      }
      found.forEach(wrapCodes);
    });
  }

  function wrapCodes(node) {
    Array.from(node.data.matchAll(CODE)).reverse().forEach(function (match) {
      if (match[0].length > LONGEST) return;
      const rest = node.splitText(match.index);
      const whole = document.createElement("span");
      rest.splitText(match[0].length);
      whole.className = "nowrap";
      rest.replaceWith(whole);
      whole.append(rest);
    });
  }

  /* -- boxes that scroll sideways ---------------------------------------------------------------------------------- */

  function reachableByKeyboard() {
    document.querySelectorAll(".bang, .bieu-do").forEach(function (box) {
      if ("phim" in box.dataset) return; // a chart that answers to keys is reachable in any case
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      const caption = box.closest("figure") && box.closest("figure").querySelector("figcaption");
      if (scrolls) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", caption ? caption.textContent.trim() : "Bảng rộng, cuộn ngang để xem hết");
      } else {
        ["tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); });
      }
    });
  }

  /* -- start ------------------------------------------------------------------------------------------------------- */

  // A link to a folder opens a list of files when the book is read from disk.
  document.querySelectorAll("a[href$='/']").forEach(function (link) {
    if (!/^[a-z]+:/i.test(link.getAttribute("href"))) link.setAttribute("href", link.getAttribute("href") + "index.html");
  });
  // Quarto puts what comes before the body into its main part.
  const banner = document.querySelector("main > .minh-hoa");
  if (banner) document.body.prepend(banner);
  window.addEventListener("load", nameTargetRow);
  window.addEventListener("hashchange", nameTargetRow);
  keepCodesWhole();
  buildTools();
  wireMenu();
  closeMenuByEscape();
  foldedContents();
  followReading();
  showCurrentInMenu();
  reachableByKeyboard();
  // What Quarto opens and closes by a link without an address: keys press it as they press a button.
  document.addEventListener("keydown", function (event) {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("a[role='button']:not([href])")) {
      event.preventDefault();
      event.target.click();
    }
  });
  window.addEventListener("resize", reachableByKeyboard);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details").forEach(function (box) { box.open = true; });
  });
})();
