import { createSession } from '@bsm/core-cache';
import { assertAccount, printWhoAmI, whoAmI } from '@bsm/identity';

const session = createSession({ profile: 'staging' });

await assertAccount(session, '123456789012'); // throws ERR_BSM_ACCOUNT_MISMATCH anywhere else
await printWhoAmI(session);
// User Id = AIDA***MPLE
// AWS Account Id = 12********12
// Principal Arn = arn:aws:iam::12********12:user/me
// AWS Account Alias = my-alias
// AWS Region = us-east-1

const { type, name } = await whoAmI(session, { accountAlias: false });
console.log(type, name); // user me
