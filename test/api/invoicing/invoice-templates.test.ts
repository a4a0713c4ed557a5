import { answerFault } from '../../support/api/published-document.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { sampleJpeg, samplePng } from '../../support/invoicing/images.js';
import { invoicesClient } from '../../support/invoicing/invoices-api.js';
import { pdfText } from '../../support/invoicing/pdf-text.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let count = 0;
function create(fields: object = {}): Promise<Reply> {
  count += 1;
  return api.post('/v1/invoice-templates', { name: `Template ${count}`, language: 'en', ...fields });
}
const change = (id: string, fields: object): Promise<Reply> =>
  api.call('PATCH', `/v1/invoice-templates/${id}`, fields, { headers: { 'If-Match': '*' } });

/** The bytes of an answer that is no text. */
async function bytesOf(path: string, body?: object): Promise<Buffer> {
  const method = body ? 'POST' : 'GET';
  const reply = await fetch(`${api.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${api.key}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const contentType = reply.headers.get('content-type') ?? '';
  expect(answerFault(method, path, { status: reply.status, contentType, body: null })).toBeNull();
  expect(reply.status).toBe(200);
  return Buffer.from(await reply.arrayBuffer());
}

test('a template has a language, columns, texts, and a logo', async () => {
  const logo = samplePng();
  const made = await create({
    columns: ['description', 'entries', 'amount'],
    sellerDetails: 'Main Street 1\r\nKyiv',
    notes: 'Thank you',
    subject: 'Invoice ${invoice.no}',
    logo: logo.toString('base64'),
  });
  expect(made).toHaveStatus(201);
  expect(made.body).toMatchObject({
    ...{ language: 'en', columns: ['description', 'entries', 'amount'], sellerDetails: 'Main Street 1\nKyiv' },
    ...{ notes: 'Thank you', subject: 'Invoice ${invoice.no}', clients: 0, version: 1 },
    logo: { mediaType: 'image/png', width: 40, height: 20, bytes: logo.length },
  });
  const { id } = made.body;
  expect((await api.get(`/v1/invoice-templates/${id}`)).body).toEqual(made.body);
  expect((await bytesOf(`/v1/invoice-templates/${id}/logo`)).equals(logo)).toBe(true);
  const renamed = await change(id, { name: `Renamed ${id}`, subject: null });
  expect(renamed.body).toMatchObject({ subject: null, version: 2, logo: { width: 40 } });
  const other = await change(id, { logo: sampleJpeg.toString('base64') });
  expect(other.body.logo).toMatchObject({ mediaType: 'image/jpeg', width: 1, height: 1 });
  expect((await change(id, { logo: null })).body.logo).toBeNull();
  expect(await api.get(`/v1/invoice-templates/${id}/logo`)).toBeProblem(404, 'not_found');
});

const base64 = (content: Buffer | string): string => Buffer.from(content).toString('base64');
test.each<[string, object, string]>([
  ['an SVG', { logo: base64('<svg xmlns="http://www.w3.org/2000/svg"/>') }, '#/logo'],
  ['a script', { logo: base64('#!/bin/sh\nexit\n') }, '#/logo'],
  ['a PNG in name only', { logo: base64(samplePng().subarray(0, 40)) }, '#/logo'],
  ['a PNG with more behind it', { logo: base64(Buffer.concat([samplePng(), Buffer.from('<?php')])) }, '#/logo'],
  ['a PNG of too many pixels', { logo: base64(samplePng({ width: 1501, height: 1 })) }, '#/logo'],
  [
    'a PNG that unpacks to more than it says',
    { logo: base64(samplePng({ pixels: Buffer.alloc(20_000_000) })) },
    '#/logo',
  ],
  ['a PNG with too few pixels', { logo: base64(samplePng({ pixels: Buffer.alloc(7) })) }, '#/logo'],
  ['half a JPEG', { logo: base64(sampleJpeg.subarray(0, 60)) }, '#/logo'],
  ['a logo of more than 256 kB', { logo: base64(Buffer.alloc(262_147)) }, '#/logo'],
  ['no base64', { logo: 'data:image/png;base64,AAAA' }, '#/logo'],
  ['a column that is not there', { columns: ['description', 'amount', 'vat'] }, '#/columns/2'],
  ['no amount', { columns: ['description'] }, '#/columns'],
  ['a column twice', { columns: ['description', 'amount', 'amount'] }, '#/columns'],
  ['another language', { language: 'de' }, '#/language'],
  ['an unknown variable in the subject', { subject: '${invoice.secret}' }, '#/subject'],
  ['a name that is too long', { name: 'x'.repeat(65) }, '#/name'],
])('%s is refused', async (_, fields, pointer) => {
  const before = await api.sql`select count(*)::int from invoice_templates`;
  expect(await create(fields)).toBeProblem(400, 'invalid', pointer);
  expect(await api.sql`select count(*)::int from invoice_templates`).toEqual(before);
});

test('a preview shows what is not saved, and of a saved one what is changed', async () => {
  const fresh = pdfText(
    await bytesOf('/v1/invoice-templates/preview', {
      ...{ language: 'uk', columns: ['position', 'description', 'period', 'entries', 'amount'], notes: 'Дякуємо' },
      ...{ sellerDetails: 'вул. Ґонти, 2', logo: samplePng().toString('base64') },
    }),
  );
  for (const part of ['Рахунок', '№ INV-000042', 'Client A', 'Дякуємо', 'вул. Ґонти, 2', '119,00 USD']) {
    expect(fresh).toContain(part);
  }
  const { body } = await create({ notes: 'Saved notes', sellerDetails: 'Saved details', logo: base64(samplePng()) });
  const changed = pdfText(await bytesOf('/v1/invoice-templates/preview', { templateId: body.id, notes: 'New notes' }));
  expect(changed).toContain('New notes');
  expect(changed).toContain('Saved details');
  expect(changed).not.toContain('Saved notes');
  const refused = await api.post('/v1/invoice-templates/preview', { templateId: '999999' });
  expect(refused).toBeProblem(404, 'not_found', '#/templateId');
});

test('clients of sub-resellers use it, those of others do not, and it is not deleted while one does', async () => {
  const reseller = await api.reseller('Below');
  const { body } = await create();
  const made = await api.post('/v1/clients', {
    ...{ name: 'Acme', currency: 'USD', resellerId: reseller, invoiceTemplateId: body.id },
  });
  expect(made.body).toMatchObject({ invoiceTemplateId: body.id, invoiceTemplateName: body.name });
  const { body: below } = await create({ resellerId: reseller });
  const refused = await api.post('/v1/clients', { name: 'Other', currency: 'USD', invoiceTemplateId: below.id });
  expect(refused).toBeProblem(409, 'conflict', '#/invoiceTemplateId');
  const remove = (): Promise<Reply> =>
    api.call('DELETE', `/v1/invoice-templates/${body.id}`, undefined, { headers: { 'If-Match': '*' } });
  expect(await remove()).toBeProblem(409, 'in_use');
  await api.call('PATCH', `/v1/clients/${made.body.id}`, { invoiceTemplateId: null }, { headers: { 'If-Match': '*' } });
  expect(await remove()).toHaveStatus(204);
});

test('an issued invoice keeps what its template, client, and reseller said', async () => {
  const { body: template } = await create({
    ...{ language: 'uk', notes: 'First notes', sellerDetails: 'First street', logo: base64(samplePng()) },
  });
  const client = await invoicesClient(api, {
    ...{ invoiceTemplateId: template.id, companyName: 'Acme Ltd', address: 'Side Street 2', taxId: 'T-7' },
  });
  const id = await client.issue('12.50');
  const before = await bytesOf(`/v1/invoices/${id}/pdf`);
  const text = pdfText(before);
  for (const part of ['Рахунок', 'First notes', 'First street', 'Acme Ltd', 'Side Street 2', 'T-7', '12,50 USD']) {
    expect(text).toContain(part);
  }
  await change(template.id, { language: 'en', notes: 'Second notes', logo: null });
  await api.call('PATCH', `/v1/clients/${client.id}`, { companyName: 'Other' }, { headers: { 'If-Match': '*' } });
  expect((await bytesOf(`/v1/invoices/${id}/pdf`)).equals(before)).toBe(true);
});

test('a draft has no PDF, a void invoice is stamped, a credit note names its invoice', async () => {
  const client = await invoicesClient(api);
  const id = await client.issue('10.00');
  const { body: invoice } = await api.get(`/v1/invoices/${id}`);
  const note = await api.post(`/v1/invoices/${id}/credit-notes`, {
    id: 'n-1',
    amount: '1.00',
    description: 'Goodwill',
  });
  const noteText = pdfText(await bytesOf(`/v1/invoices/${note.body.id}/pdf`));
  for (const part of ['Credit note', invoice.no, 'Goodwill', '1.00 USD']) expect(noteText).toContain(part);
  const second = await client.issue('5.00');
  expect(pdfText(await bytesOf(`/v1/invoices/${second}/pdf`))).not.toContain('VOID');
  const voided = await api.post(`/v1/invoices/${second}/void`, { reason: 'wrong rate', lines: 'next' });
  expect(voided).toHaveStatus(200);
  expect(pdfText(await bytesOf(`/v1/invoices/${second}/pdf`))).toContain('VOID');
  const draft = await client.invoice();
  expect(await api.get(`/v1/invoices/${draft.body.id}/pdf`)).toBeProblem(409, 'invoice_state', '#/path/id');
  expect(await api.get('/v1/invoices/999999/pdf')).toBeProblem(404, 'not_found', '#/path/id');
});
