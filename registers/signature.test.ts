import { sign, verify } from './signature';

const secret = 'a secret that both sides know';
const now = new Date('2023-03-01T04:00:00Z');
const seconds = now.getTime() / 1000;
const body = '{"event":"e1","words":"ўқ"}';
const header = sign(secret, seconds, body);

describe('the signature of pushed news', () => {
  test('is t=<unix seconds>,v1=<hex>', () => expect(header).toMatch(/^t=1677643200,v1=[0-9a-f]{64}$/));

  test('stands for a known pair of body and secret', () =>
    expect(sign('key', 1, 'body')).toBe(
      't=1,v1=91b5374b153842ad05b2c4eab9349b8321b14703165bd3fb8b034dfb8be98ae5',
    ));

  test.each([
    ['as text', body],
    ['as bytes', Buffer.from(body)],
  ])('holds for the body %s', (_how, same) => expect(verify({ secret, header, body: same, now })).toBe(true));

  test.each<[string, Partial<Parameters<typeof verify>[0]>]>([
    ['another body', { body: `${body} ` }],
    ['another secret', { secret: 'guessed' }],
    ['another time than was signed', { header: header.replace('t=1677643200', 't=1677643201') }],
    ['no header', { header: undefined }],
    ['an empty header', { header: '' }],
    ['a header that is cut short', { header: header.slice(0, -2) }],
    ['a signature that is not hex', { header: `t=${seconds},v1=${'z'.repeat(64)}` }],
    ['another version', { header: header.replace('v1', 'v2') }],
    ['two signatures', { header: `${header},v1=${'0'.repeat(64)}` }],
  ])('does not hold with %s', (_what, changed) =>
    expect(verify({ secret, header, body, now, ...changed })).toBe(false),
  );

  test.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
  ])('made %i seconds away: %s', (away, holds) =>
    expect(verify({ secret, header, body, now: new Date(now.getTime() + away * 1000) })).toBe(holds),
  );

  test('may be given another tolerance', () => {
    const aMinuteOn = new Date(now.getTime() + 60_000);
    expect(verify({ secret, header, body, now: aMinuteOn, toleranceSeconds: 59 })).toBe(false);
  });
});
