// Runs before the first paint. src/lib/theme.ts changes the same class later.
;(function () {
  var kept = null
  try {
    kept = localStorage.getItem('switchboard.theme')
  } catch {
    // Storage may be forbidden: then the system's theme counts.
  }
  var dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', dark)
})()
