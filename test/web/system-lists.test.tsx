/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from './support/render-page';
import { screen, waitFor } from '@testing-library/react';
import type { ListPage } from '../../web/src/list/definition';
import { List } from '../../web/src/list/List';
import { exportHref } from '../../web/src/list/request';
import { readListState } from '../../web/src/list/list-state';
import { auditList, type AuditEntry } from '../../web/src/pages/system/audit/audit-list';

const load = jest.fn<Promise<ListPage<AuditEntry>>, [Readonly<Record<string, unknown>>]>();

test('the audit log hides logins until its filter is taken away, in the list and in its file', async () => {
  load.mockResolvedValue({ data: [], hasMore: false, nextCursor: null, prevCursor: null, total: 0 });
  const { user } = renderPage(
    <List definition={{ ...auditList, load }} prefix="a." empty={{ title: 'No entries yet' }} />,
  );
  await waitFor(() => expect(load).toHaveBeenCalled());
  expect(load.mock.calls[0]?.[0]).toMatchObject({ logins: 'exclude' });
  await user.click(screen.getByRole('button', { name: 'Remove filter Logins' }));
  await waitFor(() =>
    expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ logins: 'include' }), expect.anything()),
  );
  const state = readListState(new URLSearchParams(), { filters: ['logins'] });
  expect(exportHref(auditList, state, {}, ['at'], 0, { type: 'csv', delimiter: ',' })).toContain('logins=exclude');
});
