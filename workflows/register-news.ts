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
  /** A register told what cannot be. A person finds out, and nothing else follows from the news. */
  with_person: { told_of_person: 'stays', told_of_employer: 'stays', told_of_payment: 'stays' },
});
