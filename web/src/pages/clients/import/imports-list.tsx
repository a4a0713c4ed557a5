import { Text } from '@mantine/core';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import type { ListColumn, ListDefinition } from '../../../list/definition';
import { Actor } from '../../../ui/audit/Actor';
import { JobStatusBadge } from '../../../ui/badges/JobBadge';
import { Truncated } from '../../../ui/cells/Truncated';
import { Time } from '../../../ui/text/Time';

type Row = components['schemas']['ListedImport'];

const countColumn = (
  id: 'rows' | 'invalidRows' | 'imported',
  more: Partial<ListColumn<Row>> = {},
): ListColumn<Row> => ({
  id,
  label: `imports.list.${id}`,
  align: 'right',
  render: ({ [id]: count }) => (count === null ? null : numberFormat(intlLocale()).format(count)),
  ...more,
});

/** The files that were uploaded, each leads to its step. */
export const importsList: ListDefinition<Row> = {
  kind: 'imports',
  name: 'imports',
  title: 'imports.list',
  load: (query, signal) => readList('/v1/imports', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ fileName }) => fileName,
  sort: '-id',
  columns: [
    {
      id: 'fileName',
      label: 'imports.file',
      sort: 'fileName',
      isName: true,
      render: ({ fileName }) => <Truncated text={fileName} />,
    },
    {
      id: 'jobStatus',
      label: 'common.status',
      exportedWith: ['jobId'],
      render: ({ jobStatus, isMapped }) =>
        jobStatus === null ? (
          <Text size="sm">{t(isMapped ? 'imports.list.checked' : 'imports.list.uploaded')}</Text>
        ) : (
          <JobStatusBadge status={jobStatus} />
        ),
    },
    countColumn('rows', { sort: 'rows', exportedWith: ['checkedRows'] }),
    countColumn('invalidRows'),
    countColumn('imported'),
    {
      id: 'createdBy',
      label: 'imports.list.by',
      exportedWith: ['createdByName'],
      render: ({ createdBy, createdByName }) => <Actor actor={createdBy} name={createdByName} />,
    },
    {
      id: 'createdAt',
      label: 'imports.list.at',
      sort: 'createdAt',
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
  ],
  filters: [],
};
