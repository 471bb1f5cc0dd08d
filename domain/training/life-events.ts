import { type TrainingState, waitsForPlace } from '../pathways/training';

/** What happens in a person's life beside the training. */
export type LifeEvent = 'hired' | 'left_service' | 'closed' | 'closed_in_measure' | 'moved' | 'died';

/** What becomes of the training: it ends, it goes on, or it goes on while the case manager asks the person. */
export type Effect = 'ends' | 'goes_on' | 'asks';

/**
 * What a life event does to a training [measures §1]. A hire, or leaving the service, ends what waits; the person is asked about
 * an admission or a course under way, and until they answer it goes on. A closure ends what has not begun, unless its outcome is a
 * measure. A move takes the training along. Death ends everything.
 *
 * @param state the state of the training; of one in `hearing`, the state that it came from
 */
export function effectOf(event: LifeEvent, state: Exclude<TrainingState, 'hearing'>): Effect {
  if (isOver(state)) return 'goes_on';
  if (event === 'died') return 'ends';
  const waits = waitsForPlace.includes(state);
  if (event === 'hired' || event === 'left_service')
    return waits ? 'ends' : asked.has(state) ? 'asks' : 'goes_on';
  return event === 'closed' && (waits || state === 'admitted') ? 'ends' : 'goes_on';
}

const asked: ReadonlySet<TrainingState> = new Set(['admitted', 'studying', 'interrupted']);
const isOver = (state: TrainingState): boolean => over.has(state);
const over: ReadonlySet<TrainingState> = new Set([
  'refused',
  'withdrawn',
  'ended',
  'cancelled',
  'dropped_out',
]);
