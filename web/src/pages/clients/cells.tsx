import { Badge, Group, Text, ThemeIcon, Tooltip } from '@mantine/core';
import { IconCircleCheck, IconCircleOff, IconMailX, IconTrash, IconUserQuestion, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { components } from '../../api/schema';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { Truncated } from '../../ui/cells/Truncated';
import { HeadroomBar } from '../../ui/badges/HeadroomBar';
import { ReasonBadge, reasonText } from '../../ui/badges/Reason';
import { Money } from '../../ui/text/Money';
import { amountText, moneyText } from '../../ui/text/money-text';
import { ruleAction, ruleName } from '../../ui/text/rule-label';
import { StateBadge } from '../../ui/badges/StateBadge';
import { Time } from '../../ui/text/Time';
import { ToneBadge, toneText, type Tone } from '../../ui/badges/ToneBadge';

type Client = components['schemas']['ClientListItem'];

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

/** The state; before it what stops monitoring, after it what stops notifications. */
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

/** An unknown balance has no amount: the last that was known is shown on hover, with its time. */
export function Available({ client }: { readonly client: Client }): ReactNode {
  const { balance, currency, timezone } = client;
  const shown = <Money value={balance.available} />;
  if (balance.available !== null || balance.lastKnown === null) return shown;
  const live = <Money value={{ amount: balance.lastKnown.live, currency }} />;
  const time = <Time at={balance.lastKnown.at} show="both" clientZone={timezone} />;
  return (
    <Tooltip label={rich('clients.lastKnown', { live, time })} events={{ hover: true, focus: true, touch: true }}>
      <span tabIndex={0}>{shown}</span>
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
      <HeadroomBar
        available={balance.available.amount}
        threshold={nearestThreshold.amount}
        currency={currency}
        isApproximate={nearestThreshold.approximate}
      />
      {percent !== null && (
        <Text span size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }} aria-hidden>
          {percentText(percent)}
        </Text>
      )}
    </Group>
  );
}

function percentText(percent: number): string {
  const format = numberFormat(intlLocale(), {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  const shown = format.format(Math.max(-farPercent, Math.min(farPercent, percent)) / 100).replace('-', '\u2212');
  if (percent > farPercent) return `> ${shown}`;
  return percent < -farPercent ? `< ${shown}` : shown;
}

export function ProfileName({ name }: { readonly name: string | null }): ReactNode {
  if (name === null) return <EmptyCell />;
  return <Truncated text={name} width={150} />;
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

/** As many as have room: the first two, shortened where they are long; all of them on hover and for screen readers. */
const tagsShown = 2;

export function Tags({ tags }: Pick<Client, 'tags'>): ReactNode {
  if (tags.length === 0) return <EmptyCell />;
  const rest = tags.length - tagsShown;
  const all = tags.join(', ');
  return (
    <Tooltip label={all} multiline maw={320} events={onHoverAndFocus}>
      <Group gap={4} wrap="nowrap" w="fit-content" miw="max-content" tabIndex={0} role="img" aria-label={all}>
        {tags.slice(0, tagsShown).map((tag) => (
          <Badge key={tag} variant="default" size="sm" fw={500} flex="none" maw={tags.length === 1 ? 150 : 88}>
            {tag}
          </Badge>
        ))}
        {rest > 0 && (
          <Text span size="xs" c="dimmed">
            +{rest}
          </Text>
        )}
      </Group>
    </Tooltip>
  );
}

const onHoverAndFocus = { hover: true, focus: true, touch: true };

/** "Client 50.00: Max qty reached": the most severe low rule, why it notified or not, and the other rules on hover. */
export function LowRule({ client }: { readonly client: Client }): ReactNode {
  const { lowRule, ruleReasons, currency } = client;
  if (!lowRule) return <EmptyCell />;
  const others = ruleReasons.filter(({ rule }) => rule !== lowRule.rule);
  return (
    <Group gap="2px 6px">
      <Text span size="sm" style={{ whiteSpace: 'nowrap' }}>
        {shortRuleName(lowRule, currency)}
      </Text>
      <Group gap={6} wrap="nowrap">
        <ReasonBadge reason={lowRule.reason} facts={{ action: ruleAction(lowRule.rule) }} />
        {others.length > 0 && <OtherRules rules={others} />}
      </Group>
    </Group>
  );
}

function OtherRules({ rules }: { readonly rules: Client['ruleReasons'] }): ReactNode {
  const lines = rules.map(({ rule, reason }) => `${ruleName(rule)}: ${reasonText(reason, ruleAction(rule))}`);
  const all = rules.map(({ rule, reason }, index) => <div key={rule}>{lines[index] ?? reason}</div>);
  return (
    <Tooltip label={all} multiline maw={360} events={onHoverAndFocus}>
      <Text span size="xs" c="dimmed" tabIndex={0} role="img" aria-label={lines.join(', ')}>
        +{rules.length}
      </Text>
    </Tooltip>
  );
}

function shortRuleName({ audience, name, threshold }: NonNullable<Client['lowRule']>, currency: string): string {
  const { value, percent } = threshold;
  const amount =
    value === null
      ? `${percent ?? ''}%`
      : threshold.currency === currency
        ? amountText(value, currency, intlLocale())
        : moneyText(value, threshold.currency, intlLocale());
  return t(`clients.lowRule.${audience}`, { name: name ?? '', amount });
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
