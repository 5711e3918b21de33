import { assumeRole, getSessionToken, type MfaTokenProvider, mfaCommand, type Session } from '@bsm/assume-role';

const yubiKey = mfaCommand(['ykman', 'oath', 'accounts', 'code', '--single', 'AWS'], { stderr: 'inherit' });

/** Assumes two roles that require MFA with one code. */
export function signInWithMfa(session: Session, token: MfaTokenProvider = yubiKey): Session[] {
  const signedIn = getSessionToken(session, {
    mfa: { serialNumber: 'arn:aws:iam::111122223333:mfa/alice', token },
  });
  const roleNames = ['audit', 'deploy'];
  return roleNames.map((name) => assumeRole(signedIn, { roleArn: `arn:aws:iam::444455556666:role/${name}` }));
}
