import { describe, expectTypeOf, it } from 'vitest';
import { createRedactor, type Redactor, type RedactorOptions, redact } from './index.js';

describe('types of a redactor', () => {
  it('gives back what it was given', () => {
    const redactor = createRedactor({ values: new Set(['x']), accountIds: undefined });
    expectTypeOf(redactor).toEqualTypeOf<Redactor>();
    expectTypeOf(redactor('x')).toEqualTypeOf<string>();
    expectTypeOf(redactor.value({ a: 1 })).toEqualTypeOf<{ a: number }>();
    expectTypeOf(redactor.stream()).toEqualTypeOf<TransformStream<string, string>>();
    expectTypeOf(redact).toEqualTypeOf<(text: string) => string>();
  });

  it('refuses modes that do not exist', () => {
    expectTypeOf<'some'>().not.toExtend<NonNullable<RedactorOptions['accountIds']>>();
  });
});
