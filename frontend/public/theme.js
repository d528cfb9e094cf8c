// Sets the theme before the first paint, so that a dark window never flashes white. A module would come too late, and
// the Content-Security-Policy allows no inline script. lib/settings.svelte.ts writes the same key.
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('kontor.theme');
  } catch {
    // no storage: the system decides
  }
  if (theme !== 'light' && theme !== 'dark' && theme !== 'contrast') {
    var prefers = function (query) {
      return matchMedia(query).matches;
    };
    theme = prefers('(prefers-contrast: more)')
      ? 'contrast'
      : prefers('(prefers-color-scheme: dark)')
        ? 'dark'
        : 'light';
  }
  document.documentElement.dataset.theme = theme;
})();
