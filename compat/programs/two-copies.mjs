// The ES modules and the CommonJS modules of the umbrella in one process. Prints what they agree on.
import { createRequire } from 'node:module';
import * as esm from 'bsm';

const cjs = createRequire(import.meta.url)('bsm');

const caught = (act) => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};
const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  accountId: '123456789012',
};
const afterSetting = (look) => {
  cjs.setDefaultSession(session);
  return look();
};
const session = esm.createSession({ region: 'eu-west-1', credentials: keys });
const ofEsm = caught(() => esm.createSession({ nonsense: true }));
const ofCjs = caught(() => cjs.createSession({ nonsense: true }));

const report = {
  areTwoCopies: esm.createSession !== cjs.createSession && esm.BsmError !== cjs.BsmError,
  oneDefaultSession: esm.getDefaultSession() === cjs.getDefaultSession(),
  oneDefaultSessionOnceSet: afterSetting(() => esm.getDefaultSession() === session),
  oneDefaultSessionInScope: esm.runWithSession(session, () => cjs.getDefaultSession() === session),
  oneDefaultSessionInScopeOfTheOther: await cjs.runWithSession(session, async () => {
    await Promise.resolve();
    return esm.getDefaultSession() === session;
  }),
  errorsRecognised: esm.isBsmError(ofCjs, 'ERR_BSM_OPTION_INVALID') && cjs.isBsmError(ofEsm, 'ERR_BSM_OPTION_INVALID'),
  instanceofWouldNot: !(ofCjs instanceof esm.BsmError),
  sharedCredentialsNotWrappedAgain:
    cjs.createSession({ credentials: session.credentials }).credentials === session.credentials,
  identityOfTheOthersSession: (await cjs.getAccountId(session)) === '123456789012',
};
process.stdout.write(JSON.stringify(report));
