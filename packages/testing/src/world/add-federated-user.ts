import { accountId, checkOptions, type OptionRules, partition, principalName, required } from '../option-check.js';
import { type Permission, permissionsRule } from '../policy/permissions.js';
import { accountOf, type FakePrincipal, principalHandle, registerPrincipal } from './register-principal.js';
import type { World } from './world.js';

/** A federated user to add. Its account is made when it does not exist. */
export interface AddFederatedUserOptions {
  readonly accountId: string;
  /** The last part of its ARN, such as `Bob`. */
  readonly name: string;
  /** Partition of an account that is made. */
  readonly partition?: string | undefined;
  /** What it may do, apart from IAM and STS, which such a user cannot call. Default: everything. */
  readonly permissions?: readonly Permission[] | undefined;
}

/** Adds a federated user, as GetFederationToken makes one. It may not call IAM, nor STS but for its identity. */
export function addFederatedUser(world: World, options: AddFederatedUserOptions): FakePrincipal {
  checkOptions<AddFederatedUserOptions>(options, federatedUserRules());
  const account = accountOf(world, options, '');
  const denials: readonly Permission[] = [{ Effect: 'Deny', Action: ['iam:*', 'sts:*'] }];
  const federated = registerPrincipal(world, 'name', {
    type: 'federated-user',
    account,
    arn: `arn:${account.partition}:sts::${account.accountId}:federated-user/${options.name}`,
    userId: `${account.accountId}:${options.name}`,
    name: options.name,
    permissions: [...(options.permissions ?? ['*']), ...denials],
    deleted: false,
  });
  return principalHandle(federated, denials);
}

const federatedUserRules = (): OptionRules<AddFederatedUserOptions> => ({
  accountId: required(accountId()),
  name: required(principalName(2, 32)),
  partition: partition(),
  permissions: permissionsRule(),
});
