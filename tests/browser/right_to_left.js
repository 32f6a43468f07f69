// The page as it would be in a language that runs from right to left, in letters that do.
() => {
  const LETTERS = "אבגדהוזחטיכלמנסעפצקרשתךםןף";
  Object.assign(document.documentElement, { dir: "rtl", lang: "he" });
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest("script, style")) continue;
    text.data = text.data.replace(/[a-z]/gi, (letter) => LETTERS[letter.toLowerCase().charCodeAt(0) - 97]);
  }
}
