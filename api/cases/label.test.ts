import { labelOf } from './label';

const address = 'https://yollanma.example/v1/marks/K7QMX2RD9WTHB4VNE8SJC6PA';

test('a label has its words, and a QR code of the address', () => {
  const label = labelOf(address, [
    'Hand-made: embroidery & toys',
    'Valid until 6 April 2027. Check the mark:',
  ]);
  expect(label).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="70mm"/);
  expect(label).toContain('>Hand-made: embroidery &amp;<');
  expect(label.match(/h1v1h-1z/g)?.length).toBeGreaterThan(300);
  expect(label).not.toContain('yollanma');
});

test('the same address gives the same picture, another one another', () => {
  expect(labelOf(address, [])).toBe(labelOf(address, []));
  expect(labelOf(address, [])).not.toBe(labelOf(`${address}X`, []));
});
