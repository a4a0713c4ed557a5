/**
 * Lints the samples on standard input, a list of `{ file, code }`, as if they stood in these files; prints for each
 * what was reported. Jest cannot load eslint.config.mjs, so test/repository/lint-rules.test.ts runs this as another
 * process.
 */
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  // The files need not exist, so there are no types to read.
  overrideConfig: [tseslint.configs.disableTypeChecked],
});
const reports = [];
for (const { file, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: file });
  reports.push((result?.messages ?? []).map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(reports));
