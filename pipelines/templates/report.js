// Filter and sort for the longer tables. The page says everything without this.
(() => {
  "use strict";
  const LONG = 8;
  const plain = (cell) => cell.textContent.trim().toLocaleLowerCase("en-GB");

  // A part of the page that does not scroll sideways need not stop the Tab key.
  const settle = () => {
    for (const box of document.querySelectorAll(".scroll, .award div")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  const sortBy = (table, index, button) => {
    const head = button.closest("th");
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const figures = head.classList.contains("figure");
    const said = (row) => row.cells[index].dataset.sort ?? plain(row.cells[index]);
    const value = (row) => figures ? Number(said(row).replaceAll(",", "")) : said(row);
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [value(row), row]);
    const compare = figures ? (a, b) => a - b : new Intl.Collator("en-GB", { numeric: true }).compare;
    rows.sort((a, b) => (up ? 1 : -1) * compare(a[0], b[0]));
    body.append(...rows.map(([, row]) => row));
  };

  const addSort = (table) => {
    [...table.tHead.rows[0].cells].forEach((cell, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = cell.textContent;
      button.addEventListener("click", () => sortBy(table, index, button));
      cell.replaceChildren(button);
    });
  };

  const filterOver = (before, words, parts) => {
    const label = document.createElement("label");
    label.className = "filter";
    const input = document.createElement("input");
    input.type = "search";
    input.autocomplete = "off";
    const told = document.createElement("output");
    label.append(words, input, told);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLocaleLowerCase("en-GB");
      let left = 0;
      for (const part of parts) {
        part.hidden = wanted !== "" && !plain(part).includes(wanted);
        if (!part.hidden) left += 1;
      }
      told.value = wanted === "" ? "" : `${left} of ${parts.length}`;
    });
    before.before(label);
  };

  for (const box of document.querySelectorAll(".scroll")) {
    const table = box.querySelector("table");
    if (table.classList.contains("lines") || table.tBodies.length !== 1 || table.tBodies[0].rows.length < LONG) continue;
    addSort(table);
    filterOver(box, "Show only rows with", [...table.tBodies[0].rows]);
  }
  const students = [...document.querySelectorAll(".student")];
  if (students.length >= LONG) filterOver(students[0], "Show only students with", students);

  // What a finding rests on is printed, whether or not it was opened on the screen.
  addEventListener("beforeprint", () => {
    for (const line of document.querySelectorAll("#codes td details")) line.open = true;
  });

  addEventListener("resize", settle);
  settle();
})();
