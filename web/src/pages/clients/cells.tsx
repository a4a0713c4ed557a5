import { Badge, Group, Text, ThemeIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleOff, IconMailX, IconTrash, IconUserQuestion, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { HeadroomBar } from '../../ui/badges/HeadroomBar';
import { Money } from '../../ui/text/Money';
import { StateBadge } from '../../ui/badges/StateBadge';
import { Time } from '../../ui/text/Time';
import { ToneBadge, toneText, type Tone } from '../../ui/badges/ToneBadge';

type Client = components['schemas']['Client'];

/** Where there is nothing to show; read out as "none". */
export function EmptyCell(): ReactNode {
  return (
    <Text span size="sm" c="dimmed">
      <span aria-hidden>—</span>
      <VisuallyHidden>{t('common.none')}</VisuallyHidden>
    </Text>
  );
}

const statuses: Readonly<Record<Client['status'], { readonly tone: Tone; readonly icon: Icon }>> = {
  active: { tone: 'green', icon: IconCircleCheck },
  stop: { tone: 'gray', icon: IconCircleOff },
  deleted: { tone: 'red', icon: IconTrash },
};

export function Status({ status }: Pick<Client, 'status'>): ReactNode {
  const { tone, icon } = statuses[status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`clients.status.${status}`)}
    </ToneBadge>
  );
}

/** The state word; before it what stops the client from being watched, after it what stops mails from arriving. */
export function State({ client }: { readonly client: Client }): ReactNode {
  const { status, state, mailFailing, recipientMissing } = client;
  return (
    <Group gap={6} wrap="nowrap">
      {status === 'active' ? <StateBadge state={state} /> : <Status status={status} />}
      {mailFailing && <Flag icon={IconMailX} text={t('clients.mailFailing')} />}
      {recipientMissing && <Flag icon={IconUserQuestion} text={t('clients.recipientMissing')} />}
    </Group>
  );
}

function Flag({ icon: FlagIcon, text }: { readonly icon: Icon; readonly text: string }): ReactNode {
  return (
    <Tooltip label={text}>
      <ThemeIcon variant="transparent" color="orange" size={18} role="img" aria-label={text}>
        <FlagIcon size={16} />
      </ThemeIcon>
    </Tooltip>
  );
}

const farPercent = 999;

/** How far the balance is from the first threshold that it would pass. */
export function Headroom({ client }: { readonly client: Client }): ReactNode {
  const { balance, nearestThreshold, headroom, currency, profileId, warningThresholds } = client;
  if (!balance.available || !('amount' in balance.available)) return <EmptyCell />;
  if (!nearestThreshold) {
    const isMonitored = profileId !== null || warningThresholds.length > 0;
    return (
      <Tooltip label={t('clients.noComparisonWhy')} disabled={!isMonitored}>
        <Text span size="xs" c="dimmed">
          {t(isMonitored ? 'clients.noComparison' : 'clients.noThreshold')}
        </Text>
      </Tooltip>
    );
  }
  const percent = headroom?.percent ?? null;
  return (
    <Group gap={8} wrap="nowrap">
      <HeadroomBar available={balance.available.amount} threshold={nearestThreshold.amount} currency={currency} />
      {percent !== null && (
        <Text span size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }} aria-hidden>
          {percentText(percent)}
        </Text>
      )}
    </Group>
  );
}

function percentText(percent: number): string {
  const format = new Intl.NumberFormat(intlLocale(), {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  const shown = format.format(Math.max(-farPercent, Math.min(farPercent, percent)) / 100).replace('-', '\u2212');
  if (percent > farPercent) return `> ${shown}`;
  return percent < -farPercent ? `< ${shown}` : shown;
}

export function NextCheck({ client }: { readonly client: Client }): ReactNode {
  const { nextCheckAt, unhealthyReason, timezone } = client;
  if (!nextCheckAt) return <EmptyCell />;
  const time = <Time at={nextCheckAt} show="relative" clientZone={timezone} />;
  if (!unhealthyReason) return time;
  return (
    <span {...toneText('red')}>
      {t(`clients.unhealthy.${unhealthyReason}`)} · {time}
    </span>
  );
}

const tagsShown = 3;

export function Tags({ tags }: Pick<Client, 'tags'>): ReactNode {
  if (tags.length === 0) return <EmptyCell />;
  const rest = tags.slice(tagsShown);
  return (
    <Group gap={4} wrap="nowrap">
      {tags.slice(0, tagsShown).map((tag) => (
        <Badge key={tag} variant="default" size="sm" fw={500} flex="none">
          {tag}
        </Badge>
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.join(', ')}>
          <Text span size="xs" c="dimmed" tabIndex={0}>
            +{rest.length}
          </Text>
        </Tooltip>
      )}
    </Group>
  );
}

/** When the money will be gone, where there is enough history to say so. */
export function Runway({ runway }: { readonly runway: components['schemas']['Runway'] }): ReactNode {
  const { status, emptyAt, confidence } = runway;
  if (status === 'estimated' && emptyAt) {
    return (
      <Group gap={6} wrap="nowrap">
        <Time at={emptyAt} show="relative" />
        {confidence && (
          <Text span size="xs" c="dimmed">
            {t(`clients.confidence.${confidence}`)}
          </Text>
        )}
      </Group>
    );
  }
  return (
    <Text span size="sm" c="dimmed">
      {t(`clients.runway.${status}`)}
    </Text>
  );
}

export function TemporaryCredit({ credit }: { readonly credit: Client['temporaryCredit'] }): ReactNode {
  if (!credit) return <EmptyCell />;
  return (
    <>
      <Money value={credit} />{' '}
      <Text span size="xs" c="dimmed">
        {t('clients.creditUntil')} <Time at={credit.until} format="short" />
      </Text>
    </>
  );
}
