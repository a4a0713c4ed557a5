import { Button, Paper, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { meaningOf, type Variable } from '../queries';
import classes from './editor.module.css';

interface VariablesPanelProps {
  readonly variables: readonly Variable[];
  readonly onInsert: (text: string) => void;
}

/** What a template of this kind may use, each with its meaning. */
export function VariablesPanel({ variables, onInsert }: VariablesPanelProps): ReactNode {
  return (
    <Paper withBorder p="md" component="section" aria-label={t('emails.variables')}>
      <Title order={2} size="h5">
        {t('emails.variables')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('emails.variablesHint')}
      </Text>
      <div className={classes['variables']}>
        <Table fz="xs" verticalSpacing={2}>
          <Table.Tbody>
            {variables.map((variable) => (
              <Table.Tr key={variable.path}>
                <Table.Td>
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    ff="monospace"
                    aria-label={t('emails.insert', { path: variable.path })}
                    onClick={() => onInsert(textOf(variable))}
                  >
                    <span translate="no">{variable.path}</span>
                  </Button>
                </Table.Td>
                <Table.Td>{meaningOf(variable)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Paper>
  );
}

/** A value, or the loop over a list. */
function textOf({ path, type, fields = [] }: Variable): string {
  if (type !== 'list') return `\${${path}}`;
  return `{% for item in ${path} %}${fields.map((field) => `\${item.${field}}`).join(': ')}\n{% endfor %}`;
}
