import { X509Certificate } from 'node:crypto';
import { BsmError, isBsmError, optionInvalid } from '@bsm/core-cache';
import type { http, io } from 'aws-crt';
import { answerTooLong, answerTooSlow, connectionError } from '../connection-error.js';
import type { CredentialRequest } from '../credential-request.js';
import type { CredentialTransport } from '../credential-transport.js';
import { explainMaterial } from '../explain-material.js';
import { type EndpointAnswer, MAX_BODY_BYTES } from '../https-get.js';
import type { Pkcs11Identity } from '../iot-options.js';
import { type MaterialContents, readMaterials } from '../read-material.js';
import { certificatePem } from '../tls-material.js';
import { checkModule } from './create-token-key-loader.js';
import { explainPkcs11Error, pkcs11Error } from './pkcs11-error.js';
import { type OfSession, sessionPin } from './session-pin.js';

type Crt = typeof import('aws-crt');

/** A TLS context of the AWS runtime. */
interface CrtContext {
  readonly stamp: string;
  readonly crt: Crt;
  readonly context: io.ClientTlsContext;
  readonly certificate: X509Certificate;
}

/**
 * Asks the endpoint through the AWS Common Runtime, whose TLS reaches tokens by itself, where OpenSSL has neither engine nor provider.
 *
 * Its limits: TLS 1.2, no proxy agent, one connection for each refresh.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for an agent; the transport as `httpsGet` does, and `ERR_BSM_PKCS11_FAILED`.
 */
export function crtTransport(
  identity: Pkcs11Identity & OfSession & { readonly agent?: unknown },
  request: CredentialRequest,
): CredentialTransport {
  if (identity.agent !== undefined) throw optionInvalid('iot', 'agent', 'absent where aws-crt reaches the token');
  const usePin = sessionPin(identity.pkcs11, identity.ofSession);
  let held: CrtContext | undefined;

  async function load(signal: AbortSignal): Promise<CrtContext> {
    try {
      const { contents, stamp } = await readMaterials([identity.certificate, identity.ca]);
      if (held?.stamp !== stamp) held = { stamp, ...(await build(contents, signal)) };
      return held;
    } catch (error) {
      signal.throwIfAborted();
      throw isBsmError(error) ? error : await explainMaterial(identity, error);
    }
  }

  async function build(
    [pem, ca]: MaterialContents['contents'],
    signal: AbortSignal,
  ): Promise<Omit<CrtContext, 'stamp'>> {
    const crt = await loadCrt();
    checkModule(identity.pkcs11.module);
    const certificate = new X509Certificate(pem as Buffer);
    // The runtime takes PEM only, and would pass over authorities that are none.
    const given = { certificate: certificatePem(pem as Buffer), ca: ca && certificatePem(ca) };
    // Nobody is asked for a PIN for a session that was closed.
    signal.throwIfAborted();
    const context = await usePin((pin) => createContext(crt, identity, { pin, ...given }));
    return { crt, context, certificate };
  }

  return {
    async ask(signal) {
      const loaded = await load(signal);
      return exchange(loaded, request, signal);
    },
    get keySource() {
      return held === undefined ? undefined : 'crt';
    },
    close() {},
  };
}

async function loadCrt(): Promise<Crt> {
  try {
    return await import('aws-crt');
  } catch (cause) {
    throw pkcs11Error('way-missing', 'the package aws-crt cannot be loaded. Install it beside this one', cause);
  }
}

function createContext(
  { io }: Crt,
  { pkcs11: { module, tokenLabel, slotId, keyLabel } }: Pkcs11Identity,
  { pin, certificate, ca }: { readonly pin: string; readonly certificate: string; readonly ca: string | undefined },
): io.ClientTlsContext {
  try {
    const options = io.TlsContextOptions.create_client_with_mtls_pkcs11({
      pkcs11_lib: new io.Pkcs11Lib(module),
      user_pin: pin,
      ...(tokenLabel === undefined ? { slot_id: slotId as number } : { token_label: tokenLabel }),
      private_key_object_label: keyLabel,
      cert_file_contents: certificate,
    });
    if (ca !== undefined) options.override_default_trust_store(ca);
    return new io.ClientTlsContext(options);
  } catch (error) {
    throw explainPkcs11Error(error);
  }
}

