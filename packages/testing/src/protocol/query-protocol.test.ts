import { describe, expect, it, test } from 'vitest';
import { parseTarget } from './http-request.js';
import { parseQueryParams, queryError, queryResult, readList, readTexts } from './query-protocol.js';
import { omitElements } from './xml.js';

const form = (body: string) =>
  parseQueryParams({ method: 'POST', path: '/', query: [], headers: new Map(), body: Buffer.from(body) });

describe('parameters', () => {
  it.each<[string, string, string]>([
    ['a=1', 'a', '1'],
    ['a=b+c%2Bd', 'a', 'b c+d'],
    ['a=%C3%BC', 'a', 'ü'],
    ['a=x=y', 'a', 'x=y'],
    ['&a=1&', 'a', '1'],
    ['a', 'a', ''],
    ['a=%E0%A4', 'a', '%E0%A4'],
  ])('%s', (body, name, value) => {
    expect(form(body).get(name)).toBe(value);
  });

  test('of a GET come from the query', () => {
    const request = {
      method: 'GET',
      ...parseTarget('/?Action=X&Version=1'),
      headers: new Map(),
      body: Buffer.alloc(0),
    };
    expect([...parseQueryParams(request)]).toEqual([
      ['Action', 'X'],
      ['Version', '1'],
    ]);
  });

  test('lists come in the order of their numbers', () => {
    const params = form(
      'T.member.10.Key=c&T.member.2.Key=b&T.member.1.Key=a&T.member.1.Value=x&T.member.z.Key=junk&K.member.1=k',
    );
    expect(readList(params, 'T').map((item) => Object.fromEntries(item))).toEqual([
      { Key: 'a', Value: 'x' },
      { Key: 'b' },
      { Key: 'c' },
    ]);
    expect(readTexts(params, 'K')).toEqual(['k']);
    expect(readTexts(params, 'None')).toEqual([]);
  });
});

test('a result with a list, nothing and text that must be escaped', () => {
  expect(queryResult('Op', 'urn:x', { List: ['a<b', 'c'], Nothing: undefined, Deep: { Flag: true } }, 'id-1')).toBe(
    '<OpResponse xmlns="urn:x"><OpResult><List><member>a&lt;b</member><member>c</member></List>' +
      '<Deep><Flag>true</Flag></Deep></OpResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></OpResponse>',
  );
});

it.each([
  [400, 'Sender'],
  [500, 'Receiver'],
])('an error with status %i is of the %s', (status, type) => {
  expect(queryError({ code: 'C', message: 'm', status }, 'urn:x', 'id-1')).toContain(`<Type>${type}</Type>`);
});

test('elements are left out at any depth', () => {
  expect(omitElements({ A: { B: 1, C: 2 }, L: [{ B: 1, D: 'x' }] }, ['B'])).toEqual({ A: { C: 2 }, L: [{ D: 'x' }] });
});
