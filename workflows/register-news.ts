import { stages } from './stages';

/** News that a register pushed: it changes the rows it concerns, once; a register that has to confirm it is asked. */
export const newsStages = stages('news', {
  received: {},
  asking: {
    /** An end of a job that nobody monitors, and an end that was taken back. */
    unmonitored_end: 'endUnconfirmed',
    end_correction: 'endUnconfirmed',
    /** A correction of wages or of a payment that nobody waits for. */
    wages_answer: 'askedOn',
    payment_answer: 'askedOn',
  },
});
