import { draw } from './draw';
import type { Kind, Picture } from './picture';
import { pictures } from './pictures';
import { widthOf } from './text';

const nothing: Kind = {
  kind: 'A visit',
  stages: [],
  anyStage: { waits: [], steps: [] },
  severalStages: [],
  ends: [],
  afterwards: [],
};
const visit: Kind = {
  ...nothing,
  stages: [
    {
      state: 'arranged',
      waits: [
        { wait: 'coming', owner: 'employer', words: 'employer, 5 days', then: 'it is <forgotten> → missed' },
      ],
      steps: [{ name: 'arrive', by: ['employer', 'supervisor'], to: ['under way'] }],
    },
    { state: 'under way', waits: [], steps: [{ name: 'leave', by: [], to: ['over'] }] },
  ],
  anyStage: { waits: [], steps: [{ name: 'cancel', by: ['supervisor'], to: ['missed'] }] },
  severalStages: [{ name: 'postpone', by: ['employer'], to: ['arranged'], from: ['any but under way'] }],
  ends: ['over', 'missed'],
  afterwards: [{ name: 'repeat', by: ['supervisor'], to: ['arranged'], from: ['missed'] }],
};

/** All texts of a picture, in the order of the file. */
const words = (svg: string): string =>
  svg
    .replaceAll(/<text[^>]*>/g, ' ')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

test('a card shows its waits with the next step, and its commands with their givers and states', () => {
  const said = words(draw({ title: 'Visits & more', kinds: [visit] }));
  for (const part of [
    'arranged coming: employer, 5 days then it is <forgotten> → missed arrive → under way, by employer or supervisor',
    'under way leave → over, by itself',
    'In any of these cancel → missed, by supervisor',
    'In several of these postpone from any but under way → arranged, by employer',
    'Ends over or missed repeat from missed → arranged, by supervisor',
    'Who is asked: employer',
  ])
    expect(said).toContain(part);
});

test('a picture has a title and a description for people who cannot see it', () => {
  const svg = draw({ title: 'Visits & more', kinds: [visit] });
  expect(svg).toContain('role="img" aria-labelledby="title words"');
  expect(svg).toContain('<title id="title">Visits &amp; more</title>');
  expect(svg).toContain('<desc id="words">A visit: arranged, under way. It ends as over or missed.</desc>');
});

test('a kind without stages is an empty band', () => {
  expect(words(draw({ title: 'Nothing', kinds: [nothing] }))).toContain('A visit Who is asked:');
});

test('the same tables give the same picture, and other tables another picture', () => {
  const picture: Picture = { title: 'Visits', kinds: [visit] };
  expect(draw(picture)).toBe(draw(structuredClone(picture)));
  expect(draw({ title: 'Visits', kinds: [{ ...visit, ends: ['over'] }] })).not.toBe(draw(picture));
});

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const attribute = (tag: string, name: string): number =>
  Number(new RegExp(` ${name}="([\\d.-]+)"`).exec(tag)?.[1]);

/** The boxes of a picture, and its texts with the largest room that each may take. */
function measured(svg: string): { texts: (Box & { said: string })[]; boxes: Box[] } {
  const texts = [...svg.matchAll(/<text[^>]*>.*?<\/text>/g)].map(([tag]) => {
    const size = attribute(tag, 'font-size');
    const [left, bottom] = [attribute(tag, 'x'), attribute(tag, 'y')];
    const bold = / font-weight="700" fill/.test(tag);
    const [, beginning = '', rest = ''] =
      /<text[^>]*>(?:<tspan[^>]*>(.*?)<\/tspan>)?(.*)<\/text>/.exec(tag) ?? [];
    const width = widthOf(words(beginning), { size, bold: true }) + widthOf(words(rest), { size, bold });
    return { said: words(beginning + rest), left, right: left + width, top: bottom - size * 0.8, bottom };
  });
  const boxes = [...svg.matchAll(/<rect[^>]*>/g)].map(([tag]) => {
    const [left, top] = [attribute(tag, 'x') || 0, attribute(tag, 'y') || 0];
    return { left, top, right: left + attribute(tag, 'width'), bottom: top + attribute(tag, 'height') };
  });
  return { texts, boxes };
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
const holds = (outer: Box, inner: Box): boolean =>
  outer.left <= inner.left &&
  inner.right <= outer.right &&
  outer.top <= inner.top &&
  inner.bottom <= outer.bottom;
const area = ({ left, right, top, bottom }: Box): number => (right - left) * (bottom - top);

describe.each(Object.entries(pictures))('%s', (_file, picture) => {
  const { texts, boxes } = measured(draw(picture));

  test('no text overlaps another', () => {
    const clashes = texts.flatMap((one, n) =>
      texts.slice(n + 1).flatMap((other) => (overlap(one, other) ? [`${one.said} / ${other.said}`] : [])),
    );
    expect(clashes).toEqual([]);
  });

  test('every text ends within the box in which it begins', () => {
    const outside = texts.filter((text) => {
      const begin = { ...text, right: text.left };
      const [box] = boxes.filter((each) => holds(each, begin)).toSorted((a, b) => area(a) - area(b));
      return !box || !holds(box, text);
    });
    expect(outside.map(({ said }) => said)).toEqual([]);
  });

  test('every stage has its card', () => {
    const said = texts.map((text) => text.said);
    for (const { kind, stages } of picture.kinds)
      expect(said).toEqual(expect.arrayContaining([kind, ...stages.map(({ state }) => state)]));
  });
});
