/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from '../support/render-page';
import { screen } from '@testing-library/react';
import { StatesChart } from '../../../web/src/pages/monitoring/overview/StatesChart';
import type { StatesSeries } from '../../../web/src/pages/monitoring/overview/queries';
import { NotificationsOverTime } from '../../../web/src/ui/charts/NotificationsOverTime';

// Browser tests cover the drawing; these tests cover what surrounds it.
jest.mock('../../../web/src/ui/charts/StackedChart', () => ({ __esModule: true, default: () => <p>bars</p> }));
jest.mock('../../../web/src/ui/charts/StepChart', () => ({ __esModule: true, default: () => <p>steps</p> }));

const day = 86_400_000;
const now = Date.parse('2026-11-30T12:00:00Z');
const at = (days: number): string => new Date(now + days * day).toISOString();

function seriesOf(metric: StatesSeries['metric'], counts: Record<string, number>[]): StatesSeries {
  return {
    metric,
    step: 'day',
    from: at(-counts.length),
    to: at(0),
    categories: [],
    buckets: counts.map((one, index) => ({
      from: at(index - counts.length),
      to: at(index + 1 - counts.length),
      counts: one,
    })),
    dataSince: at(-2.5),
    serverTime: at(0),
  };
}

const cellsOf = (): (string | null)[] => screen.getAllByRole('cell').map((cell) => cell.textContent);

describe('notifications over time', () => {
  const series = seriesOf('notifications', [{}, {}, { accepted: 2 }, {}, { accepted: 1, failed: 1 }]);

  it('begin with the first data, count what they show, and lead to it', async () => {
    const { user } = renderPage(
      <NotificationsOverTime
        title="Notifications per day"
        series={series}
        height={160}
        startsWithData
        hrefOf={(from, to) => `/notifications?from=${from}&to=${to}`}
        statusHref={(status) => `/notifications?status=${status}`}
      />,
    );
    expect(screen.getByText(/^Data since/)).toHaveTextContent('Data since Nov 28');
    expect(screen.getByRole('link', { name: /Accepted/ })).toHaveTextContent('Accepted3');
    expect(screen.getByRole('link', { name: /Failed/ })).toHaveAttribute('href', '/notifications?status=failed');
    await user.click(screen.getByRole('button', { name: 'View as table' }));
    expect(cellsOf()).toEqual(['Nov 27, 2026', '2', '0', 'Nov 28, 2026', '0', '0', 'Nov 29, 2026', '1', '1']);
  });

  it('have no links for a user who may not see the list', async () => {
    const { user } = renderPage(<NotificationsOverTime title="Notifications per day" series={series} height={160} />);
    await user.click(screen.getByRole('button', { name: 'View as table' }));
    expect(screen.queryAllByRole('link')).toEqual([]);
    expect(screen.queryByText(/^Data since/)).toBeNull();
  });
});

describe('states over time', () => {
  const series = seriesOf('states', [{}, {}, { unknown: 1 }, { ok: 2 }, { ok: 1, low: 1 }]);

  it('list what held, from the first data until now', async () => {
    const { user } = renderPage(<StatesChart series={series} range="7d" height={160} />);
    expect(screen.getByText(/^Data since/)).toHaveTextContent('Data since Nov 28');
    expect(screen.getByRole('link', { name: 'Low' })).toHaveAttribute('href', '/clients?status=active,stop&state=low');
    await user.click(screen.getByRole('button', { name: 'View as table' }));
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual([
      ...['Time', 'OK', 'Low', 'Unknown'],
    ]);
    expect(cellsOf().filter((_, index) => index % 4 !== 0)).toEqual(['0', '0', '1', '2', '0', '0', '1', '1', '0']);
  });

  it('have no remark where the range is within the data', () => {
    renderPage(<StatesChart series={series} range="24h" height={160} />);
    expect(screen.queryByText(/^Data since/)).toBeNull();
  });
});
