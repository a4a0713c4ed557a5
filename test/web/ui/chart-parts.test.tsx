/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen } from '@testing-library/react';
import { axisStart, tickText, timeTicks } from '../../../web/src/ui/charts/chart-axis';
import { useChartRange } from '../../../web/src/ui/charts/chart-range';
import { ChartFrame } from '../../../web/src/ui/charts/ChartFrame';
import { ChartLegend } from '../../../web/src/ui/charts/ChartLegend';
import { DataSince } from '../../../web/src/ui/charts/DataSince';
import { RangePicker } from '../../../web/src/ui/charts/RangePicker';
import { stepsWithin } from '../../../web/src/ui/charts/step-series';
import { renderPage } from '../support/render-page';

const at = (text: string): number => Date.parse(text);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = at('2026-11-30T12:00:00Z');

describe('where the axis begins', () => {
  it('begins with the range where there are older data', () => {
    const range = { from: now - 7 * day, to: now };
    expect(axisStart(range, now - 8 * day)).toEqual({ from: now - 7 * day, isYoung: false });
    expect(axisStart(range, null)).toEqual({ from: now - 7 * day, isYoung: false });
  });

  it('begins with the first data on a young installation', () => {
    expect(axisStart({ from: now - 30 * day, to: now }, at('2026-11-28T09:00:00Z'))).toEqual({
      from: at('2026-11-28T09:00:00Z'),
      isYoung: true,
    });
  });

  it('is never narrower than ten minutes', () => {
    expect(axisStart({ from: now - day, to: now }, now - 5_000).from).toBe(now - 10 * minute);
  });
});

describe('the labels of a time axis', () => {
  const labels = (span: number, zone: string): string[] => {
    const axis = { from: now - span, to: now };
    return timeTicks(axis.from, axis.to, zone).map((tick) => tickText(tick, axis, zone));
  };

  it('are ten minutes apart over an hour, and a few hours over a day', () => {
    expect(labels(hour, 'UTC')).toEqual([
      ...['11:00 AM', '11:10 AM', '11:20 AM', '11:30 AM', '11:40 AM', '11:50 AM', '12:00 PM'],
    ]);
    expect(labels(day, 'UTC')).toEqual(['12:00 PM', '6:00 PM', '12:00 AM', '6:00 AM', '12:00 PM']);
  });

  it('are midnights of the zone over a week or more', () => {
    expect(labels(7 * day, 'UTC')).toEqual(['Nov 24', 'Nov 25', 'Nov 26', 'Nov 27', 'Nov 28', 'Nov 29', 'Nov 30']);
    const [first] = timeTicks(now - 7 * day, now, 'Asia/Kathmandu');
    expect(new Date(first ?? 0).toISOString()).toBe('2026-11-23T18:15:00.000Z');
  });

  it.each([hour, day, 7 * day, 30 * day, 90 * day])('are between two and nine over %d ms', (span) => {
    const { length } = timeTicks(now - span, now, 'Europe/Kyiv');
    expect(length).toBeGreaterThanOrEqual(2);
    expect(length).toBeLessThanOrEqual(9);
  });
});

describe('steps', () => {
  const observed = [
    { at: 10, value: 'a' },
    { at: 20, value: 'b' },
    { at: 40, value: 'c' },
  ];

  it('hold what was there at the beginning, and the last value until the end', () => {
    expect(stepsWithin(observed, 15, 50)).toEqual([
      { at: 15, value: 'a' },
      { at: 20, value: 'b' },
      { at: 40, value: 'c' },
      { at: 50, value: 'c' },
    ]);
  });

  it('begin with the first observation where there is none before', () => {
    expect(stepsWithin(observed, 0, 25)[0]).toEqual({ at: 10, value: 'a' });
    expect(stepsWithin([], 0, 25)).toEqual([]);
  });
});

function Ranged() {
  const [range, choose] = useChartRange('7d');
  return <RangePicker value={range} onChange={choose} />;
}

describe('the range', () => {
  it('is part of the address', async () => {
    const { user, search } = renderPage(<Ranged />, { address: '/?currency=EUR' });
    expect(screen.getByRole('radiogroup', { name: 'Time range' })).toBeVisible();
    expect(screen.getByRole('radio', { name: '7 d' })).toBeChecked();
    await user.click(screen.getByText('90 d'));
    expect(screen.getByRole('radio', { name: '90 d' })).toBeChecked();
    expect(search().toString()).toBe('currency=EUR&range=90d');
  });

  it('is the standard one where the address has another value', () => {
    renderPage(<Ranged />, { address: '/?range=1000y' });
    expect(screen.getByRole('radio', { name: '7 d' })).toBeChecked();
  });
});

describe('a chart', () => {
  it('is shown as a table and as a chart again', async () => {
    const table = { columns: ['Day', 'Clients'], rows: [['Nov 30', 12]] };
    const { user } = renderPage(
      <ChartFrame title="Clients by state" table={() => table}>
        <p>drawing</p>
      </ChartFrame>,
    );
    await user.click(screen.getByRole('button', { name: 'View as table' }));
    expect(screen.getByRole('cell', { name: '12' })).toBeVisible();
    expect(screen.queryByText('drawing')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'View as chart' }));
    expect(screen.getByText('drawing')).toBeVisible();
  });

  it('names since when there are data', () => {
    renderPage(<DataSince at={at('2026-11-28T09:30:00Z')} now={now} zone="UTC" />);
    expect(screen.getByText(/Data since/)).toHaveTextContent('Data since Nov 28');
  });

  it('names the time of day where the data are of the last day', () => {
    renderPage(<DataSince at={at('2026-11-30T09:30:00Z')} now={now} zone="Europe/Kyiv" />);
    expect(screen.getByText(/Data since/)).toHaveTextContent('Data since Nov 30, 11:30 AM');
  });

  it('has an entry for each line in its legend', () => {
    renderPage(
      <ChartLegend
        entries={[
          { name: 'balance', label: 'Available', color: 'teal', dash: '' },
          { name: 'user', label: 'User notification 100.00 USD', color: 'orange', dash: '6 3' },
        ]}
      />,
    );
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      ...['Available', 'User notification 100.00 USD'],
    ]);
  });
});
