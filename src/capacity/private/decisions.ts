import { CapacityDecision } from '../decision';

/** Share of capacity above the expected peak; an estimate of a peak is rarely exact. */
export const HEADROOM = 1.25;

/** Takes down every number of a plan, with its reason. */
export class Decisions {
  public readonly all: CapacityDecision[] = [];

  /** Of one application of several: the names of its decisions begin with its own. */
  public of(application: string): Decisions {
    const decisions = new Decisions();
    decisions.take = (name, ...rest) => this.take(`${application}: ${name}`, ...rest);
    return decisions;
  }

  /** Takes a number down and gives it back. */
  public take(name: string, value: number, unit: string, reason: string): number {
    this.all.push({ name, value, unit, reason });
    return value;
  }
}

/** What a reason ends in when a service does not go as far as is needed. */
export function held(needed: number, most: number, service: string): string {
  return needed > most ? `; that would be ${needed}, and ${service} goes up to ${most}` : '';
}

/** What a reason ends in when a share of the peak is ready at all times. */
export function standing(share: number): string {
  return share > 0 ? `, and ${percent(share)} of the peak ready at all times` : '';
}

export function percent(share: number): string {
  return `${rounded(share * 100)} %`;
}

/** For people, without the noise of binary fractions: two digits after the point, or two that count of what is below 1. */
export function rounded(value: number): number {
  return value < 1 ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100;
}
