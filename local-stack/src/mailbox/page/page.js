// The page of the mailbox. It asks the server every two seconds for what is new; nothing else is kept anywhere.
'use strict';

const pollMs = 2000;
const views = ['html', 'text', 'headers', 'source'];

const state = {
  /** newest first */
  mails: [],
  loaded: false,
  smtpUrl: '',
  query: '',
  chosen: location.hash.slice(1) || null,
  view: 'html',
  read: new Set(),
  /** those that were there when the page was opened are not new */
  newSince: null,
};

const by = (id) => document.getElementById(id);

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// ---- what is new

async function poll() {
  try {
    const newest = state.mails[0]?.id ?? '';
    const response = await fetch(`/api/summary?after=${newest}`);
    if (!response.ok) throw new Error(String(response.status));
    take(await response.json());
    by('lost').hidden = true;
  } catch {
    by('lost').hidden = false;
  }
  setTimeout(poll, document.hidden ? pollMs * 4 : pollMs);
}

function take({ smtpUrl, oldest, newest, messages }) {
  const wasCleared = state.mails.length > 0 && (newest === null || newest < state.mails[0].id);
  const kept = wasCleared ? [] : state.mails.filter(({ id }) => id >= (oldest ?? ''));
  const isNew = messages.length > 0 || kept.length !== state.mails.length || !state.loaded;
  state.newSince ??= newest ?? '';
  state.smtpUrl = smtpUrl;
  state.mails = [...messages.reverse(), ...kept];
  const first = !state.loaded;
  state.loaded = true;
  if (isNew) showList();
  if (first && state.chosen) choose(state.chosen, false);
  if (state.chosen && !state.mails.some(({ id }) => id === state.chosen)) choose(null, false);
}

// ---- the list

