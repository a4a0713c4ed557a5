import { Component, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import { failureDetails } from './failure-details';

interface AppBoundaryProps {
  readonly children: ReactNode;
}

/** What breaks outside of all pages: the frame itself. Plain elements, for the components may be what broke. */
export class AppBoundary extends Component<AppBoundaryProps, { readonly failure: { readonly error: unknown } | null }> {
  override state = { failure: null as { readonly error: unknown } | null };

  static getDerivedStateFromError(error: unknown): { readonly failure: { readonly error: unknown } } {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    return failure === null ? this.props.children : <PlainFailure error={failure.error} />;
  }
}

function PlainFailure({ error }: { readonly error: unknown }) {
  const details = failureDetails(error);
  return (
    <main className="sk-failed" role="alert">
      <h1>{t('problems.defect.title')}</h1>
      <p>{t('app.failure.text')}</p>
      <button type="button" onClick={() => location.reload()}>
        {t('app.failure.reload')}
      </button>
      <button type="button" onClick={() => void navigator.clipboard?.writeText(details)}>
        {t('app.failure.copy')}
      </button>
      <details>
        <summary>{t('app.failure.details')}</summary>
        <pre tabIndex={0}>{details}</pre>
      </details>
    </main>
  );
}
