import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import { CopyText } from '../../ui/CopyText';
import { Money } from '../../ui/text/Money';
import { TemporalLink } from '../../ui/TemporalLink';
import { Time } from '../../ui/text/Time';
import {
  companySideLabel,
  countsTowardRule,
  notificationCount,
  notificationKindLabel,
} from '../../ui/text/notification-kind';
import { identifyRule, ruleAudienceLabel } from '../../ui/text/rule-label';
import classes from './notifications.module.css';
import type { Delivery, NotificationDetail } from './queries';

/** What the email came from, with the values as they were then. */
export function NotificationFacts({ mail }: { readonly mail: NotificationDetail }): ReactNode {
  const { values, currency } = mail;
  const money = (amount: string | null, of: string | null): ReactNode => (
    <Money value={amount === null || of === null ? null : { amount, currency: of }} />
  );
  const rule = countsTowardRule(mail)
    ? ruleAudienceLabel(identifyRule(mail.rule).audience)
    : companySideLabel(mail.rule);
  return (
    <dl className={classes['facts']}>
      <Subject mail={mail} />
      <Fact label={t('notifications.kind')}>
        {[notificationKindLabel(mail.kind), rule].filter(Boolean).join(' · ')}
      </Fact>
      <Fact label={t('notifications.available')}>
        {money(values.available, currency)}
        {values.availableConverted !== null && <> ({money(values.availableConverted, values.thresholdCurrency)})</>}
      </Fact>
      {values.threshold !== null && (
        <Fact label={t('notifications.threshold')}>{money(values.threshold, values.thresholdCurrency)}</Fact>
      )}
      {countsTowardRule(mail) && <Fact label={t('notifications.number')}>{notificationCount(mail)}</Fact>}
      <Fact label={t('notifications.at')}>
        <Time at={mail.at} format="second" />
      </Fact>
      {mail.workflowId !== null && (
        <Fact label={t('notifications.workflow')}>
          <TemporalLink workflowId={mail.workflowId} href={mail.temporalUrl} />
        </Fact>
      )}
    </dl>
  );
}

/** The client or the company. */
function Subject({ mail }: { readonly mail: NotificationDetail }): ReactNode {
  const { clientId, clientName, companyId, companyName } = mail;
  const isClient = companyId === null;
  return (
    <Fact label={t(isClient ? 'notifications.client' : 'notifications.company')}>
      <Anchor component={Link} to={isClient ? `/clients/${clientId}` : `/companies/${companyId}`} size="sm">
        {clientName ?? companyName}
      </Anchor>
    </Fact>
  );
}

/** How the message to one recipient was made. */
export function DeliveryFacts({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const { templateUsed, locale, timezone, messageId } = delivery;
  return (
    <dl className={classes['facts']}>
      <Fact label={t('notifications.template')}>
        {templateUsed === null
          ? t('notifications.template.builtIn')
          : t('notifications.template.own', { id: templateUsed.id, version: String(templateUsed.version) })}
      </Fact>
      <Fact label={t('notifications.reader')}>
        <span translate="no">
          {locale} · {timezone}
        </span>
      </Fact>
      <Fact label={t('notifications.messageId')} isWide>
        <CopyText value={messageId} label={t('notifications.messageId')} />
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly label: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

function Fact({ label, isWide, children }: FactProps): ReactNode {
  return (
    <div data-wide={isWide || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
