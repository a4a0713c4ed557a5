// Runs within the document before anything else is fetched: the colors and the heading of the shell, and the first reads.
// TEXTS is put in by vite.config.ts from the dictionaries.
(function (texts) {
  'use strict';
  var root = document.documentElement;
  var saved = function (key) {
    try {
      return localStorage.getItem(key);
    } catch (_) {
      return null;
    }
  };
  var scheme = saved('mantine-color-scheme-value');
  var isDark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  if (isDark) root.classList.add('sk-dark');
  root.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');

  var languages = [].concat(saved('lowwater.language'), navigator.languages || navigator.language).map(String);
  var language = languages
    .map(function (tag) {
      return tag.slice(0, 2);
    })
    .filter(function (tag) {
      return Object.prototype.hasOwnProperty.call(texts, tag);
    })[0];
  var text = texts[language] || texts.en;

  var path = location.pathname;
  var isOut = /^\/(login|forgot-password|set-password)(\/|$)/.test(path);
  if (isOut) root.classList.add('sk-out');
  var name = path === '/' ? 'overview' : path.slice(1);
  var heading = document.querySelector('.sk h1');
  if (!isOut && Object.prototype.hasOwnProperty.call(text.headings, name)) heading.textContent = text.headings[name];
  document.querySelector('.sk-main').setAttribute('aria-label', text.loading);

  var reads = {};
  window.lowwater = { reads: reads, fail: fail };
  // Both are needed before a page shows; they travel while the code does. An answer that no page takes would stay open:
  // pages of links from emails ask for neither.
  if (!isOut || path === '/login') read('/v1/session');
  if (!isOut && saved('lowwater.session') === 'begun') read('/v1/meta');

  function read(address) {
    reads[address] = fetch(address, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    // Who takes the answer deals with its failure.
    reads[address].catch(function () {});
  }

  // A script that does not arrive says so on its element only.
  addEventListener(
    'error',
    function (event) {
      var target = event.target;
      if (target && target.tagName === 'SCRIPT') fail(target.src);
    },
    true,
  );

  /** The page did not start: nothing of it is there to say so. */
  function fail(detail) {
    var place = document.getElementById('root');
    if (!place || !place.querySelector('[data-skeleton]')) return;
    var frame = add('main', '');
    frame.className = 'sk-failed';
    frame.setAttribute('role', 'alert');
    frame.append(add('h1', text.failed), add('p', text.failedText), add('pre', String(detail)));
    frame.append(
      button(text.reload, function () {
        location.reload();
      }),
    );
    place.replaceChildren(frame);
  }

  function add(tag, content) {
    var made = document.createElement(tag);
    made.textContent = content;
    return made;
  }

  function button(label, run) {
    var made = add('button', label);
    made.type = 'button';
    made.addEventListener('click', run);
    return made;
  }
})(TEXTS);
