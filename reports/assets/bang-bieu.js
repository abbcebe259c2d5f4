/* What tables, charts and figures answer, for the pages of Quarto and of the built-in renderer alike: a table sorts by a
   column, a chart says the value under the pointer or the arrow keys, a figure shows its ledger row.
   A classic script without any request to the outside. Without it tables stand as they are, charts are pictures, and a
   figure is a link to the ledger's page. */
(function () {
  "use strict";

  const root = document.currentScript.src.replace(/(site_libs|reports\/chuong\/so-lieu)\/.*$/, "");
  const home = root + "reports/chuong/so-lieu/";

  function make(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  const live = make("div", "chi-doc");
  live.setAttribute("role", "status");

  function announce(text) {
    live.textContent = text;
  }

  /* -- sorting ------------------------------------------------------------------------------------------------------ */

  const collator = new Intl.Collator("vi", { numeric: true });
  const NUMBER = /^[+\u2212-]?\d{1,3}(\.\d{3})*(,\d+)?|^[+\u2212-]?\d+(,\d+)?/;
  const DAY = /(\d{2}):(\d{2}) ngày (\d{2})\/(\d{1,2})\/(\d{4})|(?:(\d{2})\/)?(\d{1,2})\/(\d{4})/;

  /** What a cell sorts by: its number, its day if no number leads it (“+1,3; 9/2025: …”), or none for words such as
      “chưa có số liệu”. */
  function amount(text) {
    const day = DAY.exec(text), number = NUMBER.exec(text);
    if (day && !(number && number[0].length <= day.index)) {
      return day[5] ? Date.UTC(+day[5], day[4] - 1, +day[3], +day[1], +day[2]) : Date.UTC(+day[8], day[7] - 1, +(day[6] || 1));
    }
    return number ? parseFloat(number[0].replace(/\./g, "").replace(",", ".").replace("\u2212", "-")) : NaN;
  }

  function cellText(row, column) {
    return row.cells[column] ? row.cells[column].textContent.trim() : "";
  }

  function compare(one, other, figures) {
    if (!figures) return collator.compare(one, other);
    const a = amount(one), b = amount(other);
    return a - b || 0;
  }

  /** Rows without a figure stay below, whichever way the others go. */
  function ordered(rows, column, figures, down) {
    const known = rows.filter(function (row) { return !figures || !isNaN(amount(cellText(row, column))); });
    const others = rows.filter(function (row) { return !known.includes(row); });
    known.sort(function (one, other) {
      return (down ? -1 : 1) * compare(cellText(one, column), cellText(other, column), figures);
    });
    return known.concat(others);
  }

  const buttons = [];

  function wrap(head, button) {
    while (head.firstChild) button.append(head.firstChild);
    head.append(button);
  }

  /** On paper headings stand without their buttons: Chromium repeats a button on the next page empty. */
  function wirePrinting() {
    const heads = buttons.map(function (button) { return button.parentElement; });
    window.addEventListener("beforeprint", function () {
      buttons.forEach(function (button) { button.replaceWith.apply(button, Array.from(button.childNodes)); });
    });
    window.addEventListener("afterprint", function () {
      buttons.forEach(function (button, i) { wrap(heads[i], button); });
    });
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const heads = Array.from(table.tHead ? table.tHead.rows[0].cells : []);
    if (table.tBodies.length !== 1 || heads.length < 2) return;
    const asGiven = Array.from(body.rows);
    const totals = asGiven.filter(function (row) { return row.classList.contains("tong"); });
    const rows = asGiven.filter(function (row) { return !totals.includes(row); });
    if (rows.length < 3) return;
    heads.forEach(function (head, column) {
      if (!head.textContent.trim()) return;
      const figures = /right/.test(head.getAttribute("style") || "") || rows.every(function (row) { return !isNaN(amount(cellText(row, column))); });
      const name = head.textContent.trim();
      const button = make("button", "sap-xep");
      button.type = "button";
      wrap(head, button);
      button.append(make("span", "mui-ten"));
      buttons.push(button);
      button.title = "Sắp xếp theo cột này";
      button.addEventListener("click", function () {
        const now = head.getAttribute("aria-sort");
        const next = now === "ascending" ? "descending" : now === "descending" ? null : "ascending";
        heads.forEach(function (one) { one.removeAttribute("aria-sort"); });
        if (next) head.setAttribute("aria-sort", next);
        const order = next ? ordered(rows, column, figures, next === "descending") : rows;
        body.append.apply(body, order.concat(totals));
        announce(next ? "Đã sắp xếp theo “" + name + "”, " + (next === "ascending" ? "tăng dần." : "giảm dần.") : "Đã trở lại thứ tự ban đầu.");
      });
    });
  }

  /* -- the bubble that shows a row or a value ------------------------------------------------------------------------ */

  const bubble = make("div", "bong");
  bubble.id = "bong-so-lieu";
  bubble.setAttribute("role", "tooltip");
  bubble.hidden = true;
  let holder = null;
  let timer = 0;

  function hide() {
    clearTimeout(timer);
    bubble.hidden = true;
    if (holder) holder.removeAttribute("aria-describedby");
    holder = null;
  }

  function hideSoon() {
    clearTimeout(timer);
    timer = setTimeout(hide, 200);
  }

  /** Below the box if there is room, else above; never outside the window. */
  function place(box) {
    bubble.hidden = false;
    const wide = document.documentElement.clientWidth;
    const left = Math.min(Math.max(8, box.left + box.width / 2 - bubble.offsetWidth / 2), wide - bubble.offsetWidth - 8);
    const below = box.bottom + 8 + bubble.offsetHeight < window.innerHeight;
    bubble.style.left = left + window.scrollX + "px";
    bubble.style.top = (below ? box.bottom + 6 : box.top - bubble.offsetHeight - 6) + window.scrollY + "px";
  }

  bubble.addEventListener("pointerenter", function () { clearTimeout(timer); });
  bubble.addEventListener("pointerleave", hideSoon);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape" && !bubble.hidden) hide(); });
  document.addEventListener("pointerdown", function (event) {
    if (!bubble.hidden && !event.target.closest(".bong, a.so-lieu, .bieu-do")) hide();
  });

  /* -- figures ------------------------------------------------------------------------------------------------------- */

  const asked = {};

  function address(key) {
    const unit = key.split(":")[1];
    return "so-cai" + (unit === "*" ? "" : "-" + unit.toLowerCase());
  }

  /** The rows come from a script of the ledger's page, loaded when first asked for. */
  function load(file) {
    asked[file] = asked[file] || new Promise(function (done) {
      const script = make("script");
      script.src = home + file + ".js";
      script.onload = script.onerror = done;
      document.head.append(script);
    });
    return asked[file];
  }

  function keysOf(link) {
    const own = decodeURIComponent(link.hash.slice(1));
    const before = link.dataset.b ? [link.dataset.b] : [];
    return (link.dataset.l ? link.dataset.l.split(" ") : [own]).concat(before);
  }

  function line(list, name, text) {
    if (!text) return;
    list.append(make("dt", "", name), make("dd", "", text));
  }

  function describe(link, keys) {
    const rows = window.baocaoSoCai || {};
    const found = keys.map(function (key) { return rows[key]; }).filter(Boolean);
    bubble.replaceChildren();
    if (!found.length) return false;
    const many = link.dataset.l;
    bubble.append(make("p", "ten", found[0][0]));
    if (many) bubble.append(make("p", "", "Số dòng của sổ cái: " + keys.length));
    if (link.dataset.b) bubble.append(make("p", "", "Hiệu của hai số trong sổ cái:"));
    (many ? found.slice(0, 3) : found).forEach(function (row) {
      const list = make("dl");
      line(list, "Của", row[1]);
      line(list, "Giá trị", row[2]);
      line(list, "Tử số / mẫu số", row[3]);
      line(list, "Ngày chốt", row[4]);
      line(list, "Phía sau", row[5]);
      bubble.append(list);
    });
    const more = make("a", "", "Xem dòng này trong sổ cái");
    more.href = link.href;
    more.tabIndex = -1;
    bubble.append(more);
    return true;
  }

  function showRow(link) {
    const keys = keysOf(link);
    const files = Array.from(new Set(keys.map(address)));
    holder = link;
    Promise.all(files.map(load)).then(function () {
      if (holder !== link || !describe(link, keys)) return;
      link.setAttribute("aria-describedby", bubble.id);
      place(link.getBoundingClientRect());
    });
  }

  function figureOf(event) {
    return event.target.closest ? event.target.closest("a.so-lieu") : null;
  }

  function wireFigures() {
    document.addEventListener("pointerover", function (event) {
      const link = figureOf(event);
      if (!link || link === holder || event.pointerType === "touch") return;
      clearTimeout(timer);
      timer = setTimeout(function () { hide(); showRow(link); }, 180);
    });
    document.addEventListener("pointerout", function (event) { if (figureOf(event)) hideSoon(); });
    document.addEventListener("focusin", function (event) {
      const link = figureOf(event);
      if (link && link.matches(":focus-visible")) { hide(); showRow(link); }
    });
    document.addEventListener("focusout", function (event) { if (figureOf(event)) hideSoon(); });
    // A finger cannot hover: the first tap shows the row, the link in it leads on.
    document.addEventListener("click", function (event) {
      const link = figureOf(event);
      if (!link || event.pointerType !== "touch") return;
      event.preventDefault();
      hide();
      showRow(link);
    });
  }

  /** In a table one figure is a stop of the Tab key; the arrow keys lead to the others. */
  function roving(table) {
    const links = Array.from(table.querySelectorAll("a.so-lieu"));
    if (links.length < 3) return;
    links.forEach(function (link, i) { link.tabIndex = i ? -1 : 0; });
    table.addEventListener("focusin", function (event) {
      const link = figureOf(event);
      if (link) links.forEach(function (one) { one.tabIndex = one === link ? 0 : -1; });
    });
    table.addEventListener("keydown", function (event) {
      const link = figureOf(event);
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!link || !step) return;
      event.preventDefault();
      const next = neighbour(link.closest("td, th"), step);
      if (next) next.focus();
    });
  }

  function neighbour(cell, step) {
    let row = cell.parentElement, column = cell.cellIndex;
    for (;;) {
      column += step[1];
      if (step[0] > 0) row = row.nextElementSibling;
      if (step[0] < 0) row = row.previousElementSibling;
      const at = row && row.cells[column];
      if (!at) return null;
      const link = at.querySelector("a.so-lieu");
      if (link) return link;
    }
  }

  /* -- charts -------------------------------------------------------------------------------------------------------- */

  function nearest(marks, x, y) {
    let best = null, least = Infinity;
    marks.forEach(function (mark) {
      const box = mark.getBoundingClientRect();
      const dx = Math.max(box.left - x, 0, x - box.right);
      const dy = Math.max(box.top - y, 0, y - box.bottom);
      const far = dx * dx + dy * dy;
      if (far < least) { least = far; best = mark; }
    });
    return best;
  }

  function wireChart(box) {
    const svg = box.querySelector("svg");
    const marks = svg ? Array.from(svg.querySelectorAll("[data-tip]")) : [];
    if (!marks.length) return;
    let current = -1;

    function show(i, spoken) {
      if (current >= 0) marks[current].classList.remove("dang-xem");
      current = i;
      hide();
      if (i < 0) return;
      const mark = marks[i];
      mark.classList.add("dang-xem");
      bubble.replaceChildren(make("p", "ten", mark.dataset.tip));
      place(mark.getBoundingClientRect());
      if (spoken) announce(mark.dataset.tip);
    }

    svg.addEventListener("pointermove", function (event) {
      const mark = nearest(marks, event.clientX, event.clientY);
      const i = marks.indexOf(mark);
      if (i !== current || bubble.hidden) show(i, false);
    });
    svg.addEventListener("pointerdown", function (event) { show(marks.indexOf(nearest(marks, event.clientX, event.clientY)), true); });
    svg.addEventListener("pointerleave", function () { show(-1); });
    box.tabIndex = 0;
    box.dataset.phim = "";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Biểu đồ, " + marks.length + " giá trị; phím mũi tên đọc từng giá trị");
    box.addEventListener("keydown", function (event) {
      const last = marks.length - 1;
      const to = { ArrowRight: current + 1, ArrowDown: current + 1, ArrowLeft: current - 1, ArrowUp: current - 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(Math.min(Math.max(to, 0), last), true);
    });
    box.addEventListener("blur", function () { show(-1); });
  }

  /* -- start --------------------------------------------------------------------------------------------------------- */

  document.body.append(live, bubble);
  document.querySelectorAll("main table").forEach(function (table) { sortable(table); roving(table); });
  wirePrinting();
  wireFigures();
  document.querySelectorAll(".bieu-do").forEach(wireChart);
})();
