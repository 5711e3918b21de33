import { createRedactor } from '@bsm/masking';

/** Logs what a program prints, and why that stops, without secrets. */
export async function logWithoutSecrets(output: ReadableStream<Uint8Array>, password: string): Promise<void> {
  const redactor = createRedactor({ values: [password], accountIds: 'known' });
  console.info(redactor(`The password is ${password}`)); // The password is ***
  try {
    const text = output.pipeThrough(new TextDecoderStream()).pipeThrough(redactor.stream());
    for await (const part of text) console.info(part);
  } catch (error) {
    console.error(redactor.value(error)); // a copy: message, stack, cause and members
  }
}
