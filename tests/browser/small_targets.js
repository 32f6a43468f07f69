// What can be tapped and is smaller than `size` pixels, in words. A link inside a sentence may be.
// A field that lies in its label is as large as the label. What is drawn outside of the element's own box, such as a
// link that fills its card, counts when a tap there reaches the element.
(size) => {
  const TAPPED = "a[href], button, input:not([type=hidden]), select, textarea, summary, label.chip, label.check";
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, .skip");
  const inSentence = (element) =>
    element.matches("a") &&
    getComputedStyle(element).display === "inline" &&
    element.parentElement.textContent.trim().length > element.textContent.trim().length;
  const target = (element) => (element.matches("input") && element.closest("label")) || element;

  const reaches = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.closest("label") === element);
  };
  const isLarge = (element) => {
    const box = element.getBoundingClientRect();
    // Whole pixels: layout rounds.
    if (Math.round(box.width) >= size && Math.round(box.height) >= size) return true;
    element.scrollIntoView({ block: "center" });
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y, half] = [left + width / 2, top + height / 2, size / 2 - 1];
    const right = width >= size ? 0 : half;
    return [[right, half], [-right, half], [right, -half], [-right, -half]].every(([dx, dy]) => reaches(element, x + dx, y + dy));
  };

  const targets = new Set([...document.querySelectorAll(TAPPED)].map(target));
  return [...targets]
    .filter((element) => seen(element) && !inSentence(element) && !isLarge(element))
    .map((element) => {
      const { width, height } = element.getBoundingClientRect();
      return `${Math.round(width)} x ${Math.round(height)}: ${element.outerHTML.slice(0, 200)}`;
    });
}
