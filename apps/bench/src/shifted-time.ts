/** Runs `work` with a wall clock that can be moved ahead, for the SDK and for sessions alike. */
export async function withShiftedTime<T>(work: (advance: (ms: number) => void) => Promise<T>): Promise<T> {
  const { now } = Date;
  let ahead = 0;
  Date.now = () => now() + ahead;
  try {
    return await work((ms) => {
      ahead += ms;
    });
  } finally {
    Date.now = now;
  }
}
