import { Anchor, Drawer, Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { Actor } from './Actor';
import { actionText, SubjectLink } from './AuditSubject';
import { CopyText } from '../CopyText';
import { Diff } from './Diff';
import { fieldName } from '../text/field-name';
import { Fields } from '../Fields';
import { Time } from '../text/Time';
import { reasonText } from '../text/reason-text';

type AuditEntry = components['schemas']['AuditEntry'];

interface AuditDrawerProps {
  /** null: none is open */
  readonly entry: AuditEntry | null;
  readonly onClose: () => void;
}

/** One change: who, why, through what, and field by field what differs. */
export function AuditDrawer({ entry, onClose }: AuditDrawerProps) {
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={entry && actionText(entry.action)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {entry && <Entry entry={entry} />}
    </Drawer>
  );
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const { id, at, actor, actorName, action, source, clientId, subjectType, subjectName } = entry;
  const { reason, before, after, requestId } = entry;
  return (
    <Stack gap="lg">
      <Fields
        rows={[
          [t('audit.at'), <Time at={at} format="second" show="both" />],
          [t('audit.actor'), <Actor actor={actor} name={actorName} />],
          [t('audit.subject'), <SubjectLink entry={entry} />],
          [
            t('form.picker.client'),
            clientId && subjectType !== 'client' && <ClientLink id={clientId} name={subjectName} />,
          ],
          [t('common.reason'), reasonText(reason)],
          [t('audit.source'), t(`audit.source.${source}`)],
          [t('audit.requestId'), requestId && <RequestId id={requestId} />],
          [t('audit.entry'), <CopyText value={`${action} #${id}`} label={t('audit.entry')} />],
        ]}
      />
      <section>
        <Title order={3} size="h6" mb={4}>
          {t('audit.changes')}
        </Title>
        <Diff before={before} after={after} nameOf={fieldName} />
      </section>
    </Stack>
  );
}

function ClientLink({ id, name }: { readonly id: string; readonly name: string | null }) {
  return (
    <Anchor component={Link} to={`/clients/${id}`} size="sm">
      {name ?? t('audit.clientOf', { id })}
    </Anchor>
  );
}

/** With the way to the request itself, for who may see it. */
function RequestId({ id }: { readonly id: string }) {
  const can = useCan();
  return (
    <>
      <CopyText value={id} label={t('audit.requestId')} />
      {can('readRequest') && (
        <div>
          <Anchor component={Link} to={`/developers?tab=requests&request=${encodeURIComponent(id)}`} size="sm">
            {t('audit.openRequest')}
          </Anchor>
        </div>
      )}
    </>
  );
}
