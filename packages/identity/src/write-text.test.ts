import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writeText } from './write-text.js';

describe('writeText', () => {
  it('waits until a slow stream has taken the text', async () => {
    let taken = '';
    let release: () => void = () => {};
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk, _encoding, done) {
        release = () => {
          taken += String(chunk);
          done();
        };
      },
    });
    let settled = false;
    const writing = writeText(slow, 'hello').then(() => {
      settled = true;
    });
    await new Promise(setImmediate);

    expect(settled).toBe(false);
    release();
    await writing;
    expect(taken).toBe('hello');
    expect(slow.listenerCount('error')).toBe(0);
  });

  it('rejects with the error of a stream that breaks, and the process lives on', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });

    await expect(writeText(broken, 'hello')).rejects.toThrow('EPIPE');
    await new Promise(setImmediate);
  });

  it('rejects when the stream has ended', async () => {
    const ended = new PassThrough();
    ended.end();

    await expect(writeText(ended, 'hello')).rejects.toMatchObject({ code: 'ERR_STREAM_WRITE_AFTER_END' });
  });

  it('takes any object that can write', async () => {
    const texts: string[] = [];
    await writeText({ write: (text) => texts.push(text) }, 'hello');

    expect(texts).toEqual(['hello']);
  });

  it('passes on what such an object throws', async () => {
    const refusing = {
      write(): never {
        throw new Error('full');
      },
    };

    await expect(writeText(refusing, 'hello')).rejects.toThrow('full');
  });
});
