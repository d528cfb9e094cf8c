// Takes away from the page what Wails' runtime offers beyond bound methods and events: opening addresses, reading the
// clipboard, moving the window, ending the program. It comes before every other script of the page. On Linux the window
// looks at each message itself (internal/host/window/wall.go); where it cannot, this is what keeps a script from it.
(function () {
  var runtime = window.runtime;
  var invoke = window.WailsInvoke;
  if (!runtime || !invoke) return; // a plain browser
  var kept = {};
  ['EventsOn', 'EventsOnce', 'EventsOnMultiple', 'EventsEmit', 'EventsOff'].forEach(function (name) {
    kept[name] = runtime[name];
  });
  function passes(message) {
    if (message === 'DomReady' || message === 'runtime:ready' || message.slice(0, 2) === 'EX') return true;
    var event = message.slice(0, 2) === 'EE';
    if (!event && message[0] !== 'C') return false;
    try {
      var name = JSON.parse(message.slice(event ? 2 : 1)).name;
      return event ? name.indexOf('window:') === 0 : name[0] !== ':';
    } catch {
      return false;
    }
  }
  Object.defineProperty(window, 'runtime', { value: Object.freeze(kept) });
  Object.defineProperty(window, 'WailsInvoke', {
    value: function (message) {
      if (passes(String(message))) invoke(String(message));
    },
  });
})();