function exchange(
  { crt, context, certificate }: CrtContext,
  request: CredentialRequest,
  signal: AbortSignal,
): Promise<EndpointAnswer> {
  const { host, port, servername, ALPNProtocols, timeoutMs } = request;
  const stage = { handshakeDone: false, answerBegun: false, certificate };
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const tls = new crt.io.TlsConnectionOptions(context, servername || host, ALPNProtocols);
    const socket = new crt.io.SocketOptions(undefined, undefined, timeoutMs);
    const connection = new crt.http.HttpClientConnection(undefined, host, port, socket, tls);
    const timer = setTimeout(() => settle(() => reject(tooSlow(timeoutMs, stage))), timeoutMs);
    const onAbort = (): void => settle(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);

    function settle(action: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      action();
      connection.close();
    }

    const fail = (error: unknown): void => settle(() => reject(crtError(error, stage)));
    connection.on('error', fail);
    connection.on('connect', () => {
      stage.handshakeDone = true;
      const stream = connection.request(writeRequest(crt, request));
      const answer = collect(stream, stage, fail);
      stream.on('error', fail);
      stream.on('end', () => settle(() => resolve(answer())));
      stream.activate();
    });
  });
}

function writeRequest({ http }: Crt, { host, path, headers }: CredentialRequest): http.HttpRequest {
  return new http.HttpRequest('GET', path, new http.HttpHeaders(Object.entries({ host, ...headers })));
}

/** Collects what a stream brings; the function that is returned gives all of it. */
function collect(
  stream: http.HttpClientStream,
  stage: { answerBegun: boolean },
  fail: (error: unknown) => void,
): () => EndpointAnswer {
  let status = 0;
  let size = 0;
  const headers: Record<string, string> = {};
  const chunks: Buffer[] = [];
  stream.on('response', (code, received) => {
    stage.answerBegun = true;
    status = code;
    for (const [name, value] of received) headers[name.toLowerCase()] = value;
  });
  stream.on('data', (data) => {
    size += data.byteLength;
    if (size > MAX_BODY_BYTES) fail(answerTooLong());
    else chunks.push(Buffer.from(data));
  });
  return () => ({ status, headers, body: Buffer.concat(chunks).toString() });
}

function crtError(error: unknown, stage: Parameters<typeof connectionError>[1]): BsmError {
  if (isBsmError(error)) return error;
  const { error_name: code = '', message = '' } = error as { error_name?: string; message?: string };
  if (/PKCS11/.test(code)) return explainPkcs11Error(error);
  const named = Object.assign(new Error(message), { code });
  if (!/NEGOTIATION_FAILURE/.test(code)) return connectionError(named, stage);
  // The runtime has one name for whatever goes wrong in a handshake.
  return new BsmError(
    'ERR_BSM_ENDPOINT_UNREACHABLE',
    'Cannot get credentials: the TLS handshake failed, and aws-crt does not say why. The endpoint must speak TLS 1.2, be signed by options.ca, and accept the certificate, to which the key in the token must belong.',
    { retryable: true, cause: named },
  );
}

/** For up to half a minute the runtime keeps silent about a server that it does not trust, so as to tell an attacker nothing by its timing. */
function tooSlow(timeoutMs: number, stage: Parameters<typeof connectionError>[1]): BsmError {
  const error = answerTooSlow(timeoutMs, stage);
  if (stage.handshakeDone) return error;
  const hint = 'If there is a connection, check that options.ca has the authority of the endpoint, and its name';
  return new BsmError(error.code, `${error.message} ${hint}.`, error);
}
