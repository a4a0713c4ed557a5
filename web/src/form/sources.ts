import { api, unwrap } from '../api/client';
import { displayNames, supportedValues } from '../i18n/intl';
import { intlLocale } from '../i18n/language';
import { channelKindLabel } from '../ui/text/channel-text';
import type { ReferenceTarget } from '../ui/text/client-field';
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

export const companySource: SearchSource = {
  searchKey: 'companies',
  async search(text, signal) {
    const query = { limit: shownAtOnce, ...(text.trim() !== '' && { q: text.trim() }) };
    const { data } = await unwrap(api.GET('/v1/companies', { params: { query }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/companies/{id}', { params: { path: { id } }, signal }))).name;
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

/** Users as the audit log writes them, `user:3`; a key, which is not searched for, goes by its own text. */
export const actorSource: SearchSource = {
  searchKey: 'actors',
  search: async (text, signal) =>
    (await userSource.search(text, signal)).map(({ value, label }) => ({ value: `user:${value}`, label })),
  async read(actor, signal) {
    const [kind, id = ''] = actor.split(':');
    return kind === 'user' ? userSource.read(id, signal) : actor;
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

/** Payment terms, as lists show them: `Weekly (7/7)`. */
export const paymentTermsSource: SearchSource = {
  searchKey: 'paymentTerms',
  async search(text, signal) {
    const { data } = await unwrap(api.GET('/v1/payment-terms', { params: { query: searched(text) }, signal }));
    return data.map((terms) => ({ value: terms.id, label: termsText(terms) }));
  },
  async read(id, signal) {
    return termsText(await unwrap(api.GET('/v1/payment-terms/{id}', { params: { path: { id } }, signal })));
  },
};

const termsText = ({ name, label }: { readonly name: string; readonly label: string }): string => `${name} (${label})`;

/** Those that clients may be given. */
const taxProfileSource: SearchSource = {
  searchKey: 'taxProfiles',
  async search(text, signal) {
    const query = { ...searched(text), archived: false };
    const { data } = await unwrap(api.GET('/v1/tax-profiles', { params: { query }, signal }));
    return data.map(({ id, name, ratePercent }) => ({ value: id, label: `${name} (${ratePercent}%)` }));
  },
  async read(id, signal) {
    const { name, ratePercent } = await unwrap(api.GET('/v1/tax-profiles/{id}', { params: { path: { id } }, signal }));
    return `${name} (${ratePercent}%)`;
  },
};

const invoiceTemplateSource: SearchSource = {
  searchKey: 'invoiceTemplates',
  async search(text, signal) {
    const { data } = await unwrap(api.GET('/v1/invoice-templates', { params: { query: searched(text) }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/invoice-templates/{id}', { params: { path: { id } }, signal }))).name;
  },
};

export const rateTableSource: SearchSource = {
  searchKey: 'rateTables',
  async search(text, signal) {
    const { data } = await unwrap(api.GET('/v1/rate-tables', { params: { query: searched(text) }, signal }));
    return data.map(({ id, name, currency }) => ({ value: id, label: `${name} (${currency})` }));
  },
  async read(id, signal) {
    const { name, currency } = await unwrap(api.GET('/v1/rate-tables/{id}', { params: { path: { id } }, signal }));
    return `${name} (${currency})`;
  },
};

export const agreementSource: SearchSource = {
  searchKey: 'agreements',
  async search(text, signal) {
    const { data } = await unwrap(api.GET('/v1/agreements', { params: { query: searched(text) }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/agreements/{id}', { params: { path: { id } }, signal }))).name;
  },
};

const customerClassSource: SearchSource = {
  searchKey: 'customerClasses',
  async search(text, signal) {
    const { data } = await unwrap(api.GET('/v1/customer-classes', { params: { query: searched(text) }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/customer-classes/{id}', { params: { path: { id } }, signal }))).name;
  },
};

export const clientTemplateSource: SearchSource = {
  searchKey: 'clientTemplates',
  async search(text, signal) {
    const { data } = await unwrap(api.GET('/v1/client-templates', { params: { query: searched(text) }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/client-templates/{id}', { params: { path: { id } }, signal }))).name;
  },
};

const searched = (text: string): { limit: number; q?: string } => ({
  limit: shownAtOnce,
  ...(text.trim() !== '' && { q: text.trim() }),
});

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

/** Managers of clients, by name. */
export const managerSource: SearchSource = {
  ...resellerSource,
  searchKey: 'managers',
  async search(text, signal) {
    const query = { kind: 'manager' as const, limit: shownAtOnce, ...(text.trim() !== '' && { name: text.trim() }) };
    const { data } = await unwrap(api.GET('/v1/resellers', { params: { query }, signal }));
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
};

/** Notification channels of the reseller and its sub-resellers. */
export const channelSource: SearchSource = {
  searchKey: 'channels',
  async search(text, signal) {
    const { data } = await unwrap(api.GET('/v1/notification-channels', { params: { query: searched(text) }, signal }));
    return data.map(({ id, name, kind }) => ({ value: id, label: `${name} (${channelKindLabel(kind)})` }));
  },
  async read(id, signal) {
    return (await unwrap(api.GET('/v1/notification-channels/{id}', { params: { path: { id } }, signal }))).name;
  },
};

/** Currencies by code or name; the browser knows them all. */
export const currencySource: SearchSource = {
  searchKey: 'currencies',
  async search(text) {
    const typed = text.trim().toLocaleLowerCase();
    return supportedValues('currency')
      .map((code) => ({ value: code, label: currencyLabel(code) }))
      .filter(({ label }) => label.toLocaleLowerCase().includes(typed))
      .slice(0, shownAtOnce);
  },
  read: async (code) => currencyLabel(code),
};

function currencyLabel(code: string): string {
  return `${code} · ${displayNames(intlLocale(), { type: 'currency' }).of(code)}`;
}

/** Email templates that alarms about companies can be written with. */
export const alarmTemplateSource: SearchSource = {
  searchKey: 'alarm-templates',
  async search(text, signal) {
    const query = { kind: 'company_balance', limit: 100 } as const;
    const { data } = await unwrap(api.GET('/v1/mail-templates', { params: { query }, signal }));
    const wanted = text.trim().toLowerCase();
    return data
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map(({ id, name, locale }) => ({ value: id, label: `${name} (${locale})` }));
  },
  async read(id, signal) {
    const { name, locale } = await unwrap(api.GET('/v1/mail-templates/{id}', { params: { path: { id } }, signal }));
    return `${name} (${locale})`;
  },
};

/** Notification channels that a reseller can use: its own, and those of the resellers above it. */
export function channelSourceOf(resellerId: string): SearchSource {
  return {
    searchKey: `channels-of-${resellerId}`,
    async search(text, signal) {
      const query = { usableBy: resellerId, limit: shownAtOnce, ...(text.trim() !== '' && { q: text.trim() }) };
      const { data } = await unwrap(api.GET('/v1/notification-channels', { params: { query }, signal }));
      return data.map(({ id, name, resellerName }) => ({ value: id, label: `${name} (${resellerName})` }));
    },
    async read(id, signal) {
      return (await unwrap(api.GET('/v1/notification-channels/{id}', { params: { path: { id } }, signal }))).name;
    },
  };
}

/** Of the fields that refer to something, by what they refer to. */
export const referenceSources: Readonly<Record<ReferenceTarget, SearchSource>> = {
  reseller: resellerSource,
  manager: managerSource,
  profile: profileSource,
  payment_terms: paymentTermsSource,
  tax_profile: taxProfileSource,
  customer_class: customerClassSource,
  invoice_template: invoiceTemplateSource,
  client_template: clientTemplateSource,
  rate_table: rateTableSource,
  agreement: agreementSource,
};
