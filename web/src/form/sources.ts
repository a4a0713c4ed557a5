import { api, unwrap } from '../api/client';
import { intlLocale } from '../i18n/language';
import type { SearchSource } from './inputs/use-options';

/** Where pickers and reference filters find what they offer. */

const shownAtOnce = 20;

export const clientSource: SearchSource = {
  searchKey: 'clients',
  async search(text, signal) {
    if (text.trim() === '') {
      const { data } = await unwrap(api.GET('/v1/clients', { params: { query: { limit: shownAtOnce } }, signal }));
      return data.map(({ id, name }) => ({ value: id, label: name }));
    }
    const { clients } = await unwrap(api.GET('/v1/search', { params: { query: { q: text } }, signal }));
    return clients.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/clients/{id}', { params: { path: { id } }, signal }))).name;
  },
};

export const userSource: SearchSource = {
  searchKey: 'users',
  async search(text, signal) {
    const query = { limit: shownAtOnce, ...(text.trim() !== '' && { name: text.trim() }) };
    const { data } = await unwrap(api.GET('/v1/users', { params: { query }, signal }));
    return data.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }));
  },
  async read(id, signal) {
    const { name, email } = await unwrap(api.GET('/v1/users/{id}', { params: { path: { id } }, signal }));
    return `${name} (${email})`;
  },
};

export const profileSource: SearchSource = {
  searchKey: 'profiles',
  async search(text, signal) {
    const query = { limit: shownAtOnce, ...(text.trim() !== '' && { name: text.trim() }) };
    const { data } = await unwrap(api.GET('/v1/profiles', { params: { query }, signal }));
    return data.map(({ id, name, currency }) => ({ value: id, label: `${name} (${currency})` }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/profiles/{id}', { params: { path: { id } }, signal }))).name;
  },
};

export const resellerSource: SearchSource = {
  searchKey: 'resellers',
  async search(text, signal) {
    const query = { limit: shownAtOnce, ...(text.trim() !== '' && { name: text.trim() }) };
    const { data } = await unwrap(api.GET('/v1/resellers', { params: { query }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/resellers/{id}', { params: { path: { id } }, signal }))).name;
  },
};

/** Currencies by code or name; the browser knows them all. */
export const currencySource: SearchSource = {
  searchKey: 'currencies',
  async search(text) {
    const typed = text.trim().toLocaleLowerCase();
    return Intl.supportedValuesOf('currency')
      .map((code) => ({ value: code, label: currencyLabel(code) }))
      .filter(({ label }) => label.toLocaleLowerCase().includes(typed))
      .slice(0, shownAtOnce);
  },
  read: async (code) => currencyLabel(code),
};

function currencyLabel(code: string): string {
  return `${code} · ${new Intl.DisplayNames(intlLocale(), { type: 'currency' }).of(code) ?? code}`;
}
