import { describe, expect, it } from 'vitest';
import { pythonCases } from './fixtures/python-cases.js';
import { type LambdaSessionNameOptions, lambdaSessionName } from './lambda-session-name.js';

/** The moment of the recorded cases, in milliseconds: they have microseconds, a Date does not. */
const now = new Date('2026-11-21T20:30:40.123Z');
const cases = pythonCases().lambdaSessionName.map(({ env, args, out, error }) => ({
  options: {
    env,
    now,
    functionName: args.function_name,
    functionVersion: args.function_version,
    identifier: args.identifier,
  },
  out: out?.replace('20261121203040123456', '20261121203040123000'),
  error,
}));

describe('lambdaSessionName', () => {
  it.each(cases.filter(({ out }) => out))('gives $out for $options', ({ options, out }) => {
    expect(lambdaSessionName(options)).toBe(out);
  });

  it.each(cases.filter(({ error }) => error))('refuses what fails upstream with $error', ({ options }) => {
    expect(() => lambdaSessionName(options)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'functionName' } }),
    );
  });

  it('fills the rest with random digits when a time does not fit', () => {
    const options = { env: {}, functionName: 'f'.repeat(58) };
    expect(lambdaSessionName(options)).toMatch(/^f{58}\.[a-f0-9]{5}$/);
    expect(lambdaSessionName({ ...options, functionName: 'f'.repeat(50) })).toMatch(/^f{50}\.[a-f0-9-]{13}$/);
    expect(lambdaSessionName({ ...options, functionName: 'f'.repeat(50) })).not.toBe(
      lambdaSessionName({ ...options, functionName: 'f'.repeat(50) }),
    );
  });

  it('drops a version that leaves no room for an identifier', () => {
    const [functionName, identifier, env] = ['f'.repeat(57), 'a1b2c3d4', {}];
    expect(lambdaSessionName({ env, functionName, functionVersion: 1, identifier })).toBe(`${functionName}.1.a1b2`);
    expect(lambdaSessionName({ env, functionName, functionVersion: 12, identifier })).toBe(`${functionName}.a1b2c3`);
  });

  it('is always a name that STS accepts', () => {
    for (let length = 1; length <= 80; length++) {
      for (const functionVersion of [undefined, '$LATEST', 7, '12345']) {
        const name = lambdaSessionName({ env: {}, functionName: 'ä/f'.repeat(30).slice(0, length), functionVersion });
        expect(name).toMatch(/^[\w+=,.@-]{2,64}$/);
      }
    }
  });

  it('names the function outside of Lambda', () => {
    expect(() => lambdaSessionName({ env: {} })).toThrow(/"functionName" must be given/);
  });

  it.each<[string, unknown]>([
    ['functionName', { functionName: 7 }],
    ['functionVersion', { functionVersion: {} }],
    ['functionVersion', { functionVersion: -1 }],
    ['identifier', { identifier: '' }],
    ['now', { now: new Date('never') }],
    ['env', { env: 'AWS' }],
    ['name', { name: 'x' }],
  ])('names the option that is wrong: %s', (option, wrong) => {
    expect(() => lambdaSessionName(wrong as LambdaSessionNameOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });
});
