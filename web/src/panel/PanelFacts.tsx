import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface PanelFactsProps {
  readonly facts: readonly (readonly [string, ReactNode])[];
}

/** Names and values, each pair in its line. */
export function PanelFacts({ facts }: PanelFactsProps): ReactNode {
  return (
    <dl style={{ margin: 0 }}>
      {facts.map(([name, value]) => (
        <Group key={name} justify="space-between" gap="md" py={4} wrap="wrap">
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0}>
            {value}
          </Text>
        </Group>
      ))}
    </dl>
  );
}
