// What a reader's own colours would hide: a filled button or chip that stands out no more, or whose words do not;
// a mark or icon of the colour of the page.
() => {
  const page = getComputedStyle(document.body).backgroundColor;
  const trouble = [];
  for (const element of document.querySelectorAll(".button--main, .chip:has(:checked), .chip[aria-current]")) {
    const { backgroundColor, color, forcedColorAdjust } = getComputedStyle(element);
    // Without the last, a plate in the colour of the page is laid behind the words.
    if (backgroundColor === page || color === backgroundColor || forcedColorAdjust !== "none") trouble.push(`not filled: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const shape of document.querySelectorAll(":is(.mark, .icon, .week-picture) :is(path, circle, use, text)")) {
    const { fill, stroke } = getComputedStyle(shape);
    const drawn = [fill, stroke].filter((colour) => !["none", page].includes(colour));
    if (!drawn.length && !shape.matches(".mark-rib, use")) trouble.push(`not drawn: ${shape.outerHTML.slice(0, 120)}`);
  }
  return trouble;
}
