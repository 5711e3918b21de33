import { describe, expect, it } from 'vitest';
import { formatExpirationTime, parseExpirationTime } from './expiration-time.js';
import { createSeededRandom } from './fixtures/seeded-random.js';

describe('formatExpirationTime', () => {
  it.each([
    ['2030-01-31T08:00:00.000Z', '2030-01-31T08:00:00+00:00'],
    // Python takes a fraction of exactly three or six digits before 3.11.
    ['2030-01-31T08:00:00.120Z', '2030-01-31T08:00:00.120+00:00'],
  ])('%s is written as %s', (date, text) => {
    expect(formatExpirationTime(new Date(date))).toBe(text);
  });

  it('is read back as the same moment', () => {
    const random = createSeededRandom(1);
    for (let round = 0; round < 1_000; round++) {
      const date = new Date(Math.floor(random() * 4e12));
      expect(parseExpirationTime(formatExpirationTime(date))).toEqual(date);
    }
  });
});

describe('parseExpirationTime', () => {
  it.each([
    ['datetime.isoformat() in UTC', '2030-01-31T08:00:00+00:00', '2030-01-31T08:00:00.000Z'],
    ['datetime.isoformat() with microseconds', '2030-01-31T08:00:00.123456+00:00', '2030-01-31T08:00:00.123Z'],
    ['str(datetime)', '2030-01-31 08:00:00+00:00', '2030-01-31T08:00:00.000Z'],
    ['another offset', '2030-01-31T10:30:00+02:30', '2030-01-31T08:00:00.000Z'],
    ['an offset without a colon', '2030-01-31T03:00:00-0500', '2030-01-31T08:00:00.000Z'],
    ['Z', '2030-01-31T08:00:00Z', '2030-01-31T08:00:00.000Z'],
    ['a comma, which ISO 8601 prefers', '2030-01-31T08:00:00,5Z', '2030-01-31T08:00:00.500Z'],
    ['nanoseconds', '2030-01-31T08:00:00.999999999Z', '2030-01-31T08:00:00.999Z'],
    ['a leap day', '2032-02-29T08:00:00Z', '2032-02-29T08:00:00.000Z'],
    ['space around it', ' 2030-01-31T08:00:00Z\n', '2030-01-31T08:00:00.000Z'],
  ])('reads %s', (_name, text, expected) => {
    expect((parseExpirationTime(text) as Date).toISOString()).toBe(expected);
  });

  it.each([
    ['datetime.isoformat() of a naive date', '2030-01-31T08:00:00', /without an offset/],
    ['datetime.isoformat() of a naive date with microseconds', '2030-01-31T08:00:00.000001', /without an offset/],
    ['a day that does not exist', '2030-02-30T08:00:00Z', /does not exist/],
    ['an hour that does not exist', '2030-02-01T25:00:00Z', /does not exist/],
    ['a month that does not exist', '2030-13-01T00:00:00Z', /does not exist/],
    ['an offset that does not exist', '2030-01-01T00:00:00+99:00', /does not exist/],
    ['a day alone', '2030-01-31', /ISO 8601/],
    ['the time since 1970', 1_900_000_000, /ISO 8601/],
    ['an empty text', '', /ISO 8601/],
    ['words', 'tomorrow', /ISO 8601/],
    ['a date that JavaScript would guess', 'Jan 31, 2030 UTC', /ISO 8601/],
    ['null', null, /ISO 8601/],
    ['an object', { toString: () => '2030-01-31T08:00:00Z' }, /ISO 8601/],
    ['a very long text', `2030-01-31T08:00:00.${'0'.repeat(100_000)}Z`, /ISO 8601/],
  ])('refuses %s', (_name, value, expected) => {
    expect(parseExpirationTime(value)).toMatch(expected);
  });
});
