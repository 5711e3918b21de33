/** A class of an SDK client, or of the client `C`: a function whose prototype has `send`. */
// biome-ignore lint/suspicious/noExplicitAny: the configuration of an unknown client cannot be typed more closely.
export type ClientClass<C = unknown> = new (...args: any[]) => C & { send(...args: any[]): unknown };

/** What the constructor of a client takes, each part optional: the session adds `credentials` and `region`. */
export type ClientConfig<Class extends ClientClass> = {
  readonly [Name in keyof Configuration<Class>]?: Configuration<Class>[Name] | undefined;
};

type Configuration<Class extends ClientClass> = NonNullable<ConstructorParameters<Class>[0]>;

/** Options for every client of a session. They belong to the SDK and are passed on unchecked. */
export interface ClientDefaults {
  readonly endpoint?: unknown;
  readonly maxAttempts?: number | (() => Promise<number>) | undefined;
  readonly retryMode?: string | (() => Promise<string>) | undefined;
  readonly logger?: unknown;
  readonly requestHandler?: unknown;
  readonly useDualstackEndpoint?: boolean | (() => Promise<boolean>) | undefined;
  readonly useFipsEndpoint?: boolean | (() => Promise<boolean>) | undefined;
  readonly userAgentAppId?: string | (() => Promise<string | undefined>) | undefined;
  readonly customUserAgent?: unknown;
  readonly credentials?: never;
  readonly region?: never;
  readonly signer?: never;
  readonly [option: string]: unknown;
}
