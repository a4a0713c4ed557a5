import { Center, Loader } from '@mantine/core';
import { t } from '../i18n/t';
import { skeletonHtml } from './skeleton';

/** While it is not known yet who is there and what to show: the shell as the document brought it. */
export function Splash() {
  const html = skeletonHtml();
  if (html) return <div dangerouslySetInnerHTML={{ __html: html }} />;
  return (
    <Center mih="60vh" role="status" aria-label={t('common.loading')}>
      <Loader type="dots" />
    </Center>
  );
}
