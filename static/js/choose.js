// Choose every box of a list at once. Without it each is chosen by itself.
for (const all of document.querySelectorAll("[data-choose-all]")) {
  const form = all.closest("form");
  const boxes = () => [...form.elements].filter((field) => field.name === all.dataset.chooseAll);
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
  });
}
