import type { Door, Kind, Picture, Stage, Step, Wait } from './picture';
import { escaped, type Style, widthOf, wrapped } from './text';

const WIDTH = 1200;
const MARGIN = 16;
const PADDING = 14;
const GAP = 12;
const COLUMNS = 4;
const BAND = WIDTH - 2 * MARGIN;
const CARD = (BAND - 2 * PADDING - (COLUMNS - 1) * GAP) / COLUMNS;
const LINE = 16;
const HEAD = 30;
const BETWEEN = 8;
const RULE = 17;
const MOST_IN_PART = 5;
const TEXT = CARD - 2 * PADDING;
const INDENT = 12;

const body: Style = { size: 12 };
const name: Style = { size: 12, bold: true };
const heading: Style = { size: 14, bold: true };
const title: Style = { size: 20, bold: true };

/** The colours of each owner of a wait: the pale one for the head of a card, the strong one for marks. */
const COLOURS: Readonly<Record<string, readonly [pale: string, strong: string]>> = {
  'case manager': ['#dbeafe', '#2563eb'],
  supervisor: ['#cffafe', '#0891b2'],
  employer: ['#ffedd5', '#ea580c'],
  'employment officer': ['#fef9c3', '#a16207'],
  'labour inspector': ['#ede9fe', '#7c3aed'],
  'training officer': ['#ecfccb', '#4d7c0f'],
  'finance officer': ['#fce7f3', '#be185d'],
  administrator: ['#e2e8f0', '#334155'],
  'a register': ['#dcfce7', '#16a34a'],
  'the calendar': ['#dcfce7', '#15803d'],
};
const NOBODY = ['#ffffff', '#475569'] as const;
const colourOf = (owner: string | undefined) => COLOURS[owner ?? ''] ?? NOBODY;

/** A part of a picture: its height, and its drawing from a left upper corner. */
interface Piece {
  height: number;
  at(x: number, y: number): string;
}

/**
 * A picture of kinds of rows as bands of cards. A card shows a state, its waits, the step that follows when nobody answers, and the
 * steps to other states. The same tables give the same picture.
 *
 * @returns SVG, 1200 pixels wide
 */
