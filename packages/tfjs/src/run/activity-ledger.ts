import type { attributes, BoundCounter, Clock } from '@modelmeter/core';

export type Activity = (typeof attributes.trainingActivity)['values'][number];

/** Splits wall time into activities: at every moment exactly one is going on, so the parts add up to the whole. */
export class ActivityLedger {
  readonly #clock: Clock;
  readonly #counterOf: (activity: Activity) => BoundCounter | undefined;
  #current: Activity;
  #sinceSeconds: number;
  readonly #beganSeconds: number;

  /** Begins with `first`. `counterOf` says where the seconds of an activity are added, if anywhere. */
  constructor(clock: Clock, first: Activity, counterOf: (activity: Activity) => BoundCounter | undefined) {
    this.#clock = clock;
    this.#counterOf = counterOf;
    this.#current = first;
    this.#beganSeconds = clock.monotonicSeconds();
    this.#sinceSeconds = this.#beganSeconds;
  }

  /** All that has been booked, from the beginning to the last switch. */
  get bookedSeconds(): number {
    return this.#sinceSeconds - this.#beganSeconds;
  }

  /** When the last switch was. */
  get sinceSeconds(): number {
    return this.#sinceSeconds;
  }

  get current(): Activity {
    return this.#current;
  }

  /** Books the time since the last switch on the activity that ends, and returns it in seconds. */
  switchTo(next: Activity): number {
    const now = this.#clock.monotonicSeconds();
    const elapsedSeconds = now - this.#sinceSeconds;
    this.#counterOf(this.#current)?.add(elapsedSeconds);
    this.#current = next;
    this.#sinceSeconds = now;
    return elapsedSeconds;
  }
}
