/** Keeps a textarea as tall as its text, so that it never scrolls inside itself. */
export function grow(area: HTMLTextAreaElement, _value: string) {
  const fit = () => {
    area.style.height = "auto";
    const borders = area.offsetHeight - area.clientHeight;
    if (area.scrollHeight > 0) area.style.height = `${area.scrollHeight + borders}px`;
  };
  fit();
  area.addEventListener("input", fit);
  return {
    update: () => requestAnimationFrame(fit),
    destroy: () => area.removeEventListener("input", fit),
  };
}
