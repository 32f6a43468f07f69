// What stands outside of the window sideways, or is cut off by its own box, in words.
// A page may be longer than the window and never wider; what is there for screen readers alone is left apart.
() => {
  const UNSEEN = ".visually-hidden, .skip, svg *, option, [hidden]";
  const outside = ({ left, right }) => right > innerWidth + 1 || left < -1;
  const cut = (element) =>
    getComputedStyle(element).overflowX !== "visible" &&
    !element.matches("input, select, textarea, html, body") &&
    element.scrollWidth > element.clientWidth + 1;
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && !element.closest(UNSEEN))
    .filter((element) => outside(element.getBoundingClientRect()) || cut(element))
    .map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return `${Math.round(left)} to ${Math.round(right)}: ${element.outerHTML.slice(0, 120)}`;
    });
}
