// Reads a PDF from the standard input, and writes the texts of its pages as JSON. A process, because jest loads no ES modules.
import { extractText, getDocumentProxy } from 'unpdf';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const document = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)));
const { text } = await extractText(document, { mergePages: false });
process.stdout.write(JSON.stringify(text));
