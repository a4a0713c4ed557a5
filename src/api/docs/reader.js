// The reader of the API's document: its colors, and in whose name it tries a call.
'use strict';

const explorer = document.querySelector('openapi-explorer');
const callerLine = document.getElementById('caller');

/** As the web page was set to, else as the system is. */
function followTheme() {
  const darkSystem = matchMedia('(prefers-color-scheme: dark)');
  const set = () => {
    const chosen = savedTheme();
    const isDark = chosen === 'dark' || (chosen !== 'light' && darkSystem.matches);
    document.documentElement.classList.toggle('dark', isDark);
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  };
  set();
  darkSystem.addEventListener('change', set);
  addEventListener('storage', set);
}

function savedTheme() {
  try {
    return localStorage.getItem('mantine-color-scheme-value');
  } catch {
    return null;
  }
}

let csrfToken = null;

/** A user who is logged in tries calls in the own session; everyone else needs a key. */
async function findCaller() {
  const response = await fetch('/v1/session', { headers: { accept: 'application/json' } }).catch(() => null);
  const session = response?.ok ? await response.json() : null;
  csrfToken = session?.csrfToken ?? null;
  callerLine.replaceChildren(...(session ? [sessionText(session)] : [keyText(), loginLink()]));
}

const sessionText = ({ user }) =>
  `Calls are made as ${user.name}, on real data. With an API key under Authentication: as that key.`;
const keyText = () => 'To try a call, enter an API key under Authentication, or ';

function loginLink() {
  const link = document.createElement('a');
  link.href = `/login?next=${encodeURIComponent('/developers?tab=docs')}`;
  link.textContent = 'log in';
  return link;
}

/** A key speaks for itself; the session needs its token for every change. */
explorer.addEventListener('before-try', ({ detail: { request } }) => {
  const headers = request.headers instanceof Headers ? request.headers : new Headers(request.headers);
  if (headers.has('authorization')) request.credentials = 'omit';
  else if (csrfToken !== null && request.method?.toUpperCase() !== 'GET') headers.set('x-csrf-token', csrfToken);
  request.headers = headers;
});

async function loadDocument() {
  const response = await fetch('/docs/openapi.json');
  if (!response.ok) throw new Error(`The document answers with HTTP ${response.status}.`);
  const apiDocument = await response.json();
  await customElements.whenDefined('openapi-explorer');
  explorer.shadowRoot.adoptedStyleSheets = [...explorer.shadowRoot.adoptedStyleSheets, ownStyle()];
  await explorer.loadSpec(apiDocument);
}

/** Links within text are known by more than their color. */
function ownStyle() {
  const style = new CSSStyleSheet();
  style.replaceSync('p a, li a, td a { text-decoration: underline; }');
  return style;
}

followTheme();
void findCaller();
// Another tab may have logged in or out.
addEventListener('focus', () => void findCaller());
loadDocument().catch((error) => {
  const line = document.createElement('p');
  line.className = 'loading';
  line.setAttribute('role', 'alert');
  line.textContent = `The documentation could not be loaded: ${error.message} Reload the page, or open /openapi.json.`;
  explorer.replaceWith(line);
});
