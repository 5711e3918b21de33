import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createRedactor } from './create-redactor.js';

const KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const redactor = createRedactor({ values: ['a known value'] });
const value = <T>(input: T): T => redactor.value(input);

describe('redactor.value', () => {
  it.each([
    'secretAccessKey',
    'SecretAccessKey',
    'secret_access_key',
    'aws_secret_access_key',
    'AWS_SECRET_ACCESS_KEY',
    'aws-secret-access-key',
    'SECRETACCESSKEY',
    'sessionToken',
    'x-amz-security-token',
    'X-Amz-Signature',
    'authorization',
    'Proxy-Authorization',
    'password',
    'dbPassword',
    'PGPASSWORD',
    'passphrase',
    'TokenCode',
    'tokenCode',
    'ExternalId',
    'externalId',
    'pin',
    'PIN',
    'token',
    'Token',
    'secret',
    'clientSecret',
    'privateKey',
    'SAMLAssertion',
    'webIdentityToken',
    'AWS_BEARER_TOKEN_BEDROCK',
    'SigninToken',
    'SecretString',
  ])('hides what is named %s', (name) => {
    expect(value({ [name]: 'x', other: 'x' })).toEqual({ [name]: '***', other: 'x' });
    expect(value(new Map([[name, 'x']]))).toEqual(new Map([[name, '***']]));
    expect(value([[name, 'x1']])).toEqual([[name, '***']]);
  });

  it.each([
    'nextToken',
    'continuationToken',
    'sessionTokenExpiry',
    'tokenCodeLength',
    'secretArn',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'key',
    'PWD',
    'invalidToken',
    'keyId',
    'pinned',
    '',
  ])('shows what is named %j', (name) => {
    expect(value({ [name]: 'x' })).toEqual({ [name]: 'x' });
  });

  it('hides numbers, bytes and everything inside of what is secret, and shows that something is absent', () => {
    expect(
      value({
        tokenCode: 123456,
        pin: 1234n,
        privateKey: new Uint8Array([1, 2, 3]),
        token: { value: 'x', list: ['y', 1], at: new Date(0), flag: true },
        password: '',
        sessionToken: undefined,
        secret: null,
      }),
    ).toEqual({
      tokenCode: '***',
      pin: '***',
      privateKey: '***',
      token: { value: '***', list: ['***', '***'], at: '***', flag: true },
      password: '',
      sessionToken: undefined,
      secret: null,
    });
  });

  it('masks access key ids, by name and by shape', () => {
    expect(value({ accessKeyId: KEY_ID, AWS_ACCESS_KEY_ID: KEY_ID, note: `by ${KEY_ID}` })).toEqual({
      accessKeyId: 'AKIA***MPLE',
      AWS_ACCESS_KEY_ID: 'AKIA***MPLE',
      note: 'by AKIA***MPLE',
    });
    expect(value({ accessKeyId: 'short' })).toEqual({ accessKeyId: '***' });
    expect(value(value({ accessKeyId: KEY_ID }))).toEqual({ accessKeyId: 'AKIA***MPLE' });
  });

  it('treats every other string as a text, names of members too', () => {
    expect(value({ url: 'https://x/?X-Amz-Signature=abc', list: ['a known value'], 'a known value': 1 })).toEqual({
      url: 'https://x/?X-Amz-Signature=***',
      list: ['***'],
      '***': 1,
    });
    expect(value('a known value')).toBe('***');
  });

  it('hides the value of a name and value, and of lists of names and values in turn', () => {
    expect(
      value([
        { name: 'AWS_SECRET_ACCESS_KEY', value: 'x' },
        { Key: 'Team', Value: 'y' },
      ]),
    ).toEqual([
      { name: 'AWS_SECRET_ACCESS_KEY', value: '***' },
      { Key: 'Team', Value: 'y' },
    ]);
    expect(value(['host', 'x', 'authorization', 'Bearer 1'])).toEqual(['host', 'x', 'authorization', '***']);
    expect(value(['secretAccessKey', 'sessionToken'])).toEqual(['secretAccessKey', 'sessionToken']);
    expect(value(['accessKeyId', 'secretAccessKey', 'sessionToken'])).toEqual([
      'accessKeyId',
      'secretAccessKey',
      'sessionToken',
    ]);
  });

  it('keeps what is no secret', () => {
    const fn = (): void => undefined;
    const symbol = Symbol('x');
    const input = {
      a: 1,
      b: 2n,
      c: true,
      d: null,
      e: undefined,
      fn,
      symbol,
      [symbol]: 'y',
      list: [1, 2, 3] as (number | undefined)[],
      date: new Date(5),
    };
    Reflect.deleteProperty(input.list, 1);
    const copy = value(input);
    expect(copy).toEqual(input);
    expect(1 in copy.list).toBe(false);
    expect(copy.date).not.toBe(input.date);
    expectTypeOf(copy).toEqualTypeOf(input);
  });

  it('hides under symbols by their description', () => {
    const key = Symbol('sessionToken');
    expect(value({ [key]: 'x' })[key]).toBe('***');
  });

  it('never changes its input', () => {
    const input = freezeDeep({
      secretAccessKey: 'x',
      nested: { list: ['a known value', { password: 'y' }] },
      map: new Map([['token', 'z']]),
      error: new Error('a known value'),
    });
    const before = inspect(input, { depth: 10, showHidden: true });
    value(input);
    expect(inspect(input, { depth: 10, showHidden: true })).toBe(before);
  });

  it('keeps the shape of cycles and shared objects', () => {
    const shared = { password: 'x' };
    const input: Record<string, unknown> = { one: shared, two: shared, set: new Set([shared]) };
    input['self'] = input;
    const map = new Map<string, unknown>();
    map.set('map', map);
    input['map'] = map;
    const copy = value(input) as {
      self: unknown;
      one: unknown;
      two: unknown;
      set: Set<unknown>;
      map: Map<string, unknown>;
    };
    expect(copy.self).toBe(copy);
    expect(copy.one).toBe(copy.two);
    expect(copy.set.has(copy.one)).toBe(true);
    expect(copy.map.get('map')).toBe(copy.map);
    expect(copy.one).toEqual({ password: '***' });
  });

  it('does not show under one name what it hides under another', () => {
    const shared = { code: 'x' };
    expect(value({ open: shared, token: shared })).toEqual({ open: { code: 'x' }, token: { code: '***' } });
    expect(value({ token: shared, open: shared })).toEqual({ token: { code: '***' }, open: { code: 'x' } });
  });

  it('copies errors with class, name, message, stack, cause and members', () => {
    class ServiceError extends Error {
      override readonly name = 'ServiceError';
      readonly sessionToken = 'x';
      readonly code = 'E';
    }
    const error = new ServiceError('bad a known value', { cause: new TypeError('SECRET_KEY=x') });
    Object.defineProperty(error, '$response', { value: { body: 'SECRET' }, enumerable: false });
    const copy = value(error);
    expect(copy).toBeInstanceOf(ServiceError);
    expect(copy).toMatchObject({ name: 'ServiceError', message: 'bad ***', sessionToken: '***', code: 'E' });
    expect(copy.stack).toContain('bad ***');
    expect(copy.stack).toContain('redact-value.test');
    expect(copy.cause).toBeInstanceOf(TypeError);
    expect((copy.cause as Error).message).toBe('SECRET_KEY=***');
    expect(Object.hasOwn(copy, '$response')).toBe(false);
    expect(Object.keys(copy).sort()).toEqual(Object.keys(error).sort());
    expect(inspect(copy, { depth: 20, showHidden: true })).not.toMatch(/a known value|SECRET\b/);
  });

  it('copies the errors of an aggregate, and errors that are their own cause', () => {
    const inner = new Error('a known value');
    inner.cause = inner;
    const copy = value(new AggregateError([inner], 'several'));
    expect(copy.errors[0].message).toBe('***');
    expect(copy.errors[0].cause).toBe(copy.errors[0]);
  });

  it('makes inert copies of class instances: members and name, no methods, no private state', () => {
    class Credentials {
      #secret = 'x';
      readonly secretAccessKey = 'x';
      get shown(): string {
        return this.#secret;
      }
      toJSON(): string {
        return this.#secret;
      }
      [inspect.custom](): string {
        return this.#secret;
      }
    }
    const copy = value({ credentials: new Credentials() });
    expect(inspect(copy)).toBe("{ credentials: Credentials { secretAccessKey: '***' } }");
    expect(JSON.stringify(copy)).toBe('{"credentials":{"secretAccessKey":"***"}}');
  });

  it('turns bytes into a mask and web objects into plain data', () => {
    expect(
      value([
        Buffer.from('x'),
        new Uint8Array(2),
        new ArrayBuffer(2),
        new DataView(new ArrayBuffer(1)),
        new Blob(['x']),
      ]),
    ).toEqual(Array.from({ length: 5 }, () => '***'));
    expect(value(new URL('https://u:p@h/?token=x&a=1'))).toBe('https://u:***@h/?token=***&a=1');
    expect(value(new URLSearchParams('token=x&a=1'))).toEqual({ token: '***', a: '1' });
    expect(value(new Headers({ authorization: 'x', host: 'y' }))).toEqual({ authorization: '***', host: 'y' });
    expect(value([Object('a known value'), Object(5), /a known value/g])).toEqual(['***', 5, '/***/g']);
  });

  it('does not pollute prototypes and keeps an own __proto__', () => {
    const input = JSON.parse(
      '{"__proto__":{"polluted":true,"password":"x"},"constructor":{"prototype":{"polluted":1}}}',
    ) as object;
    const copy = value(input);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe(
      '{"__proto__":{"polluted":true,"password":"***"},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('keeps an object without a prototype that way', () => {
    expect(Object.getPrototypeOf(value(Object.assign(Object.create(null), { a: 1 })))).toBeNull();
  });

  it('survives what throws when it is read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const input = {
      get broken(): string {
        throw new Error('a known value');
      },
      revoked: proxy,
      trap: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('a known value');
          },
        },
      ),
      date: Object.create(Date.prototype) as object,
      ok: 1,
    };
    expect(value(input)).toMatchObject({ broken: '***', revoked: '***', trap: '***', ok: 1 });
  });

  it('ends at a depth, without overflowing', () => {
    let deep: unknown = { password: 'x' };
    for (let level = 0; level < 100_000; level += 1) deep = { deep };
    const text = JSON.stringify(value(deep));
    expect(text).toContain('"***"');
    expect(text.match(/deep/g)).toHaveLength(64);
  });

  it('remembers account ids over the strings of one value when they are to be known', () => {
    const known = createRedactor({ accountIds: 'known' });
    expect(known.value({ arn: 'arn:aws:iam::123456789012:root', account: '123456789012' })).toEqual({
      arn: 'arn:aws:iam::12********12:root',
      account: '12********12',
    });
    expect(known.value({ account: '123456789012' })).toEqual({ account: '123456789012' });
  });
});

function freezeDeep<T extends object>(object: T): T {
  for (const member of Object.values(object))
    if (typeof member === 'object' && member !== null) freezeDeep(member as object);
  return Object.freeze(object);
}
