const table = document.getElementById("questions"), body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
heads.forEach((head, n) => head.firstChild.addEventListener("click", () => {
  const down = head.getAttribute("aria-sort") === "ascending";
  heads.forEach(other => other.setAttribute("aria-sort", "none"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const numeric = head.classList.contains("num");
  const key = row => numeric ? parseFloat(row.cells[n].textContent) || 0 : row.cells[n].textContent;
  const order = (a, b) => numeric ? key(a) - key(b) : key(a).localeCompare(key(b));
  body.append(...[...body.rows].sort((a, b) => down ? order(b, a) : order(a, b)));
}));
const filters = [...document.querySelectorAll("[data-show]")];
filters.forEach(button => button.addEventListener("click", () => {
  filters.forEach(other => other.setAttribute("aria-pressed", other === button));
  for (const row of body.rows)
    row.hidden = button.dataset.show && row.dataset.verdict !== button.dataset.show;
}));
