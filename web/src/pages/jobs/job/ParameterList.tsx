import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Job } from '../../../api/types';
import type { SearchSource } from '../../../form/inputs/use-options';
import { clientTemplateSource, managerSource, paymentTermsSource, profileSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import { dayText } from '../../../ui/text/time-text';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';

/** What the job changes to what, by the names of the parameters; null: the kind has none. */
export function ParameterList({ job }: { readonly job: Job }): ReactNode {
  const given = Object.entries(job.parameters);
  if (given.length === 0) return t('common.none');
  return given.map(([name, value]) => (
    <div key={name}>
      <Value name={name} value={value} />
    </div>
  ));
}

function Value({ name, value }: { readonly name: string; readonly value: unknown }): ReactNode {
  if (name === 'profileId' && typeof value === 'string') return <ProfileName id={value} />;
  if (name === 'managerId')
    return typeof value === 'string' ? <Named id={value} source={managerSource} /> : t('jobs.noManager');
  if (name === 'paymentTermsId')
    return typeof value === 'string' ? <Named id={value} source={paymentTermsSource} /> : t('common.none');
  if (name === 'clientTemplateId')
    return typeof value === 'string' ? <Named id={value} source={clientTemplateSource} /> : t('jobs.noTemplate');
  if (name === 'ownValues') return t(value === 'clear' ? 'jobs.ownValues.clear' : 'jobs.ownValues.keep');
  if (name === 'until' || name === 'validUntil') return <Time at={String(value)} />;
  if (name === 'lastDay' || name === 'date') return dayText(String(value));
  if (name === 'status') return t(value === 'stop' ? 'clients.status.stop' : 'clients.status.active');
  if (name === 'clientId') return `#${String(value)}`;
  if (name === 'importId')
    return (
      <Anchor component={Link} to={`/clients/import/${String(value)}`} size="sm">
        {t('jobs.import', { id: String(value) })}
      </Anchor>
    );
  if (name === 'countFirstNotifications')
    return t('jobs.countFirst', { value: t(value === true ? 'common.yes' : 'common.no').toLocaleLowerCase() });
  if (name === 'percent') return `${String(value)}%`;
  if (Array.isArray(value)) return value.length === 0 ? t('common.none') : value.join(', ');
  if (isMoney(value)) return <Money value={value} />;
  return String(value);
}

function ProfileName({ id }: { readonly id: string }): ReactNode {
  const { data = id } = useQuery({
    queryKey: ['options', profileSource.searchKey, 'name', id],
    queryFn: ({ signal }) => profileSource.read(id, signal),
  });
  return (
    <Anchor component={Link} to={`/profiles/${id}`} size="sm">
      {data}
    </Anchor>
  );
}

function Named({ id, source }: { readonly id: string; readonly source: SearchSource }): ReactNode {
  const { data = id } = useQuery({
    queryKey: ['options', source.searchKey, 'name', id],
    queryFn: ({ signal }) => source.read(id, signal),
  });
  return data;
}

function isMoney(value: unknown): value is { readonly amount: string; readonly currency: string } {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}
