import { createSession, formatWhoAmI, printWhoAmI, whoAmI } from 'bsm';

/** Each line of aws-whoami in a comment, and below it what does the same here. */
export async function comingFrom(): Promise<readonly string[]> {
  const session = createSession({ profile: 'dev' });

  // info = whoami(session)
  const info = await whoAmI(session);

  // info.Account, info.Arn, info.Type, info.Name
  const known = [info.accountId, info.arn, info.type, info.name];

  // info.RoleSessionName, info.SSOPermissionSet
  const role = [info.roleSessionName ?? '', info.ssoPermissionSet ?? ''];

  // whoami(session, disable_account_alias=True)
  await whoAmI(session, { accountAlias: false });

  // print(format_whoami(info))
  const text = formatWhoAmI(info, { format: 'columns', masked: false });

  // aws-whoami --profile dev
  await printWhoAmI(createSession({ profile: 'dev' }), { format: 'columns', masked: false });

  // aws-whoami --profile dev --json
  const json = JSON.stringify(await whoAmI(session));

  return [...known, ...role, text, json];
}
