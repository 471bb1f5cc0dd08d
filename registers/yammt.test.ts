import { startSandbox } from '../test/support/sandbox';
import type { Named, Parties } from './yammt';

const pinfl = '31210632040244';
const stir = '300000018';
const successorStir = '300000026';
const parties = { pinfl, stir };

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => sandbox.close());

const contract = (of: Parties & Named = parties) => sandbox.registers.yammt.contract(of);
const employments = () => sandbox.registers.yammt.employments(pinfl);

describe('YAMMT on a contract', () => {
  test('knows of none that nobody registered', async () => {
    expect(await contract()).toMatchObject({ answer: 'no', because: 'none' });
    expect(await employments()).toMatchObject({ answer: 'no' });
  });

  test('says yes once it is registered, with the body as it came', async () => {
    await sandbox.script({
      yammt: { hires: { ...parties, on: '2023-03-01', contract: 'K-17', position: 'clerk' } },
    });
    const said = await contract();
    expect(said).toMatchObject({ answer: 'yes', contract: 'K-17', since: '2023-03-01' });
    expect(JSON.parse(said.raw ?? '')).toMatchObject({ pinfl, stir, state: 'in_force' });
    expect(await employments()).toMatchObject({
      answer: 'yes',
      employments: [{ stir, contract: 'K-17', position: 'clerk', since: '2023-03-01' }],
    });
  });

  test('numbers contracts that come without a number', async () => {
    await sandbox.script({ yammt: { hires: parties } });
    await sandbox.script({ yammt: { hires: { pinfl, stir: successorStir } } });
    expect(await contract()).toMatchObject({ contract: 'K-000001', since: '2023-03-01' });
    expect(await contract({ pinfl, stir: successorStir })).toMatchObject({ contract: 'K-000002' });
  });

  test('says yes to one that begins later, but it is no present employment yet', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-03-10' } } });
    expect(await contract()).toMatchObject({ answer: 'yes', since: '2023-03-10' });
    expect(await employments()).toMatchObject({ answer: 'no' });
    sandbox.clock.pass('9d');
    expect(await employments()).toMatchObject({ answer: 'yes' });
  });

  test('of several in turn says the named one, and of a number that it does not know the last', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-01-10', contract: 'K-1' } } });
    await sandbox.script({ yammt: { ends: { ...parties, on: '2023-02-10', reason: 'resigned' } } });
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-02-20', contract: 'K-2' } } });
    const first = { answer: 'no', because: 'ended', contract: 'K-1', until: '2023-02-10' };
    const second = { answer: 'yes', contract: 'K-2', since: '2023-02-20' };
    expect(await contract({ ...parties, contract: 'K-1' })).toMatchObject(first);
    expect(await contract({ ...parties, contract: 'K-2' })).toMatchObject(second);
    expect(await contract()).toMatchObject(second);
    expect(await contract({ ...parties, contract: 'K-9' })).toMatchObject(second);
    expect(await contract({ ...parties, contract: 'no number at all '.repeat(10) })).toMatchObject(second);
  });

  test('says when and why it ended', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-02-01' } } });
    await sandbox.script({ yammt: { ends: { ...parties, on: '2023-02-20', reason: 'resigned' } } });
    expect(await contract()).toMatchObject({
      answer: 'no',
      because: 'ended',
      contract: 'K-000001',
      since: '2023-02-01',
      until: '2023-02-20',
      endReason: 'resigned',
    });
    expect(await employments()).toMatchObject({ answer: 'no' });
  });

  test('is in force until the day on which it ends', async () => {
    await sandbox.script({ yammt: { hires: parties } });
    await sandbox.script({ yammt: { ends: { ...parties, on: '2023-03-08', reason: 'dismissed' } } });
    expect(await contract()).toMatchObject({ answer: 'yes', until: '2023-03-08' });
    sandbox.clock.pass('7d');
    expect(await contract()).toMatchObject({ answer: 'no', because: 'ended', endReason: 'dismissed' });
  });

  test('runs out where it was for a fixed term', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, until: '2023-06-01' } } });
    expect(await contract()).toMatchObject({ answer: 'yes', until: '2023-06-01' });
    sandbox.clock.pass('3mo');
    expect(await contract()).toMatchObject({ answer: 'no', endReason: 'contract_expired' });
  });

  test('has no agreed end where the register means "without end"', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, until: '9999-12-31' } } });
    const said = await contract();
    expect(said).toMatchObject({ answer: 'yes', since: '2023-03-01' });
    expect(said).not.toHaveProperty('until');
    expect(said.raw).toContain('9999-12-31');
    const present = await employments();
    expect(present).toMatchObject({ answer: 'yes', employments: [{ stir, since: '2023-03-01' }] });
    expect(present).not.toHaveProperty('employments.0.until');
  });

  test('corrects itself: an end taken back never happened', async () => {
    await sandbox.script({ yammt: { hires: parties } });
    await sandbox.script({ yammt: { ends: { ...parties, reason: 'dismissed' } } });
    expect(await contract()).toMatchObject({ answer: 'no', because: 'ended' });
    await sandbox.script({ yammt: { takes_back: parties } });
    expect(await contract()).toMatchObject({ answer: 'yes', contract: 'K-000001' });
  });

  test('counts the last of several in turn', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2022-01-10' } } });
    await sandbox.script({ yammt: { ends: { ...parties, on: '2022-06-10' } } });
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-02-01' } } });
    expect(await contract()).toMatchObject({ answer: 'yes', contract: 'K-000002', since: '2023-02-01' });
    await sandbox.script({ yammt: { ends: { ...parties, on: '2023-02-20' } } });
    expect(await contract()).toMatchObject({ answer: 'no', contract: 'K-000002', until: '2023-02-20' });
  });

  test('goes on with the successor of an employer that was reorganised', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-02-01' } } });
    await sandbox.script({ yammt: { reorganises: { stir, successorStir, on: '2023-03-01' } } });
    expect(await contract()).toMatchObject({
      answer: 'no',
      because: 'ended',
      until: '2023-03-01',
      successorStir,
    });
    expect(await contract({ pinfl, stir: successorStir })).toMatchObject({
      answer: 'yes',
      since: '2023-03-01',
    });
    expect(await employments()).toMatchObject({ employments: [{ stir: successorStir }] });
  });

  test('ends with the employer', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-02-01' } } });
    await sandbox.script({ yammt: { hires: { pinfl, stir: successorStir, on: '2023-02-01' } } });
    await sandbox.script({ yammt: { liquidates: { stir, on: '2023-02-28' } } });
    expect(await contract()).toMatchObject({
      because: 'ended',
      until: '2023-02-28',
      endReason: 'liquidated',
    });
    expect(await contract({ pinfl, stir: successorStir })).toMatchObject({ answer: 'yes' });
  });
});

