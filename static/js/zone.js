// Fills in the time zone the browser says it is in.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const input of document.querySelectorAll("input[data-time-zone]")) {
    if (zone) input.value = zone;
  }
})();
