import { businessForms } from '../domain/business';
import { startSandbox } from '../test/support/sandbox';

const pinfl = '31210632040244';

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => sandbox.close());

describe.each(businessForms)('the register of %s', (form) => {
  const registration = () => sandbox.registers[form].registration(pinfl);
  const act = (action: object) => sandbox.script({ [form]: action });

  test('knows of nobody who never registered', async () =>
    expect(await registration()).toMatchObject({ answer: 'no', because: 'none' }));

  test('says yes with the day and the number, and the body as it came', async () => {
    await act({ registers: { pinfl, on: '2023-02-20', number: 'N-17' } });
    const said = await registration();
    expect(said).toEqual({ answer: 'yes', number: 'N-17', since: '2023-02-20', raw: said.raw });
    expect(JSON.parse(said.raw ?? '')).toEqual({
      pinfl,
      state: 'registered',
      terms: { number: 'N-17', since: '2023-02-20' },
    });
  });

  test('numbers a registration that comes without a number', async () => {
    await act({ registers: { pinfl } });
    expect(await registration()).toMatchObject({ number: 'B-000001', since: '2023-03-01' });
  });

  test('says no from the day of the deregistration', async () => {
    await act({ registers: { pinfl, on: '2023-02-20' } });
    await act({ ends: { pinfl, on: '2023-03-03' } });
    expect(await registration()).toMatchObject({ answer: 'yes' });
    sandbox.clock.pass('2d');
    expect(await registration()).toMatchObject({ answer: 'no', because: 'ended', until: '2023-03-03' });
  });

  test('takes a deregistration back', async () => {
    await act({ registers: { pinfl, on: '2023-02-20' } });
    await act({ ends: { pinfl } });
    await act({ takes_back: { pinfl } });
    expect(await registration()).toMatchObject({ answer: 'yes', since: '2023-02-20' });
  });

  test('corrects the day of a registration', async () => {
    await act({ registers: { pinfl } });
    await act({ corrects: { pinfl, since: '2019-05-04' } });
    expect(await registration()).toMatchObject({ answer: 'yes', since: '2019-05-04' });
  });

  test('of several says the one in force, else the last', async () => {
    await act({ registers: { pinfl, on: '2022-01-10', number: 'first' } });
    await act({ ends: { pinfl, on: '2022-06-10' } });
    expect(await registration()).toMatchObject({ answer: 'no', number: 'first' });
    await act({ registers: { pinfl, on: '2023-02-10', number: 'second' } });
    expect(await registration()).toMatchObject({ answer: 'yes', number: 'second' });
  });

  test.each([
    ['registered', { answer: 'yes' }],
    ['ended', { answer: 'no', because: 'ended', until: '2023-03-01' }],
    ['none', { answer: 'no', because: 'none' }],
  ] as const)('contradicts itself once: %s', async (first, expected) => {
    await act({ contradicts: { pinfl, first } });
    expect(await registration()).toMatchObject(expected);
    expect(await registration()).toMatchObject({ answer: 'no', because: 'none' });
  });

  test('answers for its own form only', async () => {
    await act({ registers: { pinfl } });
    for (const other of businessForms.filter((one) => one !== form))
      expect(await sandbox.registers[other].registration(pinfl)).toMatchObject({ because: 'none' });
  });

  test('refuses an end of what is not there', async () => {
    await expect(act({ ends: { pinfl } })).rejects.toThrow('not registered');
    await expect(act({ takes_back: { pinfl } })).rejects.toThrow('has ended');
    await expect(act({ corrects: { pinfl, since: '2023-01-01' } })).rejects.toThrow('never registered');
  });
});

test('many registrations at once', async () => {
  const businesses = [
    { form: 'farm' as const, pinfl, since: '2020-04-01' },
    { form: 'entrepreneur' as const, pinfl, since: '2021-04-01', until: '2022-04-01', number: 'E-1' },
  ];
  await sandbox.script({ load: { businesses } });
  await sandbox.script({ load: { businesses } });
  expect(await sandbox.registers.farm.registration(pinfl)).toMatchObject({ since: '2020-04-01' });
  expect(await sandbox.registers.entrepreneur.registration(pinfl)).toMatchObject({
    answer: 'no',
    number: 'E-1',
  });
  expect(sandbox.world.registrations.get(pinfl)).toHaveLength(2);
});
