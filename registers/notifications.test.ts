import { startSandbox } from '../test/support/sandbox';

const to = '+998901234567';
const message = { key: 'referral-due/R-000001/1', channel: 'sms', to, text: 'Two days are left.' } as const;

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => sandbox.close());

const send = (changed: { key?: string; to?: string; text?: string } = {}) =>
  sandbox.registers.notifications.send({ ...message, ...changed });
const sendInHaste = () => sandbox.impatient.notifications.send(message);

const inbox = async (of = to): Promise<unknown> =>
  (await fetch(`${sandbox.url}/messages?to=${encodeURIComponent(of)}`)).json();

describe('the notification gateway', () => {
  test('delivers at once', async () => {
    const at = new Date('2023-03-01T09:00:00+05:00');
    expect(await send()).toMatchObject({ answer: 'delivered', at });
    expect(await inbox()).toMatchObject([{ ...message, sending: { status: 'delivered' } }]);
    expect(await inbox('+998900000000')).toEqual([]);
  });

  test('delivers once what is sent twice with one key, and answers the same', async () => {
    const first = await send();
    sandbox.clock.pass('1h');
    expect(await send()).toEqual(first);
    expect(await inbox()).toHaveLength(1);
  });

  test('does not take another message with the same key', async () => {
    await send();
    expect(await send({ text: 'Another text.' })).toMatchObject({ answer: 'unknown', why: 'refused' });
    expect(await inbox()).toMatchObject([{ text: message.text }]);
  });

  test('has delivered what timed out: sending again tells so, and nothing arrives twice', async () => {
    await sandbox.script({ notifications: { slow: { ms: 60_000 } } });
    expect(await sendInHaste()).toEqual({ answer: 'unknown', why: 'timeout' });
    await sandbox.script({ notifications: { up: {} } });
    expect(await send()).toMatchObject({ answer: 'delivered' });
    expect(await inbox()).toHaveLength(1);
  });

  test('has sent nothing while it was down', async () => {
    await sandbox.script({ notifications: { down: { for: '3h' } } });
    expect(await send()).toEqual({ answer: 'unknown', why: 'unreachable' });
    expect(await inbox()).toEqual([]);
  });

  test('says what will never arrive', async () => {
    await sandbox.script({ notifications: { undeliverable: { to } } });
    const failed = { answer: 'failed', why: 'no such address', permanent: true };
    expect(await send()).toMatchObject(failed);
    await sandbox.script({ notifications: { delivers: { to } } });
    expect(await send()).toMatchObject(failed);
    expect(await send({ key: 'another' })).toMatchObject({ answer: 'delivered' });
    expect(await send({ key: 'elsewhere', to: '+998900000000' })).toMatchObject({ answer: 'delivered' });
  });

  test('tries again what failed for the moment', async () => {
    await sandbox.script({ notifications: { undeliverable: { to, permanent: false, why: 'switched off' } } });
    expect(await send()).toMatchObject({ answer: 'failed', why: 'switched off', permanent: false });
    await sandbox.script({ notifications: { delivers: {} } });
    expect(await send()).toMatchObject({ answer: 'delivered' });
  });

  test('accepts, and knows the outcome once the receipt has come', async () => {
    await sandbox.script({ notifications: { accepts_only: {} } });
    expect(await send()).toMatchObject({ answer: 'accepted' });
    expect(await send()).toMatchObject({ answer: 'accepted' });
    await sandbox.script({ notifications: { receipt: { to, status: 'delivered' } } });
    expect(await send()).toMatchObject({ answer: 'delivered' });
  });

  test('has no receipt for what nobody sent', async () => {
    await expect(sandbox.script({ notifications: { receipt: { to, status: 'failed' } } })).rejects.toThrow(
      'no such message',
    );
  });
});
