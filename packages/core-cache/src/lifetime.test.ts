import { describe, expect, test, vi } from 'vitest';
import { createLifetime } from './lifetime.js';

describe('the lifetime of a child', () => {
  test('closing tells each listener once, also through the parent', () => {
    const parent = createLifetime();
    const child = createLifetime(parent);
    const told = vi.fn();
    child.onClose(told);
    parent.close();
    child.close();
    parent.close();
    expect(told).toHaveBeenCalledTimes(1);
    expect(child.isClosed()).toBe(true);
  });

  test('a child with nobody to tell is unknown to its parent', () => {
    const onClose = vi.fn(() => forget);
    const forget = vi.fn();
    const child = createLifetime({ isClosed: () => false, close() {}, onClose });
    expect(onClose).not.toHaveBeenCalled();
    const leave = [child.onClose(() => {}), child.onClose(() => {})];
    expect(onClose).toHaveBeenCalledTimes(1);
    leave[0]?.();
    expect(forget).not.toHaveBeenCalled();
    leave[1]?.();
    leave[1]?.();
    expect(forget).toHaveBeenCalledTimes(1);
    child.onClose(() => {});
    child.close();
    expect(onClose).toHaveBeenCalledTimes(2);
    expect(forget).toHaveBeenCalledTimes(2);
  });
});
