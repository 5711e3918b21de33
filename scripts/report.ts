/** Collects the outcome of a check, prints each line as it comes, and sets the exit code. */
export interface Report {
  /** Prints one fact that holds. */
  ok(fact: string): void;
  /** Prints one fact that does not hold and makes the process end with exit code 1. */
  fail(problem: string): void;
  /** Prints `fact` when there are no problems, else each problem. */
  all(fact: string, problems: readonly string[]): void;
}

/** Makes the report of one check. */
export function createReport(name: string): Report {
  return {
    ok: (fact) => console.log(`ok    ${name}: ${fact}`),
    fail(problem) {
      console.log(`FAIL  ${name}: ${problem}`);
      process.exitCode = 1;
    },
    all(fact, problems) {
      if (problems.length === 0) this.ok(fact);
      for (const problem of problems) this.fail(problem);
    },
  };
}
