// Runs before the first paint, as its own file since the page's policy allows no inline script. app/theme.ts writes the choice.
(function () {
  var choice = 'system';
  try {
    choice = localStorage.getItem('editloom-theme') || 'system';
  } catch {
    // Storage may be forbidden: the system's theme will do.
  }
  var light = choice === 'light' || (choice !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
  // The policy allows no code from texts; zod would try all the same, and be reported.
  window.__zod_globalConfig = { jitless: true };
})();
