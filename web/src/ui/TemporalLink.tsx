import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { CopyText } from './CopyText';

interface TemporalLinkProps {
  readonly workflowId: string;
  /** null where no Temporal UI is known: then the id is there to be copied */
  readonly href: string | null;
}

/** The way to the workflow behind something. */
export function TemporalLink({ workflowId, href }: TemporalLinkProps): ReactNode {
  if (href === null) return <CopyText value={workflowId} label={t('ui.temporal.workflow')} />;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" size="sm" aria-label={t('ui.temporal.open', { workflowId })}>
      {workflowId} <IconExternalLink size={14} aria-hidden style={{ verticalAlign: '-2px' }} />
    </Anchor>
  );
}
