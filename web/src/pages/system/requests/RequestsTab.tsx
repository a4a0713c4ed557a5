import { Anchor, Code, Drawer, Skeleton, Stack, Switch, Title } from '@mantine/core';
import { IconTransferIn } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { useCan } from '../../../session/rights';
import { Actor } from '../../../ui/audit/Actor';
import { CodeBlock } from '../../../ui/code/CodeBlock';
import { CopyText } from '../../../ui/CopyText';
import { FailedState } from '../../../ui/FailedState';
import { Fields } from '../../../ui/Fields';
import { Time } from '../../../ui/text/Time';
import { durationText, HttpStatus, requestsList } from './requests-list';
import { useOpenItem } from '../../../list/use-open-item';

/** What was asked of the API and how it was answered. `?request=<id>` shows one. */
export function RequestsTab() {
  const [shown, show] = useOpenItem('request');
  return (
    <>
      <List
        definition={requestsList}
        onOpen={({ requestId }) => show(requestId)}
        actions={<PageReadsSwitch />}
        empty={{
          icon: IconTransferIn,
          title: t('developers.requests.empty'),
          text: t('developers.requests.emptyText'),
        }}
      />
      <Drawer
        opened={shown !== null}
        onClose={() => show(null)}
        position="right"
        size="xl"
        title={t('developers.requests.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown !== null && <RequestDetails key={shown} requestId={shown} />}
      </Drawer>
    </>
  );
}

/** Whatever is open here reads all the time: it would hide what other programs ask. */
function PageReadsSwitch() {
  const [parameters, setParameters] = useSearchParams();
  return (
    <Switch
      size="sm"
      label={t('developers.requests.pageReads')}
      checked={parameters.get('pageReads') === 'true'}
      onChange={({ currentTarget: { checked } }) =>
        setParameters((now) => {
          // Another list begins at its first page.
          for (const name of ['cursor', 'page', 'pageReads']) now.delete(name);
          if (checked) now.set('pageReads', 'true');
          return now;
        })
      }
    />
  );
}

function RequestDetails({ requestId }: { readonly requestId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('requests', requestId),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/request-log/{requestId}', { params: { path: { requestId } }, signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={420} />;
  return <Details request={data} />;
}

function Details({ request }: { readonly request: components['schemas']['LoggedRequestDetail'] }) {
  const { method, path, status, at, durationMs, operation, caller, callerName, keyPrefix, idempotencyKey, address } =
    request;
  const can = useCan();
  return (
    <Stack gap="lg">
      <Fields
        rows={[
          [
            t('developers.requests.path'),
            <CopyText value={`${method} ${path}`} label={t('developers.requests.path')} />,
          ],
          [t('common.status'), <HttpStatus status={status} />],
          [t('developers.requests.at'), <Time at={at} format="second" show="both" />],
          [t('developers.requests.duration'), durationText(durationMs)],
          [t('developers.requests.operation'), operation],
          [t('developers.requests.caller'), caller && <Actor actor={caller} name={callerName} />],
          [t('developers.keys.prefix'), keyPrefix && <Code>{keyPrefix}</Code>],
          [t('developers.requests.idempotencyKey'), idempotencyKey && <Code>{idempotencyKey}</Code>],
          [t('developers.requests.address'), address],
          [t('audit.requestId'), <CopyText value={request.requestId} label={t('audit.requestId')} />],
          [
            t('app.nav.audit'),
            can('listAudit') && method !== 'GET' ? (
              <Anchor component={Link} to={`/audit?requestId=${encodeURIComponent(request.requestId)}`} size="sm">
                {t('developers.requests.openAudit')}
              </Anchor>
            ) : null,
          ],
        ]}
      />
      <Body title={t('developers.requests.sent')} text={request.requestBody} />
      <Body title={t('developers.requests.response')} text={request.answerBody} />
    </Stack>
  );
}

function Body({ title, text }: { readonly title: string; readonly text: string | null }) {
  return (
    <section>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      {text === null ? t('developers.requests.noBody') : <CodeBlock text={indented(text)} label={title} />}
    </section>
  );
}

/** A body that was cut is no JSON any more, and stays as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
