import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { FaultRule } from '../faults/fault-rule.js';
import { findFault } from '../faults/faults.js';
import { spoilAnswer } from '../faults/spoil-answer.js';
import type { Answer } from '../protocol/answer.js';
import { type HttpRequest, percentDecode } from '../protocol/http-request.js';
import { ServiceError } from '../protocol/service-error.js';
import { omitElements, type XmlValue } from '../protocol/xml.js';
import { injectedError } from '../server/answer-request.js';
import { deliver } from '../server/deliver.js';
import type { OpenRecord } from '../server/recorded-request.js';
import { readRequest } from '../server/server.js';
import { assumeRoleWithCertificate, type CredentialCall } from './credential-operation.js';
import { certificateIdOf } from './device-registry.js';
import type { SharedParts } from './start-credential-endpoint.js';

/** What answers need to know. */
export interface CredentialParts extends SharedParts, Pick<CredentialCall, 'registry' | 'roleAliases'> {
  readonly region: string;
}

/** Answers the requests of devices. */
export function serveCredentials(server: Server, parts: CredentialParts): void {
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    serve(incoming, response, parts).catch((error: unknown) => response.destroy(error as Error));
  });
}

async function serve(incoming: IncomingMessage, response: ServerResponse, parts: CredentialParts): Promise<void> {
  // Read while there is a connection: a client that has left has no certificate any more.
  const certificateId = certificateIdOf((incoming.socket as TLSSocket).getPeerCertificate().fingerprint256);
  const request = await readRequest(incoming);
  if (request === undefined) return void response.writeHead(413, { connection: 'close' }).end();
  const params = parametersOf(request);
  const record: OpenRecord = {
    operation: 'AssumeRoleWithCertificate',
    service: 'iot',
    principalArn: undefined,
    accessKeyId: undefined,
    region: parts.region,
    params: { ...params, certificateId },
    userAgent: request.headers.get('user-agent'),
    time: parts.world.now(),
    status: undefined,
    errorCode: undefined,
  };
  parts.recorder.add(record);
  const faults = parts.faults.take(record);
  const answer = answerRequest(parts, { request, params, certificateId, faults });
  if (!(await deliver(response, answer, faults))) return;
  record.status = answer.status;
  record.errorCode = answer.errorCode;
}

/** Parameters under the names of the headers that carry them; the role alias is in the path. */
function parametersOf({ path, headers }: HttpRequest): Record<string, string> {
  const roleAlias = /^\/role-aliases\/([^/]+)\/credentials$/.exec(path)?.[1];
  const named = [...headers].filter(([name]) => name.startsWith('x-amzn-iot-'));
  return Object.fromEntries(roleAlias === undefined ? named : [['roleAlias', percentDecode(roleAlias)], ...named]);
}

interface ReadCall {
  readonly request: HttpRequest;
  readonly params: Record<string, string>;
  readonly certificateId: string;
  readonly faults: readonly FaultRule[];
}

function answerRequest(parts: CredentialParts, call: ReadCall): Answer {
  try {
    const credentials = omitElements(
      carryOut(parts, call) as XmlValue,
      findFault(call.faults, 'missing')?.fields ?? [],
    );
    return spoilAnswer(jsonAnswer(200, { credentials }, undefined), call.faults);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return spoilAnswer(jsonAnswer(error.status, { message: error.message }, error.code), call.faults);
  }
}

function carryOut(
  { world, registry, roleAliases }: CredentialParts,
  { request, params, certificateId, faults }: ReadCall,
): Record<string, unknown> {
  const injected = injectedError(faults, { protocol: 'json' });
  if (injected !== undefined) throw injected;
  const { roleAlias } = params;
  if (request.method !== 'GET' || roleAlias === undefined) {
    throw new ServiceError('ResourceNotFoundException', 'Not Found', 404);
  }
  const expired = findFault(faults, 'expired-credentials');
  const duration = params['x-amzn-iot-credential-duration-seconds'];
  return assumeRoleWithCertificate({
    world,
    registry,
    roleAliases,
    certificateId,
    roleAlias,
    thingName: params['x-amzn-iot-thingname'],
    durationSeconds: duration === undefined ? undefined : Number(duration),
    expiration: expired === undefined ? undefined : { text: expired.expiration },
  });
}

function jsonAnswer(status: number, body: unknown, errorCode: string | undefined): Answer {
  const errorType = errorCode === undefined ? {} : { 'x-amzn-errortype': errorCode };
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...errorType },
    body: JSON.stringify(body),
    errorCode,
  };
}
