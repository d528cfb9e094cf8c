import { expect, test, vi } from 'vitest';
import { language } from '$lib/i18n';
import { call, onUnauthenticated } from './call';
import { explain, Fault, toFault } from './fault';

test('reads the JSON text that Go sends', () => {
  const fault = toFault(
    '{"code":"invalid","fields":[{"name":"quantity","code":"number_too_large","params":{"max":"1000000"}}]}',
  );
  expect(fault).toBeInstanceOf(Fault);
  expect(fault.code).toBe('invalid');
  expect(fault.field('quantity')).toBe('At most 1,000,000.');
  expect(fault.field('rate')).toBe('');
  expect(fault.others(['rate'])).toEqual(['At most 1,000,000.']);
});

test.each([['no json'], ['{"code":"made_up"}'], ['null'], [new TypeError('x is undefined')], [undefined]])(
  'anything else is internal: %s',
  (thrown) => {
    expect(toFault(thrown).code).toBe('internal');
  },
);

test('explains by reason, then by code, in the current language', () => {
  expect(explain(new Fault('unavailable', { reason: 'not_open' }))).toBe('No workspace is open.');
  expect(explain(new Fault('unavailable', { reason: 'nobody_translated_this' }))).toMatch(/^Something Kontor needs/);
  language.current = 'de';
  expect(explain(new Fault('canceled'))).toBe('Abgebrochen. Es wurde nichts geändert.');
});

test('a code that is told of a field in one place has its words as a whole too', () => {
  const whole = new Fault('unavailable', { reason: 'mail_host_unknown', params: { detail: '' } });
  expect(explain(whole)).toBe(
    new Fault('invalid', { fields: [{ name: 'host', code: 'mail_host_unknown' }] }).field('host'),
  );
  expect(
    new Fault('invalid', { fields: [{ name: 'f', code: 'file_too_large', params: { max: '4 MiB' } }] }).field('f'),
  ).toBe(explain(new Fault('invalid', { reason: 'file_too_large', params: { max: '4 MiB' } })));
});

test('a field code without words still says that something is wrong', () => {
  expect(new Fault('invalid', { fields: [{ name: 'a', code: 'unheard_of' }] }).field('a')).toMatch(
    /cannot be accepted/,
  );
});

test('call passes results on and tells about a session that ended', async () => {
  const told = vi.fn();
  const stop = onUnauthenticated(told);
  await expect(call(async () => 7)).resolves.toBe(7);
  await expect(call(() => Promise.reject('{"code":"forbidden"}'))).rejects.toMatchObject({ code: 'forbidden' });
  expect(told).not.toHaveBeenCalled();
  await expect(call(() => Promise.reject('{"code":"unauthenticated"}'))).rejects.toBeInstanceOf(Fault);
  expect(told).toHaveBeenCalledOnce();
  stop();
  await expect(call(() => Promise.reject('{"code":"unauthenticated"}'))).rejects.toBeInstanceOf(Fault);
  expect(told).toHaveBeenCalledOnce();
});

test('a binding that is not there is a fault, not a crash', async () => {
  await expect(
    call(() => {
      throw new TypeError("Cannot read properties of undefined (reading 'app')");
    }),
  ).rejects.toMatchObject({ code: 'internal' });
});
