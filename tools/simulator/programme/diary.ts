import { addDays, type Day } from '../../../domain/day';

/**
 * Plays many lives at the same time. Each life is a function that waits for its days. A day ends when every life waits for a later
 * day. Then the next day for which a life waits begins.
 */
export class Diary {
  private readonly waiting = new Map<Day, (() => void)[]>();
  private awake = 0;
  private failure: Error | undefined;
  private allAsleep: () => void = () => undefined;

  constructor(public today: Day) {}

  /** Waits for the morning of a day. Returns at once if the day is today or past. */
  async until(day: Day): Promise<void> {
    if (day <= this.today) return;
    await new Promise<void>((wake) => {
      this.waiting.set(day, [...(this.waiting.get(day) ?? []), wake]);
      this.sleep();
    });
  }

  after(days: number): Promise<void> {
    return this.until(addDays(this.today, days));
  }

  /** Begins a life, today. */
  begin(life: () => Promise<void>): void {
    this.awake += 1;
    life().then(
      () => this.sleep(),
      (error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
        this.sleep();
      },
    );
  }

  /**
   * Plays all days until the last. A life that waits for a later day never continues.
   *
   * @param morning moves the world to a day, before any life acts on it
   * @throws the first failure of a life
   */
  async live(last: Day, morning: (day: Day) => Promise<void>): Promise<void> {
    for (;;) {
      await this.night();
      const next = [...this.waiting.keys()].toSorted()[0];
      if (next === undefined || next > last) return;
      await morning(next);
      this.today = next;
      const sleepers = this.waiting.get(next) ?? [];
      this.waiting.delete(next);
      this.awake += sleepers.length;
      for (const wake of sleepers) wake();
    }
  }

  private async night(): Promise<void> {
    if (this.awake > 0)
      await new Promise<void>((resolve) => {
        this.allAsleep = resolve;
      });
    if (this.failure) throw this.failure;
  }

  private sleep(): void {
    this.awake -= 1;
    if (this.awake === 0) this.allAsleep();
  }
}
