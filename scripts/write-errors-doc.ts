import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../packages/core-cache/src/error-codes.ts';
import { formatErrorsDocument } from '../packages/core-cache/src/fixtures/format-errors-document.ts';
import { ROOT } from './workspace.ts';

// A test of @bsm/core-cache fails while the file differs from the table.
writeFileSync(join(ROOT, 'docs/errors.md'), formatErrorsDocument(ERROR_CODES));
