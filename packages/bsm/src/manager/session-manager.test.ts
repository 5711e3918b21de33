import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { sessionTime } from '@bsm/core-cache';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { build, stop } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  assertAccount,
  assumeRole,
  assumeRoleChain,
  createSession,
  getCallerIdentity,
  isBsmError,
  type Session,
  SessionManager,
  type SessionManagerOptions,
} from '../index.js';

const KEYS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const LOOKUP = { resolveFrom: import.meta.url };

describe('SessionManager', () => {
  let aws: FakeAws;
  let alice: { readonly arn: string };
  let deploy: string;
  const options = () => {
    const { credentials, region, endpoint } = aws.clientConfig(alice);
    return { ...LOOKUP, credentials, region, clock: aws.clock, clientDefaults: { endpoint, maxAttempts: 1 } };
  };

  beforeEach(async () => {
    aws = await startFakeAws({ accounts: [{ accountId: '444455556666', alias: 'production', buckets: ['site'] }] });
    const user = aws.addUser({ accountId: '111122223333', userName: 'alice' });
    alice = user;
    deploy = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: user.arn }).arn;
  });

  afterEach(() => aws.close());

  it('makes one client for a property, a name and a class', () => {
    using manager = new SessionManager(options());
    const s3: unknown = Reflect.get(manager, 's3Client');
    expect(s3).toBeInstanceOf(S3Client);
    expect(manager.getClient('s3')).toBe(s3);
    expect(manager.client(S3Client)).toBe(s3);
    expect(Reflect.get(manager, 'sqsClient')).toBe(manager.client(SQSClient));
    expect(manager.getClient('s3', { region: 'eu-west-1' })).toBe(manager.client(S3Client, { region: 'eu-west-1' }));
    expect(manager.getClient('s3', { region: 'eu-west-1' })).not.toBe(s3);
    expect(manager.cache.clients).toMatchObject({ size: 3 });
  });

  it('loads a client by import, the same one', async () => {
    using manager = new SessionManager({ ...options(), services: { s3: () => import('@aws-sdk/client-s3') } });
    expect(await manager.loadClient('s3')).toBe(manager.client(S3Client));
  });

  it('says how to install what is not installed, when the property is read', () => {
    using manager = new SessionManager(options());
    expect(() => Reflect.get(manager, 'accessanalyzerClient')).toThrow(
      expect.objectContaining({
        code: 'ERR_BSM_PEER_MISSING',
        message: expect.stringContaining('npm install @aws-sdk/client-accessanalyzer'),
      }),
    );
  });

  it('has a property for every service, none of them its own, and does no work for them', () => {
    using manager = new SessionManager(options());
    const names = Object.getOwnPropertyNames(SessionManager.prototype).filter((name) => name.endsWith('Client'));
    expect(names).toContain('cloudwatchLogsClient');
    // `getClient` and `loadClient` are not services.
    expect(names.length - 2).toBe(423);
    expect(Object.keys(manager)).toEqual([]);
    expect(aws.requests).toHaveLength(0);
  });

  it('tells who it is, masked or not, for one call', async () => {
    using manager = new SessionManager(options());
    expect(await manager.accountId()).toBe('111122223333');
    expect(await manager.principalArn()).toBe('arn:aws:iam::111122223333:user/alice');
    expect(await manager.userId()).toMatch(/^AIDA/);
    expect(await manager.maskedAccountId()).toBe('11********33');
    expect(await manager.maskedPrincipalArn()).toBe('arn:aws:iam::11********33:user/alice');
    expect(await manager.maskedUserId()).toMatch(/^AIDA\*\*\*.{4}$/);
    expect(await manager.region()).toBe(options().region);
    expect(aws.count('GetCallerIdentity')).toBe(1);
  });

  it('prints who it is', async () => {
    using manager = new SessionManager(options());
    const role = manager.assumeRole({ roleArn: deploy, roleSessionName: 'ci' });
    const written: string[] = [];
    const stream = {
      write(text: string, done?: () => void) {
        written.push(text);
        done?.();
        return true;
      },
    };
    await role.printWhoAmI({ stream });
    expect(written.join('')).toContain('AWS Account Id = 44********66');
    expect(await role.accountAlias()).toBe('production');
    expect(await role.whoAmI()).toMatchObject({ accountId: '444455556666', roleSessionName: 'ci' });
  });

  it('gives managers of its class that inherit region, defaults and clock, and know their parent', async () => {
    class Team extends SessionManager {
      get team(): string {
        return 'web';
      }
    }
    using manager = new Team(options());
    const role = manager.assumeRole({ roleArn: deploy, roleSessionName: 'ci' });
    const chain = manager.assumeRoleChain([{ roleArn: deploy }]);
    const token = manager.getSessionToken();
    const west = role.withRegion('us-west-2');
    for (const derived of [role, chain, token, west]) {
      expect(derived).toBeInstanceOf(Team);
      expect(derived.team).toBe('web');
      expect(derived.clientDefaults).toBe(manager.clientDefaults);
      expect(sessionTime(derived)).toBe(sessionTime(manager));
    }
    expect(role.parent).toBe(manager);
    expect(west.parent).toBe(manager);
    expect(await role.region()).toBe(await manager.region());
    expect(await west.region()).toBe('us-west-2');
    const { Arn } = await west.client(STSClient).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:sts::444455556666:assumed-role/deploy/ci');
    expect(aws.count('AssumeRole')).toBe(1);
  });

  it('lets a subclass with a constructor of its own say how it is derived', () => {
    class Tagged extends SessionManager {
      tag: string;
      constructor(tag: string, own?: ConstructorParameters<typeof SessionManager>[0]) {
        super(own);
        this.tag = tag;
      }
      override derive(from: Parameters<SessionManager['derive']>[0]): this {
        return 'derive' in from ? (new Tagged(this.tag, { session: from }) as this) : super.derive(from);
      }
    }
    using manager = new Tagged('web', options());
    const role = manager.assumeRole({ roleArn: deploy });
    expect(role).toBeInstanceOf(Tagged);
    expect(role.tag).toBe('web');
    expect(role.parent).toBe(manager);
  });

  it('lets a subclass have options of its own, which are not those of what comes from it', async () => {
    class West extends SessionManager {
      constructor(own?: SessionManagerOptions) {
        super({ region: 'us-west-2', ...own });
      }
    }
    const { region: _, ...rest } = options();
    using manager = new West(rest);
    expect(await manager.region()).toBe('us-west-2');
    const role = manager.assumeRole({ roleArn: deploy, region: 'eu-west-1' });
    expect(role).toBeInstanceOf(West);
    expect(await role.region()).toBe('eu-west-1');
    expect(await manager.withRegion('eu-central-1').region()).toBe('eu-central-1');
    const from = { region: 'sa-east-1', credentials: KEYS };
    expect(await West.from(from).region()).toBe('sa-east-1');
    expect(await West.from(manager).region()).toBe('us-west-2');
    using restored = West.fromSnapshot(await role.toSnapshot());
    expect(await restored.region()).toBe('eu-west-1');
    // Who makes one of a session is told, also after managers were made of it.
    const session = createSession(from);
    West.from(session);
    expect(() => new West({ session } as never)).toThrow(/"region" must be absent beside session/);
  });

  it('gives the same manager for the same region, in both directions, until it is closed', () => {
    using manager = new SessionManager(options());
    const west = manager.withRegion('us-west-2');
    expect(manager.withRegion('us-west-2')).toBe(west);
    expect(west.withRegion('eu-west-1')).toBe(manager.withRegion('eu-west-1'));
    expect(west.credentials).toBe(manager.credentials);
    west.close();
    expect(manager.withRegion('us-west-2')).not.toBe(west);
  });

  it('is a session for every function of the packages', async () => {
    using manager = new SessionManager(options());
    const role = assumeRole(manager, { roleArn: deploy });
    expect(role).toBeInstanceOf(SessionManager);
    expect(role.parent).toBe(manager);
    expect(assumeRoleChain(manager, [{ roleArn: deploy }])).toBeInstanceOf(SessionManager);
    await assertAccount(role, '444455556666');
    await getCallerIdentity(manager);
    await manager.accountId();
    expect(aws.count('GetCallerIdentity')).toBe(1);
  });

  it('is made of a session, with which it shares everything', async () => {
    const { resolveFrom: _, ...rest } = options();
    const session = createSession(rest);
    const manager = SessionManager.from(session);
    expect(manager.client(S3Client)).toBe(session.client(S3Client));
    expect(SessionManager.from(manager)).toBe(manager);
    class Team extends SessionManager {}
    expect(Team.from(session)).toBeInstanceOf(Team);
    expect(Team.from({ credentials: KEYS, region: 'eu-west-1' })).toBeInstanceOf(Team);
    manager.close();
    await expect(session.region()).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });

  it('of another class finds clients where the manager does that it is made of', () => {
    class Own {
      send(): void {}
    }
    class Team extends SessionManager {}
    const services = { accessanalyzer: () => ({ AccessAnalyzerClient: Own }) };
    using manager = new SessionManager({ ...options(), services });
    expect(Team.from(manager).getClient('accessanalyzer')).toBeInstanceOf(Own);
    expect(Team.from(manager).getClient('accessanalyzer')).toBe(manager.client(Own as never));
  });

  it('keeps what is made on it, and gives it the manager', () => {
    using manager = new SessionManager(options());
    const create = vi.fn((session: Session) => ({ session }));
    const made = manager.getResource('queue', create);
    expect(manager.resource('queue', create)).toBe(made);
    expect(made.session).toBe(manager);
    expect(create).toHaveBeenCalledTimes(1);
    manager.clearCache();
    expect(manager.resource('queue', create)).not.toBe(made);
  });

  it('takes keys by themselves, and knows when they end', async () => {
    const expiration = new Date(Date.now() + 600_000);
    using manager = new SessionManager({ ...KEYS, sessionToken: 'token', expiration, region: 'eu-west-1' });
    expect(await manager.credentials()).toMatchObject({ ...KEYS, sessionToken: 'token', expiration });
    expect(manager.isExpired()).toBe(false);
    expect(manager.isExpired(601)).toBe(true);
    using text = new SessionManager({ ...KEYS, expiration: expiration.toISOString(), region: 'eu-west-1' });
    expect((await text.credentials()).expiration).toEqual(expiration);
  });

  it.each<[option: string, options: object]>([
    ['secretAccessKey', { accessKeyId: KEYS.accessKeyId }],
    ['accessKeyId', { secretAccessKey: KEYS.secretAccessKey }],
    ['accessKeyId', { sessionToken: 'token' }],
    ['accessKeyId', { expiration: new Date() }],
    ['accessKeyId', { ...KEYS, accessKeyId: '' }],
    ['sessionToken', { ...KEYS, sessionToken: 7 }],
    ['expiration', { ...KEYS, expiration: 'soon' }],
    ['expiration', { ...KEYS, expiration: '2030-01-01T00:00:00' }],
    ['credentials', { ...KEYS, credentials: KEYS }],
    ['regoin', { regoin: 'eu-west-1' }],
    ['region', { region: 'not a region' }],
    ['clientDefaults.credentials', { clientDefaults: { credentials: KEYS } }],
  ])('refuses %s in %o', (option, wrong) => {
    const made = () => new SessionManager(wrong);
    expect(made).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }));
    expect(made).toThrow(expect.not.stringContaining(KEYS.secretAccessKey));
  });

  it.each([null, 7, 'dev', () => ({})])('refuses %s as options', (wrong) => {
    expect(() => new SessionManager(wrong as never)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID' }),
    );
  });

  it('refuses services that do not exist and lookups that are none', () => {
    using manager = new SessionManager(options());
    expect(() => manager.getClient('s4' as never)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_SERVICE_UNKNOWN' }),
    );
    using wrong = new SessionManager({ ...options(), resolveFrom: './here' });
    expect(() => wrong.getClient('s3')).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID' }));
    expect(() => manager.withAwsCli(undefined as never)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID' }),
    );
  });

  it('refuses work when it is closed, and so do those that came from it', async () => {
    const manager = new SessionManager(options());
    const role = manager.assumeRole({ roleArn: deploy });
    manager.close();
    for (const closed of [manager, role]) {
      expect(() => closed.getClient('s3')).toThrow(expect.objectContaining({ code: 'ERR_BSM_SESSION_CLOSED' }));
      await expect(closed.accountId()).rejects.toSatisfy((error) => isBsmError(error, 'ERR_BSM_SESSION_CLOSED'));
    }
  });

  it('shows itself without secrets, however it is printed', () => {
    using manager = new SessionManager({ ...KEYS, sessionToken: 'hidden-token', region: 'eu-west-1' });
    for (const shown of [JSON.stringify(manager), inspect(manager, { depth: 9, showHidden: true })]) {
      expect(shown).not.toContain(KEYS.secretAccessKey);
      expect(shown).not.toContain('hidden-token');
      expect(shown).not.toContain(KEYS.accessKeyId);
    }
    expect(JSON.parse(JSON.stringify(manager))).toMatchObject({ region: 'eu-west-1' });
    expect(Object.assign({}, manager)).toEqual({});
  });

  it('keeps the name of its class in a bundle', async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('session-manager.ts', import.meta.url))],
      bundle: true,
      format: 'esm',
      target: 'node20',
      packages: 'external',
      write: false,
    });
    await stop();
    expect(outputFiles[0]?.text).toMatch(/\bSessionManager = class \{/);
  });
});