function found() {
  const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
  return state.mails.filter(({ to, from, fromName, subject, preview }) => {
    const text = [...to, from, fromName, subject, preview].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function showList() {
  const mails = found();
  by('smtp').textContent = state.smtpUrl;
  by('mails').replaceChildren(...mails.map(row));
  by('clear').disabled = state.mails.length === 0;
  by('count').textContent = state.query
    ? `${mails.length} of ${state.mails.length} mails`
    : `${state.mails.length} ${state.mails.length === 1 ? 'mail' : 'mails'}`;
  const fresh = state.mails.filter(isUnread).length;
  document.title = fresh > 0 ? `(${fresh}) Mailbox` : 'Mailbox';
  showEmpty(mails.length);
}

function isUnread({ id }) {
  return id > state.newSince && !state.read.has(id);
}

function row(mail) {
  const item = element('li');
  const button = element('button', isUnread(mail) ? 'row unread' : 'row');
  button.type = 'button';
  button.dataset.id = mail.id;
  if (mail.id === state.chosen) button.setAttribute('aria-current', 'true');
  const when = element('time', 'when', shortTime(new Date(mail.receivedAt)));
  when.dateTime = mail.receivedAt;
  when.title = new Date(mail.receivedAt).toLocaleString();
  button.append(
    element('span', 'to', mail.to.join(', ')),
    when,
    element('span', 'what', mail.subject || '(no subject)'),
    element('span', 'preview', mail.preview),
  );
  button.addEventListener('click', () => choose(mail.id, true));
  item.append(button);
  return item;
}

function shortTime(date) {
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
    : date.toLocaleDateString([], { day: 'numeric', month: 'short' });
}

function showEmpty(shown) {
  by('empty').hidden = state.chosen !== null;
  by('empty').classList.toggle('first', shown === 0);
  const [title, text] = emptyWords(shown);
  by('empty-title').textContent = title;
  by('empty-text').textContent = text;
}

function emptyWords(shown) {
  if (!state.loaded) return ['', ''];
  if (state.mails.length === 0) return ['No mail yet', `Whatever is sent to ${state.smtpUrl} appears here by itself.`];
  if (shown === 0) return ['Nothing found', 'No mail has all of these words in its addresses, subject or beginning.'];
  return ['Choose a mail', 'The newest stand on top; new ones appear by themselves.'];
}

// ---- one mail

async function choose(id, byPerson) {
  state.chosen = id;
  history.replaceState(null, '', id ? `#${id}` : location.pathname);
  document.body.classList.toggle('reading', id !== null);
  by('mail').hidden = id === null;
  if (id) state.read.add(id);
  showList();
  document.querySelector('.row[aria-current]')?.scrollIntoView({ block: 'nearest' });
  if (!id) return;
  const response = await fetch(`/api/messages/${encodeURIComponent(id)}`).catch(() => null);
  if (state.chosen !== id) return;
  if (!response?.ok) return choose(null, byPerson);
  showMail(await response.json());
}

function showMail(mail) {
  state.mail = mail;
  by('subject').textContent = mail.subject || '(no subject)';
  by('from').textContent = mail.fromName ? `${mail.fromName} <${mail.from}>` : mail.from;
  by('to').textContent = mail.to.join(', ');
  by('date').textContent = new Date(mail.date).toLocaleString([], { dateStyle: 'full', timeStyle: 'long' });
  by('download').href = `/api/messages/${mail.id}/eml`;
  showView(state.view);
}

async function showView(view) {
  state.view = view;
  const { mail } = state;
  for (const tab of document.querySelectorAll('[role=tab]')) {
    tab.setAttribute('aria-selected', String(tab.dataset.view === view));
    tab.tabIndex = tab.dataset.view === view ? 0 : -1;
  }
  by('view').setAttribute('aria-labelledby', `tab-${view}`);
  if (mail) by('view').replaceChildren(await viewOf(mail, view));
}

async function viewOf(mail, view) {
  // a mail client shows the text of a mail that has nothing else
  if (view === 'html' && mail.html) return frame(mail);
  if (view === 'html' || view === 'text')
    return mail.text ? element('pre', '', mail.text) : element('p', 'none', 'This mail has no text part.');
  if (view === 'headers') return headerTable(mail.headers);
  const response = await fetch(`/api/messages/${mail.id}/source`);
  return element('pre', '', response.ok ? await response.text() : 'The source could not be read.');
}

function frame(mail) {
  const made = element('iframe');
  made.title = 'The mail as a mail client shows it';
  made.sandbox = 'allow-popups allow-popups-to-escape-sandbox';
  made.src = `/messages/${mail.id}/html`;
  return made;
}

function headerTable(headers) {
  const table = element('table');
  for (const { name, value } of headers) {
    const line = element('tr');
    const head = element('th', '', name);
    head.scope = 'row';
    line.append(head, element('td', '', value));
    table.append(line);
  }
  return table;
}

// ---- what a person does

function move(step) {
  const mails = found();
  const index = mails.findIndex(({ id }) => id === state.chosen);
  const next = index < 0 ? mails[0] : mails[index + step];
  if (next) choose(next.id, true);
}

async function clear() {
  if (!confirm(`Delete all ${state.mails.length} mails of this mailbox?`)) return;
  await fetch('/api/messages', { method: 'DELETE' });
  state.mails = [];
  choose(null, true);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === by('search')) {
    if (event.key === 'Escape') by('search').blur();
    return;
  }
  const view = views[Number(event.key) - 1];
  if (event.key === 'j') move(1);
  else if (event.key === 'k') move(-1);
  else if (event.key === 'Escape') choose(null, true);
  else if (view && state.chosen) showView(view);
  else if (event.key === '/') {
    event.preventDefault();
    by('search').focus();
  }
}

function onTabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const view = views[(views.indexOf(state.view) + step + views.length) % views.length];
  showView(view);
  by(`tab-${view}`).focus();
}

document.addEventListener('keydown', onKey);
by('search').addEventListener('input', (event) => {
  state.query = event.target.value;
  showList();
});
by('clear').addEventListener('click', clear);
by('back').addEventListener('click', () => choose(null, true));
for (const tab of document.querySelectorAll('[role=tab]')) {
  tab.addEventListener('click', () => showView(tab.dataset.view));
  tab.addEventListener('keydown', onTabKey);
}
window.addEventListener('hashchange', () => choose(location.hash.slice(1) || null, true));
poll();
