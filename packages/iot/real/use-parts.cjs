// Uses the parts that are loaded when they are used, as built: by `import` or by `require`, as its argument says. Prints one line for
// each thing that is tried: its name, then "ok" or what went wrong. Options of an MQTT connection come on its standard input.
const { registerHooks } = require('node:module');
const { text } = require('node:stream/consumers');
const { inspect } = require('node:util');

const load = process.argv[2] === 'require' ? async (name) => require(name) : (name) => import(name);

/** Takes a module away until it is given back, as when a deployment is not whole. */
function takeAway(name) {
  return registerHooks({
    resolve(specifier, context, next) {
      if (specifier === name) throw Object.assign(new Error('taken away'), { code: 'ERR_MODULE_NOT_FOUND' });
      return next(specifier, context);
    },
  });
}

async function attempt(name, action) {
  const trouble = await action().catch((error) => `${error.code} ${error.message}`);
  process.stdout.write(`${name}: ${trouble ?? 'ok'}\n`);
}

async function main() {
  const { BsmError, connectMqtt, fromIotCertificate } = await load('@bsm/iot');
  const core = await load('@bsm/core-cache');
  const mqtt = await load('mqtt');
  const connection = JSON.parse(await text(process.stdin));

  const rejection = async (promise, code) => {
    const error = await promise.catch((reason) => reason);
    if (!(error instanceof BsmError && error instanceof core.BsmError)) return `no BsmError of this copy: ${error}`;
    return error.code === code ? undefined : error.code;
  };
  const tokenCredentials = (via) => {
    const pkcs11 = { module: '/absent.so', tokenLabel: 't', keyLabel: 'k', pin: '1', via };
    const { certificate, ca } = connection.identity;
    return fromIotCertificate({ endpoint: '127.0.0.1:1', roleAlias: 'r', certificate, ca, pkcs11 });
  };

  for (const via of ['engine', 'crt']) {
    await attempt(`token by ${via}`, () => rejection(tokenCredentials(via)(), 'ERR_BSM_PKCS11_FAILED'));
  }
  await attempt('options of MQTT', () => rejection(connectMqtt({}), 'ERR_BSM_OPTION_INVALID'));
  await attempt('MQTT', async () => {
    const client = await connectMqtt(connection);
    await client.publishAsync('parts', 'hello', { qos: 1 });
    await client.endAsync();
    return client instanceof mqtt.MqttClient ? undefined : 'no client of this copy of mqtt.js';
  });
  await attempt('one function', async () => {
    const { connectMqtt: direct, presignMqttUrl } = await load('@bsm/iot/mqtt');
    if (typeof presignMqttUrl !== 'function') return 'no presignMqttUrl';
    return rejection(direct({}), 'ERR_BSM_OPTION_INVALID');
  });
}

/** What a call comes to, as text that has all there is in an error. */
const outcome = (promise) => promise.then(String, (error) => inspect(error, { depth: 10, showHidden: true }));

async function missing() {
  const { connectMqtt, fromIotCertificate } = await load('@bsm/iot');
  const { identity } = JSON.parse(await text(process.stdin));
  const options = { endpoint: '127.0.0.1:1', roleAlias: 'r', certificate: identity.certificate };
  const pkcs11 = { module: '/absent.so', tokenLabel: 't', keyLabel: 'k', pin: '1', via: 'engine' };
  const ofToken = fromIotCertificate({ ...options, pkcs11 });
  const ofFile = fromIotCertificate({ ...options, privateKey: identity.privateKey });
  // A key without its first line is taken as a path.
  const keyLine = identity.privateKey.split('\n')[1];
  const ofLine = fromIotCertificate({ ...options, privateKey: keyLine });
  // The words first: what the others do loads them.
  const uses = {
    failure: [
      [() => ofFile.refresh(), /ERR_BSM_ENDPOINT_UNREACHABLE/, /Check options\.endpoint/],
      [() => ofLine.refresh(), /A file cannot be read/, /"privateKey" cannot be read as a file/],
    ],
    mqtt: [[() => connectMqtt({}), /taken away/, /option "endpoint" must be given/]],
    pkcs11: [[() => ofToken.refresh(), /taken away/, /no file at the path/]],
  };
  for (const [name, calls] of Object.entries(uses)) {
    await attempt(`${name} that comes later`, async () => {
      const hook = takeAway(`@bsm/iot/${name}`);
      const first = await Promise.all(calls.map(([use]) => outcome(use())));
      hook.deregister();
      const second = await Promise.all(calls.map(([use]) => outcome(use())));
      const wrong = calls.filter(
        ([, without, withIt], i) => !without.test(first[i]) || withIt.test(first[i]) || !withIt.test(second[i]),
      );
      const said = [...first, ...second].join('\n');
      if (said.includes(keyLine)) return 'shows a key';
      return wrong.length === 0 ? undefined : said;
    });
  }
}

void (process.argv[3] === 'missing' ? missing : main)();