describe('YAMMT contradicting itself', () => {
  test.each([
    ['ended', { answer: 'no', because: 'ended', until: '2023-03-01', endReason: 'dismissed' }],
    ['none', { answer: 'no', because: 'none' }],
  ] as const)('says %s once of a contract in force, and the truth afterwards', async (first, untruth) => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-02-01' } } });
    await sandbox.script({ yammt: { contradicts: { ...parties, first, reason: 'dismissed' } } });
    expect(await contract()).toMatchObject(untruth);
    expect(await contract()).toMatchObject({ answer: 'yes', since: '2023-02-01' });
  });

  test('says it is in force as often as told, and then that it ended', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, on: '2023-02-01' } } });
    await sandbox.script({ yammt: { ends: { ...parties, on: '2023-02-20' } } });
    await sandbox.script({ yammt: { contradicts: { ...parties, first: 'in_force', times: 2 } } });
    expect(await contract()).toMatchObject({ answer: 'yes' });
    expect(await contract()).toMatchObject({ answer: 'yes' });
    expect(await contract()).toMatchObject({ answer: 'no', because: 'ended' });
  });

  test('says it for as long as told', async () => {
    await sandbox.script({ yammt: { contradicts: { ...parties, first: 'in_force', for: '1d' } } });
    expect(await contract()).toMatchObject({ answer: 'yes' });
    sandbox.clock.pass('23h');
    expect(await contract()).toMatchObject({ answer: 'yes' });
    sandbox.clock.pass('1h');
    expect(await contract()).toMatchObject({ answer: 'no', because: 'none' });
  });

  test('lies about one contract only', async () => {
    await sandbox.script({ yammt: { contradicts: { ...parties, first: 'in_force' } } });
    expect(await contract({ pinfl, stir: successorStir })).toMatchObject({ because: 'none' });
  });
});
