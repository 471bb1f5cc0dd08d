const tashkent = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tashkent',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant in Tashkent time, to the minute: `2023-03-01 09:00`. */
export const shown = (at: Date): string => tashkent.format(at);
