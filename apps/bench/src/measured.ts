/** One figure of a contender. The first of a list is what the others are compared with. */
export interface Measured {
  readonly name: string;
  readonly value: number;
}
