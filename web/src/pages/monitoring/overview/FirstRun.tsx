import { Anchor, Button, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import classes from './overview.module.css';

/** No clients yet: what there is to do, in the order in which it is done. */
export function FirstRun(): ReactNode {
  const can = useCan();
  return (
    <section aria-labelledby="overview-first">
      <Title order={2} size="h4" id="overview-first">
        {t('overview.first.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md" maw={640}>
        {t('overview.first.text')}
      </Text>
      <ol className={classes['steps']}>
        <Step title={t('overview.first.health')} text={t('overview.first.health.text')}>
          {can('listUsers') && (
            <Button component={Link} to="/settings?tab=system" variant="default" size="xs">
              {t('overview.first.health.action')}
            </Button>
          )}
        </Step>
        <Step title={t('overview.first.profile')} text={t('overview.first.profile.text')}>
          {can('listProfiles') && (
            <Button component={Link} to={can('createProfile') ? '/profiles/new' : '/profiles'} size="xs">
              {t('overview.first.profile.action')}
            </Button>
          )}
        </Step>
        <Step title={t('overview.first.clients')} text={t('overview.first.clients.text')}>
          <Button component={Link} to="/clients" variant="default" size="xs">
            {t('overview.first.clients.action')}
          </Button>
        </Step>
      </ol>
      <Text size="sm" mt="md">
        <Anchor href="/docs">{t('common.docs')}</Anchor>
      </Text>
    </section>
  );
}

interface StepProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Step({ title, text, children }: StepProps): ReactNode {
  return (
    <li>
      <Title order={3} size="h6">
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <div>{children}</div>
    </li>
  );
}
