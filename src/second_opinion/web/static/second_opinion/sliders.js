// Shows the value of a slider beside it while it moves. Without this file the page still works.
document.addEventListener("input", (event) => {
  const slider = event.target;
  if (slider.type !== "range") return;
  const shown = document.querySelector(`output[for="${slider.id}"]`);
  if (shown) shown.textContent = Number(slider.value).toLocaleString(document.documentElement.lang);
});
