const MODULUS = 2 ** 31 - 1;
/** Park and Miller's generator with its better multiplier (Communications of the ACM 36/7, 1993). */
const MULTIPLIER = 48_271;

/** Numbers that look random and are the same for the same seed. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + Math.abs(Math.floor(seed) * 1_299_709 + 15_485_863) % (MODULUS - 1);
    // Seeds that are near each other begin near each other.
    for (let round = 0; round < 10; round++) this.next();
  }

  /** Above 0 and below 1. */
  public next(): number {
    this.state = this.state * MULTIPLIER % MODULUS;
    return this.state / MODULUS;
  }

  /** Of the standard normal distribution. */
  public normal(): number {
    return Math.sqrt(-2 * Math.log(this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** How often something happens that is expected `mean` times. */
  public poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count++;
    return count;
  }
}