export function draw(picture: Picture): string {
  const doors = picture.doors ? [doorsBand(picture.doors)] : [];
  const bands = stacked([...doors, ...picture.kinds.map(band)], GAP);
  const key = legend(ownersOf(picture));
  const top = MARGIN + 34;
  const height = top + bands.height + GAP + key.height + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" role="img" aria-labelledby="title words">`,
    `<title id="title">${escaped(picture.title)}</title>`,
    `<desc id="words">${escaped(described(picture))}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(picture.title, MARGIN, MARGIN + 18, title, '#0f172a'),
    bands.at(MARGIN, top),
    key.at(MARGIN, top + bands.height + GAP),
    '</svg>',
    '',
  ].join('\n');
}

/** The description of the picture for people who cannot see it. */
const described = ({ kinds }: Picture): string =>
  kinds
    .map(({ kind, stages, ends }) => {
      const states = `${kind}: ${stages.map(({ state }) => state).join(', ')}.`;
      return ends.length === 0 ? states : `${states} It ends as ${inWords(ends)}.`;
    })
    .join(' ');

const ownersOf = ({ kinds }: Picture): string[] => {
  const waits = kinds.flatMap(({ stages, anyStage }) =>
    [...stages, anyStage].flatMap((stage) => stage.waits),
  );
  const asked = new Set(waits.map(({ owner }) => owner));
  return Object.keys(COLOURS).filter((owner) => asked.has(owner));
};

/** The doors beside each other: a card for each, with its states and ends. */
const doorsBand = (doors: readonly Door[]): Piece =>
  titled('From the plan there are these ways', doors.map(doorCard));

const doorCard = ({ door, kinds }: Door): Piece =>
  card(
    door,
    NOBODY,
    kinds.map(({ stages, ends }) => [...stages.map(statePiece), paragraph(`Ends: ${inWords(ends)}`)]),
  );

/** A state, with the colour of the first owner who is asked in it. */
const statePiece = ({ state, waits: [first] }: Stage): Piece => {
  const [line] = lines('', '#0f172a', state);
  return {
    height: LINE,
    at: (x, y) =>
      `<circle cx="${x + 3}" cy="${y + 8}" r="4" fill="${colourOf(first?.owner)[1]}"/>\n${line?.(x + INDENT, y + 12)}`,
  };
};

function band({ kind, stages, anyStage, severalStages, ends, afterwards }: Kind): Piece {
  const cards = [
    ...stages.map(stageCard),
    ...inParts('In any of these', anyStage.waits.map(waitPiece)),
    ...inParts('In any of these', anyStage.steps.map(stepPiece)),
    ...inParts('In several of these', severalStages.map(stepPiece)),
    ...(ends.length > 0
      ? [card('Ends', NOBODY, [[paragraph(inWords(ends))], afterwards.map(stepPiece)])]
      : []),
  ];
  return titled(kind, cards);
}

/** Cards in columns, under a title. */
function titled(words: string, cards: readonly Piece[]): Piece {
  const content = inColumns(cards);
  const height = HEAD + content.height + PADDING;
  return {
    height,
    at: (x, y) =>
      [
        box(x, y, BAND, height, '#f1f5f9', '#f1f5f9', 10),
        text(words, x + PADDING, y + 20, heading, '#334155'),
        content.at(x + PADDING, y + HEAD),
      ].join('\n'),
  };
}

/** Each card goes below the shortest column so far. The cards read from left to right and leave little empty room. */
function inColumns(cards: readonly Piece[]): Piece {
  const bottoms = Array.from({ length: COLUMNS }, () => 0);
  const placed = cards.map((piece) => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const top = bottoms[column] ?? 0;
    bottoms[column] = top + piece.height + GAP;
    return { piece, left: column * (CARD + GAP), top };
  });
  return {
    height: Math.max(0, ...bottoms) - GAP,
    at: (x, y) => placed.map(({ piece, left, top }) => piece.at(x + left, y + top)).join('\n'),
  };
}

/** The waits or steps of many stages, on several cards so that no card is too high. */
function inParts(head: string, pieces: readonly Piece[]): Piece[] {
  const cards = Math.ceil(pieces.length / MOST_IN_PART);
  return Array.from({ length: cards }, (_, n) => {
    const part = pieces.slice(
      Math.ceil((n * pieces.length) / cards),
      Math.ceil(((n + 1) * pieces.length) / cards),
    );
    return card(head, NOBODY, [part]);
  });
}

const stageCard = ({ state, waits, steps }: Stage): Piece =>
  card(state, colourOf(waits[0]?.owner), [waits.map(waitPiece), steps.map(stepPiece)]);

/** A card with its head and groups of pieces, with a line between groups. */
function card(
  head: string,
  [pale, strong]: readonly [string, string],
  groups: readonly (readonly Piece[])[],
): Piece {
  const parts = groups.filter((group) => group.length > 0).map((group) => stacked(group, BETWEEN));
  const content = stacked(parts, RULE);
  const height = HEAD + BETWEEN + content.height + BETWEEN;
  return {
    height,
    at: (x, y) => {
      let below = y + HEAD + BETWEEN;
      const rules = parts.slice(0, -1).map((part) => {
        below += part.height + RULE;
        return `<path d="M${x + PADDING} ${below - RULE / 2}h${TEXT}" stroke="#cbd5e1"/>`;
      });
      return [
        box(x, y, CARD, height, '#ffffff', strong, 8),
        `<path d="M${x} ${y + HEAD}V${y + 8}a8 8 0 0 1 8-8H${x + CARD - 8}a8 8 0 0 1 8 8V${y + HEAD}z" fill="${pale}" stroke="${strong}"/>`,
        text(head, x + PADDING, y + 20, heading, '#0f172a'),
        content.at(x + PADDING, y + HEAD + BETWEEN),
        ...rules,
      ].join('\n');
    },
  };
}

function waitPiece({ wait, owner, words, then }: Wait): Piece {
  const first = lines(words, '#0f172a', `${wait}:`);
  const follows = then === undefined ? [] : lines(`then ${then}`, '#475569');
  return {
    height: (first.length + follows.length) * LINE,
    at: (x, y) =>
      [
        `<circle cx="${x + 3}" cy="${y + 8}" r="4" fill="${colourOf(owner)[1]}"/>`,
        ...[...first, ...follows].map((line, n) => line(x + INDENT, y + 12 + n * LINE)),
      ].join('\n'),
  };
}

function stepPiece({ name: step, by, from, to }: Step): Piece {
  const begins = from === undefined ? '' : `from ${inWords(from)} `;
  const givers = by.length === 0 ? 'itself' : inWords(by);
  return piece(lines(`${begins}→ ${inWords(to)}, by ${givers}`, '#0f172a', step));
}

const paragraph = (words: string): Piece => piece(lines(words, '#0f172a'), 0);

type Line = (x: number, y: number) => string;

const piece = (all: readonly Line[], indent = INDENT): Piece => ({
  height: all.length * LINE,
  at: (x, y) => all.map((line, n) => line(x + (n === 0 ? 0 : indent), y + 12 + n * LINE)).join('\n'),
});

/** Words in lines that fit into a card. The first line has a bold beginning. */
function lines(words: string, fill: string, beginning?: string): Line[] {
  const used = beginning === undefined ? 0 : widthOf(`${beginning} `, name);
  return wrapped(words, TEXT - INDENT, body, used).map((line, n) => (x, y) => {
    const bold =
      n === 0 && beginning !== undefined ? `<tspan font-weight="700">${escaped(beginning)}</tspan> ` : '';
    return `<text x="${x}" y="${y}" font-size="${body.size}" fill="${fill}">${bold}${escaped(line)}</text>`;
  });
}

/** The owners of waits with their colours. */
function legend(owners: readonly string[]): Piece {
  const entries = ['Who is asked:', ...owners];
  return {
    height: 24,
    at: (x, y) => {
      let left = x;
      return entries
        .map((entry, n) => {
          const here = left;
          left += widthOf(entry, body) + 34;
          if (n === 0) return text(entry, here, y + 16, name, '#0f172a');
          const mark = `<circle cx="${here + 4}" cy="${y + 12}" r="5" fill="${colourOf(entry)[1]}"/>`;
          return `${mark}\n${text(entry, here + 14, y + 16, body, '#0f172a')}`;
        })
        .join('\n');
    },
  };
}

function stacked(pieces: readonly Piece[], gap: number): Piece {
  const height = pieces.reduce((sum, piece, n) => sum + piece.height + (n > 0 ? gap : 0), 0);
  return {
    height,
    at: (x, y) => {
      let top = y;
      return pieces
        .map((piece) => {
          const drawn = piece.at(x, top);
          top += piece.height + gap;
          return drawn;
        })
        .join('\n');
    },
  };
}

const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  stroke: string,
  round: number,
) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}" stroke="${stroke}"/>`;

const text = (words: string, x: number, y: number, { size, bold }: Style, fill: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}"${bold ? ' font-weight="700"' : ''} fill="${fill}">${escaped(words)}</text>`;

const inWords = (list: readonly string[]): string =>
  list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
