// Words broken in the middle because the room is too narrow; one of more letters than `longest` may be, as an address may.
(longest) => {
  const UNSEEN = "script, style, .visually-hidden, .skip, option, textarea";
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const within = text.parentElement;
    if (!within.checkVisibility() || within.closest(UNSEEN)) continue;
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}@.]+/gu)) {
      if (word.length > longest) continue;
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) broken.push(`${word} in ${within.outerHTML.slice(0, 120)}`);
    }
  }
  return broken;
}
