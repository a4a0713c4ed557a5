import { TableOfContents } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { clientSections, sectionLabel } from '../../../ui/text/client-field';
import classes from './form.module.css';

/** The sections of the form, to go to one; the one in sight is marked. */
export function SectionNav({ isRow = false }: { readonly isRow?: boolean }): ReactNode {
  return (
    <nav aria-label={t('clients.form.sections')} {...(isRow && { className: classes['row'] })}>
      <TableOfContents
        size="sm"
        variant="light"
        classNames={{ root: classes['list'] ?? '', control: classes['link'] ?? '' }}
        initialData={clientSections.map((section) => ({
          id: `section-${section}`,
          value: t(sectionLabel(section)),
          depth: 1,
        }))}
        scrollSpyOptions={{
          selector: '[data-form-section]',
          getDepth: () => 1,
          getValue: ({ dataset }) => dataset['formSection'] ?? '',
          offset: 120,
        }}
        getControlProps={({ data }) => ({
          children: data.value,
          onClick: () => goTo(data.getNode()),
        })}
      />
    </nav>
  );
}

/** The keyboard continues from there, too. */
function goTo(section: HTMLElement): void {
  section.scrollIntoView({ block: 'start' });
  section.focus({ preventScroll: true });
}
