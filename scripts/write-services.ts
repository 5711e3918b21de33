import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FACTS, generateServices } from './services/generate-services.ts';
import { ROOT } from './workspace.ts';

// A test beside `generateServices` fails while a file differs from the facts.
for (const [path, text] of Object.entries(generateServices(readFileSync(join(ROOT, FACTS), 'utf8')))) {
  writeFileSync(join(ROOT, path), text);
}
