import { addDays, type Day } from '../../../domain/day';

/**
 * Many lives told one by one and lived together: each is a function that waits for its days. A day ends when every life
 * that has something to do on it waits for a later one; then the next day with something to do begins.
 */
export class Diary {
  private readonly waiting = new Map<Day, (() => void)[]>();
  private awake = 0;
  private failure: Error | undefined;
  private allAsleep: () => void = () => undefined;

  constructor(public today: Day) {}

  /** Waits for the morning of a day; goes on at once when it is today or past. */
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
   * Lives through all days until the last; what waits for a later one waits for ever.
   *
   * @param morning lets the world come to a day before anybody does anything on it
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
