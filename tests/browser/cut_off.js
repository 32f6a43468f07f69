// What stands outside of the window sideways, or is cut off by its own box, in words.
// A page may be longer than the window and never wider; what is there for screen readers alone is left apart.
() => {
  // On the editors' pages a wide table scrolls in a box of its own, and its head may be for screen readers alone.
  const UNSEEN = ".visually-hidden, .skip, .skip-to-content-link, svg *, option, [hidden], .results *, .words-wide *, #change-history thead, .words-table--fits thead";
  // A field may hold more than it shows, and the bar with "Save" reaches beyond its form to the edge of the window.
  const ROOMY = "input, textarea, form:has(> .savebar), .results, .words-wide, .colMS";
  const outside = ({ left, right }) => right > innerWidth + 1 || left < -1;
  // A box that something runs out of, whether what runs out is hidden or lies over its neighbour.
  const cut = (element) => element.clientWidth && element.scrollWidth > element.clientWidth + 1 && !element.matches(ROOMY);
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && !element.closest(UNSEEN))
    .filter((element) => outside(element.getBoundingClientRect()) || cut(element))
    .map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return `${Math.round(left)} to ${Math.round(right)}: ${element.outerHTML.slice(0, 120)}`;
    });
}
