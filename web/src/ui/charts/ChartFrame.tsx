import { ActionIcon, Card, Group, Skeleton, Table, Text, Title, Tooltip } from '@mantine/core';
import { IconChartHistogram, IconTable } from '@tabler/icons-react';
import { Suspense, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';

interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}

interface ChartFrameProps {
  readonly title: string;
  /** what the chart shows, in a sentence: it names the chart for those who do not see it */
  readonly summary?: string;
  readonly height?: number;
  /** the same data, called only when it is asked for */
  readonly table: () => ChartTable;
  readonly controls?: ReactNode;
  /** the part under the chart, also while it is a table: a legend */
  readonly footer?: ReactNode;
  /** the chart; give it as `lazy(() => import(…))`, so that no page loads the chart library before it draws one */
  readonly children: ReactNode;
}

const defaultHeight = 240;

/** A chart and the same data as a table. */
export function ChartFrame(props: ChartFrameProps): ReactNode {
  const { title, summary, height = defaultHeight, table, controls, footer, children } = props;
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" align="flex-start" mb="xs" gap="xs" wrap={controls ? 'wrap' : 'nowrap'}>
        <Title order={2} size="h6" id={titleId} mt={4}>
          {title}
        </Title>
        <Group gap="sm">
          {controls}
          <TableButton asTable={asTable} titleId={titleId} onChange={setAsTable} />
        </Group>
      </Group>
      {summary && (
        <Text size="sm" c="dimmed" mb="xs">
          {summary}
        </Text>
      )}
      {asTable ? (
        <DataTable data={table()} titleId={titleId} height={height} />
      ) : (
        <Suspense fallback={<Skeleton height={height} />}>
          <Drawing titleId={titleId} height={height}>
            {children}
          </Drawing>
        </Suspense>
      )}
      {footer}
    </Card>
  );
}

interface TableButtonProps {
  readonly asTable: boolean;
  readonly titleId: string;
  readonly onChange: (asTable: boolean) => void;
}

function TableButton({ asTable, titleId, onChange }: TableButtonProps): ReactNode {
  const label = t(asTable ? 'ui.chart.asChart' : 'ui.chart.asTable');
  const ButtonIcon = asTable ? IconChartHistogram : IconTable;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        aria-describedby={titleId}
        onClick={() => onChange(!asTable)}
      >
        <ButtonIcon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

interface DrawingProps {
  readonly titleId: string;
  readonly height: number;
  readonly children: ReactNode;
}

/**
 * The layers of the chart library take the focus in Chromium, for React listens to focus on them: stops of the tab key
 * without content. They are drawn at any time, so each new one is taken out of the order.
 */
function Drawing({ titleId, height, children }: DrawingProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const skipLayers = (): void => {
      for (const layer of current.querySelectorAll('g[class^="recharts-zIndex-layer"]:not([tabindex])')) {
        layer.setAttribute('tabindex', '-1');
      }
    };
    skipLayers();
    const observer = new MutationObserver(skipLayers);
    observer.observe(current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} role="group" aria-labelledby={titleId} style={{ height }}>
      {children}
    </div>
  );
}

interface DataTableProps {
  readonly data: ChartTable;
  readonly titleId: string;
  readonly height: number;
}

function DataTable({ data, titleId, height }: DataTableProps): ReactNode {
  return (
    <div role="region" aria-labelledby={titleId} tabIndex={0} style={{ maxHeight: height, overflow: 'auto' }}>
      <Table fz="sm" verticalSpacing={4} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {data.columns.map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.rows.map((row, index) => (
            <Table.Tr key={index}>
              {row.map((cell, place) => (
                <Table.Td key={place} style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
