/**
 * Finds the code in what a command printed: the last six digits that stand alone, once colours and other terminal controls are gone.
 *
 * Digits are ASCII; letters, digits and underscores of any script beside them make them part of something else. This is the rule of
 * boto3-refresh-session, but for colours, which it trips over, and other digits, which AWS refuses.
 */
export function findMfaCode(output: string): string | undefined {
  const [ESC, BEL] = [String.fromCharCode(27), String.fromCharCode(7)];
  // Control sequences (colours, cursor), and operating system commands (titles, links) up to their end.
  const controls = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\))`, 'g');
  const codes = output.replace(controls, '').match(/(?<![\p{L}\p{N}_])[0-9]{6}(?![\p{L}\p{N}_])/gu);
  return codes?.at(-1);
}
