// Gets credentials once, for the options on its standard input, and says what came of it. It is run as built, by several versions of Node.
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { fromIotCertificate } from '../dist/index.js';

const credentials = fromIotCertificate(JSON.parse(await text(process.stdin)));
try {
  const { accessKeyId } = await credentials();
  process.stdout.write(`${accessKeyId.slice(0, 4)} ${credentials.keySource}\n`);
} catch (error) {
  process.stdout.write(`${error.code} ${error.details.reason}\n${inspect(error, { depth: 10, showHidden: true })}\n`);
}
credentials.close();
