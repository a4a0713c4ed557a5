/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from '../support/render-page';
import { fakeApi, pageOf } from '../support/fake-api';
import { screen } from '@testing-library/react';
import InvoicingRunsPage from '../../../web/src/pages/invoicing/runs';
import ReportsPage from '../../../web/src/pages/reports';

const upcoming = {
  ...{ id: '7', clientName: 'Acme Telecom', resellerId: '1', resellerName: 'Company', currency: 'USD' },
  ...{ timezone: 'Europe/Kyiv', paymentTerms: '7/7', lastInvoicedAt: null, due: true, jobId: null },
  nextInvoiceAt: '2026-03-08T04:00:00Z',
};
const rights = ['listUpcomingInvoices', 'listJobs', 'createInvoice', 'readSummaryReport'];

test('the page of invoicing runs begins with the clients that are due', async () => {
  fakeApi(
    {
      'GET /v1/upcoming-invoices': () => pageOf([upcoming]),
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
  renderPage(<InvoicingRunsPage />, { address: '/' });
  const row = (await screen.findByText('Acme Telecom')).closest('tr');
  expect(row).toHaveTextContent('7/7');
  expect(row).toHaveTextContent('Due. The next run starts within 5 minutes.');
  expect(row).toHaveTextContent('never');
});

test('the summary report asks for the days and the period of its address, and shows the sums', async () => {
  const asked: string[] = [];
  const row = {
    ...{ id: '1', period: '2026-03-01', clientId: '7', clientName: 'Acme Telecom', resellerId: '1' },
    ...{ resellerName: 'Company', currency: 'USD', clients: 1, charges: '15.00', payments: '50.00', refunds: '0.00' },
    ...{ invoices: '10.00', creditNotes: '0.00', credit: '25.00' },
  };
  fakeApi(
    {
      'GET /v1/reports/summary': ({ url }: { readonly url: URL }) => {
        asked.push(url.searchParams.toString());
        return { ...pageOf([row]), totals: [row] };
      },
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
  renderPage(<ReportsPage />, { address: '/?from=2026-03-01&to=2026-03-31&by=week' });
  expect((await screen.findByText('Acme Telecom')).closest('tr')).toHaveTextContent('15.00 USD');
  expect(screen.getByRole('status', { name: 'Totals' })).toHaveTextContent('1 client');
  expect(asked[0]).toContain('from=2026-03-01&to=2026-03-31&by=week&per=client');
});
