import type { EventType } from '../../domain/words/words';
import type { Done, Happened, Listener } from './run';
import { inLines, isBySelf } from './print';

type Write = (line: string) => void;

const WIDTH = 100;

const inTashkent = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tashkent', ...options });
const day = inTashkent({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const time = inTashkent({ hour: '2-digit', minute: '2-digit' });

/** What the reader knows already from the step itself, or need not know. */
const unsaid: ReadonlySet<string> = new Set<EventType>(['check_due', 'register_asked']);

/** Tells a scenario as a story: under each day who did what, and what happened by itself. */
export function inStory(write: Write): Listener {
  let today = '';
  const paragraph = (at: Date, text: string, mark: string) => {
    const thisDay = day.format(at);
    if (thisDay !== today) write(`\n${thisDay}`);
    today = thisDay;
    for (const [i, line] of wrapped(text).entries())
      write(i === 0 ? `  ${time.format(at)}  ${mark} ${line}` : `           ${line}`);
  };
  const byItself = ({ at, words }: Happened) => paragraph(at, words, '·');

  return {
    begins({ name, about }) {
      write(name);
      if (about) for (const line of wrapped(about)) write(line);
      write('\n(→ somebody acts; · it happens by itself)');
    },
    did(done) {
      const alone = done.happened.filter((event) => isBySelf(event) && !unsaid.has(event.type));
      if (isPassing(done)) for (const event of alone) byItself(event);
      if (done.step.note) paragraph(done.at, done.step.note, '→');
      if (!isPassing(done)) for (const event of alone) byItself(event);
      for (const line of inLines(done.wrong)) write(`  not as expected: ${line}`);
    },
    ends({ events, tasks, at }) {
      const alone = events.filter(isBySelf).length;
      write(`\n${day.format(at)}: the end of the story.`);
      for (const line of wrapped(
        `${events.length} events stand in the record, each with who, when and on what grounds; ${alone} of them happened by ` +
          `themselves, on time, because ${tasks.length} waits each had an owner, a last day and a consequence.`,
      ))
        write(line);
    },
  };
}

const isPassing = ({ step }: Done): boolean => step.does === 'wait' || step.does === 'until';

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
